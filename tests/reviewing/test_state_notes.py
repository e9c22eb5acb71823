"""State notes: the gold set, and what every note keeps whatever is pasted."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import validate

from knowledge.records import review_record, schema
from knowledge.reviewing import review, with_pages
from knowledge.reviewing.states.compare import ORDER
from knowledge.reviewing.states.says import load_says
from knowledge.sources import load_knowledge, section_id
from knowledge.statelaw import load_state_laws
from knowledge.types import Excerpt, Review, Verdict

GOLD = Path(__file__).parents[2] / "evals" / "gold" / "states"
DAY = date(2026, 11, 24)
FEDERAL = "Choke holds are prohibited except where deadly force is allowed by law."
COMMITMENT = "All use of force shall comply with all applicable federal, state and local laws. "
FLOOR = {"dev": 1.0, "frozen": 0.9}  # share of pairs with exactly the notes and the verdict due


@cache
def cases(split: str) -> tuple[dict, ...]:
    lines = (GOLD / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


def reviewed(text: str, state: str | None, day: date = DAY) -> Review:
    return review(Excerpt("x", text, day, state), "test")


def kinds(made: Review) -> list[str]:
    return [note.kind for note in made.state_notes]


def verdict(made: Review, standard: str) -> Verdict:
    return next(f.verdict for f in made.findings if f.standard == standard)


@pytest.mark.parametrize("split", ["dev", "frozen"])
def test_the_gold_set(split: str, capsys: pytest.CaptureFixture[str]) -> None:
    right = 0
    for case in cases(split):
        made = reviewed(case["text"], case["state"])
        law = case.get("law", verdict(made, "applicable-law"))
        right += sorted(kinds(made)) == case["notes"] and verdict(made, "applicable-law") == law
    with capsys.disabled():
        print(f"\nstates {split}: {right}/{len(cases(split))}", end="")
    assert right / len(cases(split)) >= FLOOR[split]


@pytest.mark.parametrize("split", ["dev", "frozen"])
def test_no_note_where_none_is_due(split: str) -> None:
    undue = [
        c["id"] for c in cases(split) if not c["notes"] and kinds(reviewed(c["text"], c["state"]))
    ]
    assert undue == []


def test_there_are_enough_pairs_and_enough_without_a_note() -> None:
    every = [*cases("dev"), *cases("frozen")]
    assert len(every) >= 60
    assert sum(not case["notes"] for case in every) >= 20


def test_the_deciding_words_are_shown() -> None:
    for case in cases("dev"):
        notes = {note.kind: note for note in reviewed(case["text"], case["state"]).state_notes}
        for kind, words in case["evidence"].items():
            start = case["text"].index(words)
            assert any(
                s.start < start + len(words) and start < s.end for s in notes[kind].evidence
            ), case["id"]


@pytest.mark.parametrize("state", sorted(load_state_laws()))
def test_every_note_is_cited_dated_and_sends_to_counsel(state: str) -> None:
    known = load_knowledge()
    made = reviewed(FEDERAL, state)
    for note in made.state_notes:
        row = load_state_laws()[state]
        assert row.read.seen_on.isoformat() in note.text or note.kind == "definition-trap"
        assert "Check the current code with counsel." in note.text
        assert ("only reported by" in note.text) == (
            not row.verified or (row.exception_evidence == "E2" and note.kind == "exception-wider-than-state")
        )  # fmt: skip
        for citation in note.citations:
            section = known.sections[section_id(citation.source, citation.pinpoint)]
            assert citation.quote in section.text
            assert citation.date == row.read.seen_on.isoformat()
    assert any("state note" in n.lower() for n in made.notices)


def test_a_row_that_was_only_reported_touches_no_verdict() -> None:
    for state in ("CT", "MN", "MO", "NH", "TN", "ME"):
        made = reviewed(
            COMMITMENT + "Choke holds are prohibited except on active resistance.", state
        )
        assert kinds(made) == ["exception-wider-than-state"], state
        assert verdict(made, "applicable-law") is Verdict.MEETS, state


def test_an_exception_that_was_only_reported_makes_no_conflict() -> None:
    made = reviewed(
        COMMITMENT + "Neck restraints are prohibited except on active resistance.", "VT"
    )
    assert kinds(made) == ["exception-wider-than-state"]
    assert "only reported by vtdigger.org" in made.state_notes[0].text
    assert verdict(made, "applicable-law") is Verdict.MEETS


def test_a_conflict_with_a_verified_row_lowers_applicable_law_alone() -> None:
    with_state, without = reviewed(COMMITMENT + FEDERAL, "CO"), reviewed(COMMITMENT + FEDERAL, None)
    assert verdict(without, "applicable-law") is Verdict.MEETS
    finding = next(f for f in with_state.findings if f.standard == "applicable-law")
    assert finding.verdict is Verdict.PARTIAL
    assert "C.R.S. 18-1-707(2.5)" in finding.reason
    assert any(span.role == "conflict" for span in finding.evidence)
    assert finding.suggestion
    assert finding.missing
    assert "state-law-co" in {citation.source for citation in finding.citations}
    assert [f for f in with_state.findings if f.standard != "applicable-law"] == [
        f for f in without.findings if f.standard != "applicable-law"
    ]
    alone = reviewed(FEDERAL, "CO")
    assert verdict(alone, "applicable-law") is Verdict.UNCLEAR


def test_without_a_state_nothing_is_said_of_states() -> None:
    made = reviewed(FEDERAL, None)
    assert made.state_notes == ()
    assert not [notice for notice in made.notices if "table" in notice or "State notes" in notice]


@pytest.mark.parametrize(
    ("state", "day", "says"),
    [
        ("GA", DAY, "not the same as none existing"),
        ("OH", DAY, "only a voluntary standard"),
        ("PR", DAY, "no row for Puerto Rico"),
        ("CO", date(2021, 3, 1), "after the day of this review"),
        ("CO", DAY, "not the whole of the law"),
    ],
)
def test_why_there_is_no_note_is_told(state: str, day: date, says: str) -> None:
    made = reviewed(FEDERAL, state, day)
    assert any(says in notice for notice in made.notices)
    assert bool(made.state_notes) == (state == "CO" and day == DAY)


@pytest.mark.parametrize(
    ("text", "state", "due"),
    [
        ("Choke holds are prohibited, except the lateral vascular neck restraint.", "CO", ["blood-flow-allowed"]),
        ("Choke holds are banned. This ban does not apply to carotid holds.", "TX", ["blood-flow-allowed"]),
        ("Choke holds are banned. This ban also applies to carotid holds.", "TX", []),
        ("Choke holds are banned, except a carotid hold where deadly force is justified.", "TX", []),
        ("Choke holds are prohibited, whether or not prolonged.", "IA", []),
        ("Choke holds are prohibited except in self-defense where deadly force is authorized by law.", "WI", ["blood-flow-not-named"]),
        ("Choke holds and carotid holds may be used in life-threatening situations or in self-defense.", "WI", ["state-exception-wider"]),
        ("Vascular neck restraints are permitted for certified officers.", "CT", []),
        ("Carotid restraints are only authorized when deadly force is justified. Choke holds are prohibited.", "SC", []),
        ("Choke holds are prohibited except when an officer is at risk of death or great bodily harm. Carotid holds are prohibited.", "LA", []),
    ],
)  # fmt: skip
def test_a_note_or_none(text: str, state: str, due: list[str]) -> None:
    assert kinds(reviewed(text, state)) == due


def test_a_note_has_a_sentence_for_every_kind_and_the_schema_names_it() -> None:
    said = schema("review")["$defs"]["state_note"]["properties"]["kind"]["enum"]
    assert set(said) == set(ORDER)
    assert set(load_says()["notes"]) == {*ORDER, "own-trap"}


def test_the_record_fits_its_schema_and_tells_pages() -> None:
    made = with_pages(reviewed(COMMITMENT + FEDERAL, "CO"), lambda offset: 7)
    assert {span.page for note in made.state_notes for span in note.evidence} == {7}
    record = review_record(made)
    validate(record, schema("review"))
    assert list(record["state_notes"][0]) == ["state", "kind", "text", "evidence", "citations"]


WORDS = [
    "officers",
    "shall",
    "not",
    "may",
    "must",
    "use",
    "a",
    "the",
    "choke",
    "hold",
    "carotid",
    "neck",
    "blood",
    "prolonged",
    "unless",
    "except",
    "only",
    "when",
    "deadly",
    "force",
    "is",
    "authorized",
    "prohibited",
    "permitted",
    "self-defense",
    "swallowing",
    "evidence",
    "knee",
    ".",
    ",",
    ";",
    ":",
    "law",
    "medic",
]
WORSE = {"meets": 3, "partial": 2, "unclear": 1, "not_addressed": 1, "does_not_meet": 0}


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=50).map(" ".join),
    st.sampled_from(["CO", "TX", "IA", "WI", "LA", "NE", "CT", "IL", "UT", "NY", "GA"]),
)
def test_whatever_is_pasted(text: str, state: str) -> None:
    made, plain = reviewed(text, state), reviewed(text, None)
    for note in made.state_notes:
        assert note.evidence
        assert note.citations
        assert all(span.text == text[span.start : span.end] for span in note.evidence)
    for with_state, without in zip(made.findings, plain.findings, strict=True):
        assert WORSE[with_state.verdict] <= WORSE[without.verdict]
        assert with_state.standard == "applicable-law" or with_state == without
    assert made == reviewed(text, state)


@pytest.mark.parametrize("state", sorted(s for s, row in load_state_laws().items() if row.looser))
def test_a_law_that_is_looser_somewhere_warns_whoever_copies_it(state: str) -> None:
    row = load_state_laws()[state]
    text = "Officers shall not use a prolonged choke hold except in self-defense or great harm."
    notes = reviewed(text, state).state_notes
    assert notes
    assert "may fail the federal standard" in notes[0].text
    assert row.looser in notes[0].text
    assert any(row.looser in citation.quote for citation in notes[0].citations)
    assert not any("may fail the federal standard" in note.text for note in notes[1:])
