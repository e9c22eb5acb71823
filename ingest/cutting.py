"""Cut sections to passages that the model reads whole; never across a section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from knowledge.types import Passage, Section

_SENTENCE = re.compile(r"\S.*?(?:[.;:!?]['\"\u201d)]*(?=\s)|(?=\s*\Z))", re.DOTALL)
_LEAST = 16  # tokens of text that fit even under the longest heading


class Counter(Protocol):
    """Counts as the embedding model does. `limit` is in tokens."""

    @property
    def limit(self) -> int: ...

    def count(self, text: str) -> int: ...


def cut_passages(section: Section, heading: str, counter: Counter) -> list[Passage]:
    """Slices of the section, in order and with nothing but white space between them.

    Each is within the model's limit together with its heading; cuts fall between sentences,
    and within one only where it alone is too long.
    """
    room = max(_LEAST, counter.limit - (counter.count(f"{heading}\n") - 2 if heading else 0))
    bounds = _joined(section.text, _pieces(section.text, room, counter), room, counter)
    return [
        Passage(
            id=f"{section.id}/{number}",
            section=section.id,
            source=section.source,
            start=start,
            end=end,
            text=section.text[start:end],
        )
        for number, (start, end) in enumerate(bounds, 1)
    ]


def _pieces(text: str, room: int, counter: Counter) -> Iterator[tuple[int, int]]:
    """Sentences; one that is too long comes in several pieces, cut between words."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while counter.count(text[start:end]) > room:
            cut = _last_fit(text, start, end, room, counter)
            yield start, cut
            start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        if start < end:
            yield start, end


def _last_fit(text: str, start: int, end: int, room: int, counter: Counter) -> int:
    """The last word's end that still fits; a word that does not fit alone is cut in two."""
    ends = [start + match.end() for match in re.finditer(r"\S+(?=\s|\Z)", text[start:end])]
    low, high = 0, len(ends)  # ends[:low] fit
    while low < high:
        middle = (low + high + 1) // 2
        fits = counter.count(text[start : ends[middle - 1]]) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    if low:
        return ends[low - 1]
    return start + max(1, room - 2)  # a character is at most a few tokens, and never none


def _joined(
    text: str, pieces: Iterator[tuple[int, int]], room: int, counter: Counter
) -> list[tuple[int, int]]:
    """Neighbouring pieces together, as many as fit."""
    bounds: list[tuple[int, int]] = []
    for start, end in pieces:
        if bounds and counter.count(text[bounds[-1][0] : end]) <= room:
            bounds[-1] = (bounds[-1][0], end)
        else:
            bounds.append((start, end))
    return bounds
