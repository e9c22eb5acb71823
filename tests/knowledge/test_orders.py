"""The digests of the orders and of what came after: complete, in time, ours in wording, true."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from knowledge.sources import DATA, DigestStatement, Knowledge, build_knowledge, status_on
from knowledge.types import Evidence, Status

ORDERS = ("eo-13929", "eo-14074", "eo-14148", "eo-14288")
OURS = (*ORDERS, "nsicb-2023", "aicb", "doj-notices-fy2021-2023")
MOST_WORDS = 45
SUBSECTIONS = (
    "§ 1", "§ 2(a)", "§ 2(b)", "§ 2(c)", "§ 2(c)(i)", "§ 2(c)(ii)", "§ 2(d)",
    "§ 3(a)", "§ 3(b)", "§ 3(c)", "§ 3(d)", "§ 4(a)", "§ 4(b)", "§ 4(c)", "§ 4(d)",
    "§ 5(a)", "§ 5(b)", "§ 5(b)(i)", "§ 5(b)(ii)", "§ 5(b)(iii)", "§ 5(b)(iv)", "§ 5(b)(v)",
    "§ 6(a)", "§ 6(b)", "§ 6(c)",
)  # fmt: skip


def _load() -> Knowledge:
    paths = [DATA / "sources" / f"{name}.toml" for name in OURS]
    return build_knowledge((p.name, tomllib.loads(p.read_text(encoding="utf-8"))) for p in paths)


KNOWLEDGE = _load()
STATEMENTS = tuple(KNOWLEDGE.statements.values())


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'"))


def _official(order: str, folder: Path) -> str:
    """Every stored text of `order`, line-end hyphens joined."""
    paths = sorted((folder / "sources").glob(f"{order}_*"))
    joined = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return re.sub(r"(?<=[a-z])-\n\s*(?=[a-z])", "", joined)


def _saying(text: str, day: date) -> set[bool]:
    """How the claims that say `text` stand on `day`."""
    return {
        claim.holds
        for part in STATEMENTS
        if (not part.since or part.since <= day) and (not part.until or day <= part.until)
        for claim in part.claims
        if claim.says == text
    }


@pytest.mark.parametrize(
    ("source", "day", "status", "by"),
    [
        ("eo-13929", date(2020, 6, 15), Status.NOT_YET_ISSUED, None),
        ("eo-13929", date(2021, 3, 1), Status.IN_FORCE, None),
        ("eo-13929", date(2022, 5, 24), Status.IN_FORCE, None),
        ("eo-13929", date(2022, 5, 25), Status.REVOKED, "eo-14074"),
        ("eo-13929", date(2026, 8, 21), Status.REVOKED, "eo-14074"),
        ("eo-14074", date(2025, 1, 19), Status.IN_FORCE, None),
        ("eo-14074", date(2025, 1, 20), Status.REVOKED, "eo-14148"),
        ("eo-14148", date(2026, 8, 21), Status.IN_FORCE, None),
        ("eo-14288", date(2025, 4, 28), Status.IN_FORCE, None),
        ("nsicb-2023", date(2024, 1, 1), Status.INFORMATIONAL, None),
        ("nsicb-2023", date(2025, 1, 20), Status.UNKNOWN, None),
        ("aicb", date(2025, 1, 20), Status.UNKNOWN, None),
        ("doj-notices-fy2021-2023", date(2023, 9, 30), Status.IN_FORCE, None),
        ("doj-notices-fy2021-2023", date(2023, 10, 1), Status.HISTORICAL, None),
    ],
)
def test_status_on_a_day(source: str, day: date, status: Status, by: str | None) -> None:
    change = status_on(KNOWLEDGE.sources[source], day)
    assert (change.status, change.by) == (status, by)


@pytest.mark.parametrize("pinpoint", SUBSECTIONS)
def test_every_subsection_of_eo_13929_has_a_section(pinpoint: str) -> None:
    assert KNOWLEDGE.section_at("eo-13929", pinpoint).text


@pytest.mark.parametrize(
    ("source", "pinpoint", "day"),
    [("eo-14074", "§ 22(b)", date(2022, 5, 25)), ("eo-14148", "§ 2(vv)", date(2025, 1, 20))],
)
def test_the_revoking_sections_open_with_a_status_line(
    source: str, pinpoint: str, day: date
) -> None:
    first = KNOWLEDGE.statements[f"{source}#{pinpoint}/1"]
    assert first.kind == "status"
    assert first.since == day
    assert "no longer in force" in first.text
    assert f"{day:%B} {day.day}, {day.year}" in first.text


@pytest.mark.parametrize(
    ("says", "day", "holds"),
    [
        ("EO 13929 is in force", date(2022, 5, 24), True),
        ("EO 13929 is in force", date(2022, 5, 25), False),
        ("EO 14074 is in force", date(2025, 1, 19), True),
        ("EO 14074 is in force", date(2025, 1, 20), False),
        ("EO 13929 certification is still required for DOJ grants", date(2023, 9, 30), True),
        ("EO 13929 certification is still required for DOJ grants", date(2023, 10, 1), False),
        ("the chokehold ban is absolute", date(2026, 8, 21), False),
        ("the chokehold ban has an exception for deadly force", date(2026, 8, 21), True),
        ("EO 13929 bans carotid restraints", date(2026, 8, 21), False),
    ],
)
def test_a_claim_holds_on_a_day(says: str, day: date, holds: bool) -> None:
    assert _saying(says, day) == {holds}


def test_no_two_claims_of_one_day_contradict_each_other() -> None:
    days = [date(2021, 3, 1), date(2022, 5, 25), date(2023, 10, 1), date(2026, 8, 21)]
    says = {claim.says for part in STATEMENTS for claim in part.claims}
    torn = [(text, day) for text in says for day in days if len(_saying(text, day)) > 1]
    assert torn == []


@pytest.mark.parametrize("part", STATEMENTS, ids=lambda part: part.id)
def test_a_statement_is_one_short_sentence_that_stands_alone(part: DigestStatement) -> None:
    bare = re.sub(r"\b(?:U\.S\.(?:C\.)?|FR Doc\.|[A-Z]\.|Jr\.(?= on\b))", "", part.text)
    assert len(part.text.split()) <= MOST_WORDS
    assert not re.search(r"[.?!]\s", bare)
    assert not re.search(r"\bthis order\b|^(?:It|They|He|This|That|These)\b", part.text)
    assert len(part.asks) >= 3


@pytest.mark.parametrize("part", STATEMENTS, ids=lambda part: part.id)
def test_an_inference_says_that_it_is_ours(part: DigestStatement) -> None:
    said = re.search(r"\bour (?:reading|inference)\b", part.text, re.IGNORECASE)
    assert bool(said) == (part.evidence is Evidence.INFERENCE)
    assert part.evidence not in (Evidence.SECONDARY, Evidence.WEAK)


def test_no_question_is_given_twice() -> None:
    asks = [" ".join(_words(ask)) for part in STATEMENTS for ask in part.asks]
    assert sorted({ask for ask in asks if asks.count(ask) > 1}) == []


@pytest.mark.parametrize("order", ORDERS)
def test_figures_of_verified_statements_stand_in_the_official_texts(
    order: str, shared_folder: Path
) -> None:
    known = set(re.findall(r"\d+", " ".join(_official(name, shared_folder) for name in ORDERS)))
    strange = {
        (part.id, figure)
        for part in STATEMENTS
        if part.source == order and part.evidence is Evidence.TEXT
        for figure in re.findall(r"\d+", part.text)
        if str(int(figure)) not in known and figure not in known
    }
    assert strange == set()
