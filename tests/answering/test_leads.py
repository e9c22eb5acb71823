"""An answer opens with yes or no only where a claim settles what was asked: whom, which, how many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.answering.agree import Settled, settled
from knowledge.answering.axes import duty_turned, polarity
from knowledge.answering.conversation import Ask
from knowledge.answering.draft import Claim, Quote
from knowledge.answering.figures import figure_words, figures_in
from knowledge.answering.gates import gate_for
from knowledge.answering.library import Library
from knowledge.answering.notices import notices_of
from knowledge.answering.part import Part
from knowledge.answering.roles import Act, act_in
from knowledge.answering.tags import without_concession
from knowledge.answering.truth import judges, load_wrappings, unwrapped
from knowledge.errors import KnowledgeError
from knowledge.requests import read_question
from knowledge.sources import DigestClaim, DigestStatement
from knowledge.types import Evidence

DATA = Path(__file__).parents[2] / "knowledge" / "data" / "answering"


def _settles(library: Library, asked: str, says: str, *, holds: bool, sole: str | None = None,
             kind: str = "fact") -> Settled | None:  # fmt: skip
    claim = DigestClaim(says, holds, "Yes" if holds else "No", sole)
    statement = DigestStatement(
        "s", "eo-13929#§ 1", "eo-13929", 0, 1, says, kind, Evidence.TEXT, None, None, None, None, (),
        (claim,),
    )  # fmt: skip
    return settled(Ask(asked, asked, ()), claim, statement, library.retriever)


@pytest.mark.parametrize(
    ("asked", "says", "holds"),
    [
        ("Did EO 13929 revoke EO 14074?", "EO 14074 revoked EO 13929", True),
        ("Did President Trump sign EO 14074?", "President Trump revoked EO 14074", True),
        ("Was EO 14074 revoked?", "EO 13929 is revoked", True),
        ("Is a certificate valid for two years?", "a certificate is valid for three years", True),
        ("Does EO 14288 deal with decrees?", "EO 14288 ends every decree", False),
        ("Does EO 13929 name tribes?", "section 2(b) of EO 13929 names tribes", False),
        ("Is there a fee?", "EO 13929 sets a fee", False),
        ("Are carotid holds outside EO 13929?", "EO 13929 covers carotid holds", False),
        ("Is the revocation of EO 13929 still in effect?", "EO 13929 is in effect", False),
        ("Must we still ban warning shots?", "agencies had to ban warning shots", True),
        ("Do officers use a carotid hold?", "officers can use a carotid hold", True),
        ("Do all agencies need it?", "some agencies need it", True),
    ],
)
def test_another_question_is_not_settled(
    library: Library, asked: str, says: str, *, holds: bool
) -> None:
    assert _settles(library, asked, says, holds=holds) is None


@pytest.mark.parametrize(
    ("asked", "says", "sole", "how"),
    [
        ("Did EO 14074 revoke EO 13929?", "EO 14074 revoked EO 13929", "x", Settled.AS_SAID),
        ("Did EO 14148 revoke EO 13929?", "EO 14074 revoked EO 13929", "x", Settled.OTHERWISE),
        ("Was EO 13929 signed by Biden?", "President Trump signed EO 13929", "x", Settled.OTHERWISE),
        ("Was EO 13929 signed in 2019?", "EO 13929 was signed on June 16, 2020", "x",
         Settled.OTHERWISE),
        ("Was EO 13929 signed in 2020?", "EO 13929 was signed on June 16, 2020", "x",
         Settled.AS_SAID),
        ("Is a certificate good for 2 years?", "a certificate is valid for three years", "x",
         Settled.OTHERWISE),
        ("Is a certificate good for three years?", "a certificate is valid for 3 years", None,
         Settled.AS_SAID),
        ("Is a certificate good for 24 months?", "a certificate is valid for three years", "x", None),
    ],
)  # fmt: skip
def test_another_value_is_told_where_only_one_is_right(
    library: Library, asked: str, says: str, sole: str | None, how: Settled | None
) -> None:
    assert _settles(library, asked, says, holds=True, sole=sole) is how


def test_what_nobody_did_the_one_asked_about_did_not_do(library: Library) -> None:
    asked = "Did President Biden revoke EO 14148?"
    assert _settles(library, asked, "EO 14148 is revoked", holds=False) is Settled.AS_SAID
    assert _settles(library, asked, "EO 14148 is revoked", holds=True) is None


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Was EO 14148 revoked by EO 14074?", Act("revoke", frozenset({"14074"}), frozenset({"14148"}))),
        ("Did EO 14074 revoke EO 14148?", Act("revoke", frozenset({"14074"}), frozenset({"14148"}))),
        ("Is EO 14074 the order that EO 14148 revoked?",
         Act("revoke", frozenset({"14148"}), frozenset({"14074"}))),
        ("Was EO 13929 signed in 2020?", Act("sign", frozenset(), frozenset({"13929"}))),
        ("Is it mandatory?", None),
    ],
)  # fmt: skip
def test_who_did_what_to_which(text: str, act: Act | None) -> None:
    assert act_in(text) == act


def test_figures_in_digits_and_words() -> None:
    found = figures_in(
        "EO 13929: two national bodies, three years, section 2(b), May 25, 2022, Biden"
    )
    assert found.orders == {"13929"}
    assert found.numbers == {"2", "3", "25", "2022"}
    assert found.counted == {("2", "national"), ("3", "year")}
    assert (found.months, found.people) == ({"may"}, {"biden"})
    assert figures_in("one of the principles").numbers == frozenset()
    assert figures_in("one mandatory standard").numbers == {"1"}


@pytest.mark.parametrize("wrapping", load_wrappings(), ids=lambda each: each.pattern.pattern[:40])
def test_what_is_called_true_or_false_is_taken_out(wrapping) -> None:  # type: ignore[no-untyped-def]
    for asked, inner in wrapping.examples:
        read = unwrapped(Ask(asked, asked, ()))
        assert (read.new, read.judged_false, read.asserted) == (inner, wrapping.false, True), asked


def test_blame_that_is_left_gives_no_opening() -> None:
    assert judges("Is it a problem if our policy bans chokeholds?")
    assert not judges("Is the chokehold ban absolute?")
    assert unwrapped(Ask("Is it true?", "Is it true?", ())).new == "Is it true?"


def test_a_concession_asks_nothing() -> None:
    asked = "Are campus police covered, although the order names only state agencies?"
    assert without_concession(asked) == "Are campus police covered"
    assert without_concession("Is it covered?") == "Is it covered?"


def test_optional_answers_required_turned_round() -> None:
    assert duty_turned("is it optional?", "it is mandatory")
    assert not duty_turned("is it optional?", "it is optional")


def test_a_case_is_told_in_one_sentence_and_asked_about_in_the_next() -> None:
    gate = gate_for("Was that lawful?", "Our deputy choked a man on Friday.")
    assert gate is not None
    assert gate.abstention.kind == "legal_advice"
    assert gate_for("Was that lawful?", "We read section 2(c).") is None


def test_a_part_that_was_said_above_is_named(library: Library) -> None:
    first, again = (
        Ask(each, each, (), said=each) for each in ("Is it in force?", "Is it revoked?")
    )
    draft = (Claim("No: it is revoked.", (Quote("eo-14074#§ 22(b)", "it is revoked."),)),)
    parts = [Part(first, draft, score=1.0), Part(again, draft, score=1.0)]
    lines = notices_of(parts, (), read_question("x", as_of="2026-11-24"), library)
    assert "What I found on this part is said above: Is it revoked?" in lines


@pytest.mark.parametrize(
    ("load", "name", "written", "slip"),
    [
        (polarity, "polarity.toml", "[assumed]\nwords", "[assumed]\nwordss"),
        (polarity, "polarity.toml", "\nmarked", "\nmarkd"),
        (figure_words, "figures.toml", "[months]\nwords", "[months]\nworrds"),
        (figure_words, "figures.toml", "[people]", "[peoples]"),
    ],
)
def test_a_key_that_nobody_reads_is_refused_by_name(
    load: Callable[[Path], object], name: str, written: str, slip: str, tmp_path: Path
) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert written in text
    (tmp_path / name).write_text(text.replace(written, slip, 1), encoding="utf-8")
    key = slip.split("\n")[-1].strip("[]")
    with pytest.raises(KnowledgeError, match=f"unknown key '{key}'"):
        load(tmp_path / name)
