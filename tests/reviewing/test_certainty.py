"""A "meets" needs a rule that is understood to its last word, and nothing near that undoes it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.reviewing import review
from knowledge.types import Excerpt

LAW = "All uses of force shall comply with applicable federal, state and local law."
BAN = "Choke holds are prohibited."


def verdict(text: str, standard: str = "chokeholds") -> str:
    findings = review(Excerpt("x", text, date(2026, 11, 24)), "test").findings
    return next(str(f.verdict) for f in findings if f.standard == standard)


@pytest.mark.parametrize(
    "text",
    [
        BAN,
        "No officer of this department shall ever use a choke hold on any person.",
        "Officers shall not use choke holds unless deadly force is justified by law.",
        "Members shall not apply choke holds, regardless of rank or assignment.",
        f"{BAN} This prohibition does not apply where deadly force is authorized by law.",
        f"{BAN} No exceptions shall be granted.",
        f"{BAN} This policy does not create a higher legal standard of care in civil proceedings.",
        f"All previous orders are rescinded. {BAN}",
    ],
)
def test_a_plain_ban_is_certain(text: str) -> None:
    assert verdict(text) == "meets"


@pytest.mark.parametrize(
    "text",
    [
        "Crossing guards shall not use choke holds.",
        "Officers shall not use choke holds carelessly.",
        "Dangerous choke holds are prohibited.",
        "A petition to prohibit choke holds was received.",
        "The auditor was told that choke holds are prohibited.",
        "Officers shall not use a choke hold without calling for medical aid.",
        "Choke holds are prohibited unless the officer cannot safely use deadly force.",
        f"{BAN} The foregoing does not apply during riots.",
        f"{BAN} Exceptions may be granted by the lieutenant.",
        f"{BAN} This order is suspended until further notice.",
        f"{BAN} Members may use their discretion.",
        f"{BAN} In addition, they may be used on violent patients.",
        f"DRAFT. NOT YET ADOPTED.\n{BAN}",
        f"Sample language for agencies to consider: {BAN}",
        f"~~{BAN}~~ Officers use their judgment.",
        "Contents\n300.3.4 Choke holds prohibited ........ 12\n300.3.5 Batons ........ 13",
        "Technique\tProhibited\tPermitted\nChoke hold\t\tX\nBaton\tX\t",
    ],
)
def test_what_is_not_understood_or_undone_costs_the_verdict(text: str) -> None:
    assert verdict(text) != "meets"


@pytest.mark.parametrize(
    "text",
    [
        f"{LAW} Officers may fire upon any suspect who runs.",
        f"{LAW} In a conflict with law, this policy prevails.",
        f"{LAW} Officers may strike a prisoner in retaliation for spitting.",
        "All force shall comply with federal, state and local law, except in emergencies.",
        "Use of force by contract guards shall comply with all applicable federal, state and local law.",
    ],
)
def test_a_commitment_to_law_that_is_undone(text: str) -> None:
    assert verdict(text, "applicable-law") != "meets"


@pytest.mark.parametrize(
    "text",
    [
        LAW,
        f"{LAW} Force shall never be used in retaliation.",
        f"{LAW} Where this policy is more restrictive than the law, this policy controls.",
    ],
)
def test_a_commitment_to_law_that_stands(text: str) -> None:
    assert verdict(text, "applicable-law") == "meets"
