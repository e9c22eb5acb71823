"""Which deciding words are quoted where a long text says a thing many times."""

from __future__ import annotations

from datetime import date

import pytest

from bot.outline import headings, section_at
from bot.pages import review_page
from bot.spots import QUOTED, quoted_and_named, spot_words, spots_of
from bot.terminal.marked import stretch_around
from knowledge.reviewing import review
from knowledge.types import Excerpt, Finding, Review, Role

BAN = "Officers shall not use choke holds except when deadly force is authorized by law."
FILLER = "Keys are kept in the safe and are signed for. " * 12
OTHERS = ("Members shall not apply a choke hold.", "Choke holds are banned.")


def reviewed(*parts: str) -> tuple[str, Review]:
    text = f"\n\n{FILLER}\n\n".join(parts)
    return text, review(Excerpt("t", text, date(2026, 11, 24)), "test")


def first(*parts: str) -> Finding:
    return reviewed(*parts)[1].findings[0]


def test_a_rule_and_its_exception_are_one_spot() -> None:
    spots = spots_of(first(BAN).evidence)
    assert len(spots) == 1
    assert "choke holds \u2026 except when" in spot_words(spots[0])


@pytest.mark.parametrize("times", [1, 2, 9])
def test_the_same_words_are_quoted_once(times: int) -> None:
    quoted, named = quoted_and_named(first(*[BAN] * times))
    assert (len(quoted), len(named)) == (1, times - 1)


def test_every_span_is_quoted_or_named() -> None:
    finding = first(BAN, *OTHERS, *OTHERS, BAN)
    quoted, named = quoted_and_named(finding)
    assert len(quoted) <= QUOTED
    held = sorted(span.start for spot in (*quoted, *named) for span in spot)
    assert held == sorted(span.start for span in finding.evidence)


def test_a_contradiction_far_behind_many_bans_is_quoted() -> None:
    permission = "A deputy may use a choke hold on an inmate who fights."
    finding = first(BAN, *OTHERS, BAN, *OTHERS, permission)
    quoted, _ = quoted_and_named(finding)
    assert finding.verdict == "does_not_meet"
    assert any(spot[0].role is Role.CONFLICT for spot in quoted)
    assert any(spot[0].role is Role.RULE for spot in quoted)


def test_every_number_of_the_excerpt_has_its_place_in_the_page() -> None:
    text, made = reviewed(*[BAN] * 6)
    page = review_page(made, text)
    assert "5 more places bear on it" in page
    for number in range(1, 7):
        assert f'id="e{number}"' in page
        assert f'id="f{number}"' in page


def test_without_the_excerpt_all_words_are_shown() -> None:
    _, made = reviewed(*[BAN] * 6)
    page = review_page(made)
    assert "more places" not in page
    assert page.count("except when deadly force") >= 6


def test_no_word_is_cut_around_the_marked_words() -> None:
    text = "alpha bravo charlie delta echo foxtrot golf"
    start = text.index("delta")
    left, right = stretch_around(text, start, start + 5, by=9)
    assert text[left:right] == "charlie delta echo"


HEADED = [
    ("5.3 Talking first\n\nTalk.\n\n5.4 When force is allowed\n\nX.", "5.4 When force is allowed"),
    ("9-1 Aim\nTo aim.\n9-2 When Force May Be Used\nX.", "9-2 When Force May Be Used"),
    (
        "5.5 Guns\n\nNo.\n\n5.6 Holds that are never used, or only where life is at stake\n\n5.6.1 X.",
        "5.6 Holds that are never used, or only where life is at stake",
    ),
    ("CHAPTER 3 - JAIL\n\nX.", "CHAPTER 3 - JAIL"),
    ("5.5 Guns\n\n5.5.1 Members who are trained in their use and\nare on duty. X.", "5.5 Guns"),
    ("5.5 Guns\n\n5.5.1 Members may carry one.\n\nX.", "5.5 Guns"),
]


@pytest.mark.parametrize(("text", "heading"), HEADED)
def test_the_nearest_heading_is_named(text: str, heading: str) -> None:
    assert section_at(text.index("X."), headings(text)) == heading
