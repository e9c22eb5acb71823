"""Two versions of a policy: the words that decide are found, however long the text is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compare import Comparison, compare, comparison_record, print_comparison
from bot.compare.edits import find_edits, mixture, only, word_changes
from knowledge import Advisor
from knowledge.reading import Document
from knowledge.requests import read_excerpt
from knowledge.types import Review, Verdict

ABSOLUTE = "Choke holds are prohibited."
EXCEPTED = "Choke holds are prohibited except when deadly force is authorized by law."
ALLOWED = "Officers may use a choke hold to overcome active resistance."
FILLER = "A report is finished before the shift ends. Badges are worn on the left side.\n\n"


def judge(text: str) -> Review:
    return Advisor(Path(), "").review(read_excerpt(text, as_of="2026-11-24", release="test"))


def compared(old: str, new: str) -> Comparison:
    return compare(Document("old.txt", old), Document("new.txt", new), judge)


def test_the_deciding_words_are_found_among_many_edits() -> None:
    lines = [f"Unit {n} reports by radio at {n} o'clock.\n\n" for n in range(40)]
    old = "".join(lines[:20]) + EXCEPTED + "\n\n" + "".join(lines[20:])
    new = old.replace("radio", "phone").replace(EXCEPTED, ALLOWED)
    found = compared(old, new)
    (change,) = [change for change in found.changes if change.standard == "chokeholds"]
    assert (change.old, change.new) == (Verdict.MEETS, Verdict.DOES_NOT_MEET)
    assert new[change.edit.new_start : change.edit.new_end] == ALLOWED
    assert old[change.edit.old_start : change.edit.old_end] == EXCEPTED
    assert change.alone
    assert len(found.edits) == 41


def test_a_permission_added_elsewhere_is_what_decides() -> None:
    old = EXCEPTED + "\n\n" + FILLER * 5
    found = compared(old, old + ALLOWED + "\n")
    (change,) = [change for change in found.changes if change.standard == "chokeholds"]
    assert change.old is Verdict.MEETS
    assert change.new is not Verdict.MEETS
    assert change.edit.old_start == change.edit.old_end
    assert found.new.text[change.edit.new_start : change.edit.new_end] == ALLOWED


def test_other_line_breaks_are_no_change() -> None:
    old = FILLER + EXCEPTED
    assert compared(old, old.replace(" ", "\n")).edits == ()


def test_without_a_change_of_verdict_nothing_is_said_to_decide() -> None:
    found = compared(FILLER + EXCEPTED, FILLER.replace("left", "right") + EXCEPTED)
    assert len(found.edits) == 1
    assert found.changes == ()


def test_a_long_policy_takes_few_reviews() -> None:
    count = 0

    def counted(text: str) -> Review:
        nonlocal count
        count += 1
        return judge(text)

    old = "".join(f"Unit {n} reports by radio.\n\n" for n in range(200)) + EXCEPTED
    new = "".join(f"Unit {n} reports by phone.\n\n" for n in range(200)) + ALLOWED
    found = compare(Document("o", old), Document("n", new), counted)
    assert found.changes
    assert count <= 3 + 9 * len(found.changes)


def test_the_record_holds_both_places_with_their_pages() -> None:
    pages = ((1, 0, len(FILLER)), (2, len(FILLER), len(FILLER) + 200))
    old = Document("old.pdf", FILLER + EXCEPTED, pages)
    new = Document("new.pdf", FILLER + ALLOWED, pages)
    record = comparison_record(compare(old, new, judge))
    change = record["changes"][0]
    assert change["standard"] == "chokeholds"
    assert (change["removed"]["page"], change["added"]["page"]) == (2, 2)
    assert change["added"]["text"] == ALLOWED
    assert new.text[change["added"]["start"] : change["added"]["end"]] == ALLOWED


def test_a_page_that_was_not_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    note = "new.pdf: page 2 holds no text"
    found = compare(
        Document("old.pdf", EXCEPTED), Document("new.pdf", EXCEPTED, (), (note,)), judge
    )
    print_comparison(found)
    assert note in capsys.readouterr().out
    assert comparison_record(found)["notes"] == {"old": [], "new": [note]}


def test_the_words_that_differ_are_told_apart() -> None:
    assert word_changes("shall not use force", "should not use any force") == [
        ("removed", "shall"),
        ("added", "should"),
        ("same", "not use"),
        ("added", "any"),
        ("same", "force"),
    ]


sentences = st.lists(
    st.sampled_from(["One.", "Two two.", "Three; four.", "\n\nFive", "x"]), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(sentences, sentences)
def test_the_edits_lead_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    old, new = " ".join(before), " ".join(after)
    edits = find_edits(old, new)
    if not edits:
        assert old.split() == new.split()
        return
    assert mixture(old, new, edits[-1]).split() == new.split()
    text = old
    for edit in reversed(edits):  # from the back, so that offsets before it stay true
        text = only(text, new, edit)
    assert text.split() == new.split()


@pytest.mark.parametrize(("old", "new"), [("", "One."), ("One.", ""), ("", "")])
def test_empty_texts_have_edits_too(old: str, new: str) -> None:
    assert len(find_edits(old, new)) == int(old != new)
