"""What a judge hands to the writer of findings: a verdict, its grounds, and the spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.reviewing.shadow import Strip
from knowledge.types import EvidenceSpan, Role, Verdict

JUMP = 60  # characters; a wider gap in the excerpt parts one span into two
SPAN_LIMIT = 60  # spans of one finding at most; of a rule said more often the last are left out


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of shadow that decides, with its role."""

    strip: Strip
    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with the key of its reason, its marks, and what is missing by name."""

    verdict: Verdict
    reason: str
    marks: tuple[Mark, ...] = ()
    missing: tuple[str, ...] = ()


def spans_of(text: str, marks: tuple[Mark, ...]) -> tuple[EvidenceSpan, ...]:
    """The marks as spans of the excerpt as given, in order, none twice."""
    found: dict[tuple[int, int], Role] = {}
    for mark in marks:
        for start, end in _stretches(mark.strip.at[mark.start : mark.end]):
            start, end = _trimmed(text, start, end)
            if start < end:
                found.setdefault((start, end), mark.role)
    told = sorted(_outermost(found).items(), key=lambda item: item[1] is not Role.CONFLICT)
    ordered = sorted(told[:SPAN_LIMIT])
    return tuple(EvidenceSpan(a, b, text[a:b], role) for (a, b), role in ordered)


def _outermost(found: dict[tuple[int, int], Role]) -> dict[tuple[int, int], Role]:
    """Without the spans that lie inside a longer one of the same role."""
    kept: dict[tuple[int, int], Role] = {}
    reached: dict[Role, int] = {}
    for (start, end), role in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if end > reached.get(role, -1):
            kept[start, end] = role
            reached[role] = end
    return kept


def _stretches(offsets: Iterable[int]) -> list[tuple[int, int]]:
    """Unbroken runs of offsets as half-open pairs."""
    made: list[list[int]] = []
    for at in offsets:
        if made and made[-1][1] - 1 <= at <= made[-1][1] + JUMP:
            made[-1][1] = max(made[-1][1], at + 1)
        elif made and made[-1][0] <= at < made[-1][1]:
            continue
        else:
            made.append([at, at + 1])
    return [(a, b) for a, b in made]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
