"""The excerpt with its evidence spans marked, by brackets and numbers: no color is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.terminal.screen import plain
from knowledge.types import EvidenceSpan, Finding

if TYPE_CHECKING:
    from rich.text import Text

WHOLE = 3_000  # characters up to which an excerpt is shown whole
AROUND = 160  # characters shown on either side of a span in a longer one
_SPACE = re.compile(r"\s+")
_GAP = " […] "


def numbered_spans(findings: Iterable[Finding]) -> dict[EvidenceSpan, int]:
    """Every evidence span of the findings by its number: 1 is the first in the text."""
    found = sorted(
        {span for finding in findings for span in finding.evidence},
        key=lambda span: (span.start, span.end, span.role),
    )
    places = {place: n for n, place in enumerate(dict.fromkeys((s.start, s.end) for s in found), 1)}
    return {span: places[span.start, span.end] for span in found}


def marked_excerpt(text: str, spans: Mapping[EvidenceSpan, int]) -> Text:
    """The excerpt, or the parts of a long one around its spans, with ⟦numbered⟧ spans."""
    from rich.text import Text

    made = Text()
    for piece, bold in _pieces(text, spans):
        made.append(plain(piece), style="bold reverse" if bold else "")
    return made


def _pieces(text: str, spans: Mapping[EvidenceSpan, int]) -> Iterator[tuple[str, bool]]:
    places = sorted({(span.start, span.end, number) for span, number in spans.items()})
    edges = sorted({0, len(text), *(edge for start, end, _ in places for edge in (start, end))})
    shown = _shown(text, places)
    for at, until in pairwise(edges):
        yield "".join(f"⟦{number}: " for start, _, number in places if start == at), True
        inside = any(start <= at and until <= end for start, end, _ in places)
        yield _visible(text, at, until, shown), inside
        yield "⟧" * sum(end == until for _, end, _ in places), True


def _shown(text: str, places: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The stretches of the text that are shown, half open."""
    if len(text) <= WHOLE:
        return [(0, len(text))]
    if not places:
        return [(0, WHOLE)]
    return [stretch_around(text, start, end, by=AROUND) for start, end, _ in places]


def stretch_around(text: str, start: int, end: int, *, by: int) -> tuple[int, int]:
    """`start:end` with at most `by` characters more on either side, and no word cut."""
    left, right = max(0, start - by), min(len(text), end + by)
    space = _SPACE.search(text, left, start) if left else None
    last = max(text.rfind(" ", end, right), text.rfind("\n", end, right))
    return (space.end() if space else left), (right if right == len(text) or last < 0 else last)


def _visible(text: str, at: int, until: int, shown: Sequence[tuple[int, int]]) -> str:
    made, last = "", at
    for start, end in sorted(shown):
        left, right = max(last, start), min(until, end)
        if left >= right:
            continue
        made += (_GAP if left > last else "") + text[left:right]
        last = right
    return made + (_GAP if last < until else "")
