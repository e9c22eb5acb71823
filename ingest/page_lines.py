"""Lines that a manual prints on every page: its name, the page's number, the date of issue."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.reading import Document

_EDGE = 3  # lines at the top and at the bottom of a page that may be its furniture
_LEAST_PAGES = 3
_SHARE = 0.5  # of the pages, from which a line counts as printed on every page
_DIGITS = re.compile(r"\d+")


def page_lines(document: Document) -> list[tuple[int, int]]:
    """Where lines stand that repeat at the edge of at least half of the pages; digits may vary."""
    if len(document.pages) < _LEAST_PAGES:
        return []
    edges = [_edge_lines(document.text, start, end) for _, start, end in document.pages]
    counts = Counter(shape for edge in edges for shape in {shape for shape, _, _ in edge})
    least = max(_LEAST_PAGES, len(document.pages) * _SHARE)
    return sorted(
        {(start, end) for edge in edges for shape, start, end in edge if counts[shape] >= least}
    )


def _edge_lines(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The lines at a page's top and bottom: shape with digits levelled, and bounds."""
    lines = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            lines.append((_DIGITS.sub("#", " ".join(line.split())), at, at + len(line)))
        at += len(line)
    return lines[:_EDGE] + lines[_EDGE:][-_EDGE:]
