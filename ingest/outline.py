"""Find the numbered parts of a legal text: (a), (i), (A), (1), and A., 1., a. in manuals.

A mark counts only where it is the next one expected at a level that is open, or the first one
of a deeper level; so a reference such as "(d) of this section" at a line's start stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.reading.numbers import as_letters, as_roman

_REFERENCE_BEFORE = re.compile(
    r"\b(?:sub)?(?:sections?|paragraphs?|clauses?|parts?)\s*"
    r"(?:\([A-Za-z0-9]+\)\s*)*(?:,|and|or|through|to)?\s*\Z",
    re.IGNORECASE,
)
_REFERENCE_AFTER = re.compile(r"\s*(?:\([A-Za-z0-9]+\))*\s*(?:,\s*)?(?:of|and|or|above|below)\s+"
                              r"(?:this|that|subsection|section|paragraph)\b")  # fmt: skip

# How each kind of mark counts, from 1 up.
_COUNTS: dict[str, Callable[[int], str]] = {
    "letter": as_letters,
    "roman": as_roman,
    "upper": lambda value: as_letters(value).upper(),
    "upper roman": lambda value: as_roman(value).upper(),
    "number": str,
}


_HIGHEST = 60  # the highest number at which a text that is part of another may begin


@dataclass(frozen=True, slots=True)
class Mark:
    """A possible number of a part: its place, its label, and how it is written."""

    start: int
    end: int
    label: str
    style: str  # "(" as in (a), "." as in A.
    inline: bool = False  # not at a line's start


@dataclass(frozen=True, slots=True)
class Part:
    """The words between one number and the next; `path` holds the marks from the top down."""

    path: tuple[Mark, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    style: str
    value: int
    mark: Mark

    def expects(self, mark: Mark) -> bool:
        return self.style == mark.style and _COUNTS[self.kind](self.value + 1) == mark.label


def split_parts(text: str, marks: Sequence[Mark], start: int, end: int) -> list[Part]:
    """The parts of `text[start:end]`, in order; the words before the first number have no path."""
    parts = []
    levels: list[_Level] = []
    begin = start
    for number, mark in enumerate(marks):
        level = _place(text, mark, levels, marks[number + 1 :])
        if level is None:
            continue
        parts.append(Part(tuple(each.mark for each in levels), begin, mark.start))
        levels = [*levels[: level[0]], level[1]]
        begin = mark.end
    parts.append(Part(tuple(each.mark for each in levels), begin, end))
    return [part for part in parts if text[part.start : part.end].strip()]


def _place(
    text: str, mark: Mark, levels: Sequence[_Level], later: Sequence[Mark]
) -> tuple[int, _Level] | None:
    """The depth and the level that a mark opens or goes on with; None when it is only text."""
    if _is_reference(text, mark):
        return None
    going_on = [
        (depth, _Level(level.kind, level.style, level.value + 1, mark))
        for depth, level in reversed(list(enumerate(levels)))
        if level.expects(mark)
    ]
    opening = [
        (len(levels), _Level(kind, mark.style, 1, mark))
        for kind, count in _COUNTS.items()
        if count(1) == mark.label
        and not _open(levels, kind, mark.style)
        and (not mark.inline or any(m.label == count(2) and not m.inline for m in later))
    ]
    if going_on and opening:
        return opening[0] if _opens(text, mark, later, opening[0][1]) else going_on[0]
    found = going_on or opening or _midway(mark, levels, later)
    return found[0] if found else None


def _midway(
    mark: Mark, levels: Sequence[_Level], later: Sequence[Mark]
) -> list[tuple[int, _Level]]:
    """A text may be a part of a manual and begin at IV; V must follow then."""
    if levels or mark.style != ".":
        return []
    labels = {other.label for other in later if other.style == mark.style}
    return [
        (0, _Level(kind, mark.style, value, mark))
        for kind in ("upper roman", "number", "upper")
        for value in range(2, _HIGHEST)
        if _COUNTS[kind](value) == mark.label and _COUNTS[kind](value + 1) in labels
    ]


def _open(levels: Sequence[_Level], kind: str, style: str) -> bool:
    return any(level.kind == kind and level.style == style for level in levels)


def _opens(text: str, mark: Mark, later: Sequence[Mark], level: _Level) -> bool:
    """Whether "(i)" after "(h)" starts a list of its own: (ii) follows it, or a colon leads it."""
    second = _COUNTS[level.kind](2)
    rival = chr(ord(mark.label) + 1)
    for other in later:
        if other.style == mark.style and other.label in (second, rival):
            return other.label == second
    return text[: mark.start].rstrip().endswith(":")


def _is_reference(text: str, mark: Mark) -> bool:
    before = text[max(0, mark.start - 60) : mark.start]
    if re.search(r"\n\s*\n\s*\Z", before):
        return False
    after = text[mark.end : mark.end + 60]
    return bool(_REFERENCE_BEFORE.search(before) or _REFERENCE_AFTER.match(after))
