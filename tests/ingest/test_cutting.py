"""Passages fit the model, lose nothing, and are slices of their section."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cutting import cut_passages
from knowledge.types import Evidence, Section, TextKind


class WordCounter:
    """Counts words and the two marks at the ends, as simple models do."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def count(self, text: str) -> int:
        return len(text.split()) + 2


def section(text: str) -> Section:
    return Section(
        "s#1", "s", "1", "", text, TextKind.OFFICIAL, Evidence.TEXT, None, date(2026, 1, 1)
    )


@given(st.text(alphabet="ab. ;\n\u00a0", max_size=400), st.integers(18, 40))
def test_slices_in_order_that_fit_and_lose_nothing(text: str, limit: int) -> None:
    counter = WordCounter(limit)

    passages = cut_passages(section(text), "", counter)

    assert [p.id for p in passages] == [f"s#1/{n}" for n in range(1, len(passages) + 1)]
    at = 0
    for passage in passages:
        assert passage.start >= at
        assert not text[at : passage.start].strip()
        assert text[passage.start : passage.end] == passage.text
        assert counter.count(passage.text) <= limit
        at = passage.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # as many sentences as fit stay together
        ("One two. Three four. " * 3, ["One two. Three four. " * 2 + "One two. Three four."]),
        # the cut falls between sentences
        ("a " * 9 + "end. " + "b " * 9 + "end.", ["a " * 9 + "end.", "b " * 9 + "end."]),
        # a sentence that alone is too long is cut between words
        ("a " * 20, ["a " * 15 + "a", "a " * 3 + "a"]),
    ],
)
def test_where_cuts_fall(text: str, expected: list[str]) -> None:
    passages = cut_passages(section(text), "", WordCounter(18))

    assert [passage.text for passage in passages] == expected


def test_the_heading_takes_its_room() -> None:
    text = "word " * 30

    plain = cut_passages(section(text), "", WordCounter(32))
    headed = cut_passages(section(text), "five words of a heading", WordCounter(32))

    assert len(plain) == 1
    assert len(headed) == 2
