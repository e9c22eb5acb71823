"""Where a manual speaks of force: runs of pages in which the words of force stand close."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.batch.wording import BatchWording
from bot.outline import Heading, headings
from knowledge.reading import Document

STRETCH = 3_000  # characters; where there are no pages, this much counts as one
GAP = 1  # pages without such words that do not end a part


@dataclass(frozen=True, slots=True)
class ForcePart:
    """A use-of-force part: offsets into the text, its heading, its first and last page."""

    start: int
    end: int
    heading: str
    first_page: int | None
    last_page: int | None


def force_parts(document: Document, wording: BatchWording) -> tuple[ForcePart, ...]:
    """The use-of-force parts in order; none where the words are nowhere dense enough."""
    units = list(_units(document))
    dense = [
        number
        for number, (_, start, end) in enumerate(units)
        if _density(document.text[start:end], wording) >= wording.density
    ]
    outline = headings(document.text)
    return tuple(
        _part([units[at] for at in range(run[0], run[-1] + 1)], outline, wording)
        for run in _runs(dense)
    )


def _units(document: Document) -> Iterator[tuple[int | None, int, int]]:
    """(page, start, end) of every page, or of every stretch, cut at the end of a line."""
    if document.pages:
        yield from document.pages
        return
    start, text = 0, document.text
    while start < len(text):
        end = text.find("\n", min(start + STRETCH, len(text)))
        end = len(text) if end < 0 else end + 1
        yield None, start, end
        start = end


def _density(text: str, wording: BatchWording) -> float:
    """Words of force in 1,000 characters."""
    return sum(1 for _ in wording.force.finditer(text)) * 1_000 / max(len(text), 500)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][-1] <= GAP + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _part(
    units: Sequence[tuple[int | None, int, int]],
    outline: Sequence[Heading],
    wording: BatchWording,
) -> ForcePart:
    start, end = units[0][1], units[-1][2]
    inside = (heading.text for heading in outline if start <= heading.start < end)
    title = next((text for text in inside if wording.titles.search(text)), "")
    return ForcePart(start, end, title, units[0][0], units[-1][0])
