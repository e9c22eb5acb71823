"""Tell what each line of an excerpt is: blank, page number, heading, list item, table row, text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from knowledge.reviewing.shadow import Line, Strip

HEADING_LIMIT = 90  # characters; a longer line is text

_PAGE = re.compile(
    r"^\W*(page|pg\.?)?\s*\d{1,4}\s*((of|/)\s*\d{1,4})?\W*$|^\W*page\s+\d+.{0,40}$", re.I
)
_MARKER = re.compile(
    r"""^(?P<indent>\s*)(?:[>#]+\s*)?(?:
        (?P<bullet>[-*+\u2022\u25aa\u25ab\u2023\u25e6\u2043\u2013\u2014\u25cf\u25cb\u00b7\u27a2\uf0b7\u2611\u2612]|\[[xX]\])(?=\s)
      | (?P<section>(?:section|sec\.|chapter|article|part|policy|rule|\u00a7)
          \s*[\dIVXivx]+(?:\.\d+)*[.:)]?)(?=\s)
      | (?P<dotted>\d{1,4}(?:\.\d{1,3}){1,5}\.?)(?=\s)
      | (?P<number>\d{1,3}[.)])(?=\s)
      | (?P<paren>\((?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\))
      | (?P<roman>[IVX]{1,5}[.)])(?=\s)
      | (?P<upper>[A-Z][.)]\d{0,2}\.?)(?=\s)
      | (?P<lower>[a-z][.)])(?=\s)
      | (?P<mixed>[A-Z]\.\d{1,2}(?:\.\d{1,2})?\.?)(?=\s)
    )\s*""",
    re.VERBOSE,
)
_BARE = re.compile(r"^(?P<indent>\s*)(?P<number>\d{1,3})\s+(?=[A-Z\"\u201c])")
_LINE_NUMBER = re.compile(r"^\s*(\d{1,4})(?:\s+|$)")
RUN = 4  # lines numbered in a row before the numbers are taken for those of a printout
_UNTICKED = re.compile(r"(?:[-*]\s)?(?:\[ ?\]|\u2610|\u25a1)\s*\w")
_WIDE = re.compile(r"(?<=\S) {3,}(?=\S)| ?\.{4,} ?")
CELL_WORDS = 4  # words of a cell at most, where only wide gaps part a line
_RULE = re.compile(r"^[\s|:+=_-]{3,}$")
_VERB = re.compile(
    r"\b(is|are|shall|must|may|will|can|cannot|should|has|have|was|were|do|does|prohibits?)\b"
)
_ENDS = (".", ";", ",", "!", "?")


class Kind(Enum):
    """What a line is."""

    BLANK = "blank"
    SKIP = "skip"
    HEADING = "heading"
    ITEM = "item"
    ROW = "row"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Laid:
    """A line with its kind; of an item the marker is gone and `level` tells its style."""

    kind: Kind
    strip: Strip
    raw: str
    indent: int = 0
    level: tuple[str, int] = ("", 0)
    label: str = ""


def lay_all(lines: Sequence[Line]) -> list[Laid]:
    """The kind of every line; numbers of lines are gone, and "1 Members ..." opens an item."""
    lines = _unnumbered(lines)
    items = _bare_items(lines)
    return [
        _item(line, items[place]) if place in items else lay(line)
        for place, line in enumerate(lines)
    ]


def _unnumbered(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the numbers that a printout gives to every line."""
    full = [line for line in lines if line.strip.text.strip()]
    found = [_LINE_NUMBER.match(line.raw) for line in full]
    numbers = [int(each.group(1)) for each in found if each]
    if len(numbers) < len(full) or len(full) < RUN or not _rises(numbers):
        return lines
    if not any(
        line.raw[each.end() : each.end() + 1].islower()
        for line, each in zip(full, found, strict=True)
        if each
    ):
        return lines
    return [_shorter(line, _LINE_NUMBER.match(line.raw)) for line in lines]


def _shorter(line: Line, number: re.Match[str] | None) -> Line:
    if number is None:
        return line
    start = line.start + number.end()
    first = next((i for i, at in enumerate(line.strip.at) if at >= start), len(line.strip.text))
    return Line(start, line.raw[number.end() :], line.strip.cut(first))


def _rises(numbers: Sequence[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(numbers))


def _bare_items(lines: Sequence[Line]) -> dict[int, re.Match[str]]:
    """Where lines are numbered in a row without a point or bracket, the marker of each."""
    found = {place: m for place, line in enumerate(lines) if (m := _BARE.match(line.raw[:12]))}
    places = list(found)
    numbers = [int(found[place].group("number")) for place in places]
    good: set[int] = set()
    for first in range(len(places) - RUN + 2):
        if _rises(numbers[first : first + RUN - 1]):
            good.update(places[first : first + RUN - 1])
    return {place: found[place] for place in sorted(good)}


def lay(line: Line) -> Laid:
    """The kind of one line, judged from the line alone."""
    raw = line.raw
    bare = raw.strip()
    if not line.strip.text.strip():
        return Laid(Kind.BLANK, line.strip, raw)
    if len(bare) < 60 and _PAGE.match(bare):
        return Laid(Kind.SKIP, line.strip, raw)
    spaced = _by_spaces(line, bare)
    if spaced:
        return Laid(Kind.ROW, spaced, raw)
    if _is_row(bare):
        kind = Kind.SKIP if _RULE.match(bare) else Kind.ROW
        return Laid(kind, line.strip, raw)
    if _UNTICKED.match(bare):
        return Laid(Kind.SKIP, line.strip, raw)
    marker = _MARKER.match(raw[:80])
    if marker:
        return _item(line, marker)
    kind = Kind.HEADING if is_title(bare) else Kind.TEXT
    return Laid(kind, _unhash(line.strip).trim(), raw, len(raw) - len(raw.lstrip()))


def is_title(bare: str) -> bool:
    """Whether a line without a marker reads like a heading by its capitals."""
    letters = [c for c in bare if c.isalpha()]
    if bare.startswith("#") and len(bare) < HEADING_LIMIT:
        return True
    if len(letters) < 3 or len(bare) > HEADING_LIMIT or bare.endswith(_ENDS):
        return False
    return bare.upper() == bare and bare.lower() != bare and not _VERB.search(bare.lower())


def reads_like_heading(text: str) -> bool:
    """Whether shadow text is a short label: few words, no verb, no end of a sentence."""
    bare = text.strip()
    return (
        len(bare) <= HEADING_LIMIT
        and len(bare.split()) <= 9
        and not bare.endswith(_ENDS)
        and not _VERB.search(bare)
    )


def _by_spaces(line: Line, bare: str) -> Strip | None:
    """The line with tabs for wide gaps, when wide gaps or dots part it into short cells."""
    gaps = list(_WIDE.finditer(bare))
    cells = _WIDE.split(bare)
    short = all(len(cell.split()) <= CELL_WORDS for cell in cells)
    if not gaps or not short or _MARKER.match(bare[:80]):
        return None
    text, at = line.strip.text, line.strip.at
    base = line.start + line.raw.index(bare)
    edges = [(base + gap.start(), base + gap.end()) for gap in gaps]
    made = [
        "\t" if any(a <= place < b for a, b in edges) else char
        for char, place in zip(text, at, strict=True)
    ]
    return Strip("".join(made), at)


def _is_row(bare: str) -> bool:
    return bare.count("|") >= 2 or bool(re.search(r"\S\t+\S", bare)) or " | " in bare


def _item(line: Line, marker: re.Match[str]) -> Laid:
    style = marker.lastgroup or "bullet"
    label = marker.group(style)
    if style == "paren":
        style = "paren-number" if label[1:-1].isdigit() else "paren-letter"
    depth = label.count(".") if style == "dotted" else 0
    if style == "dotted":
        depth = label.rstrip(".").count(".")
    offset = line.start + marker.end()
    first = next((i for i, at in enumerate(line.strip.at) if at >= offset), len(line.strip.text))
    return Laid(
        Kind.ITEM,
        line.strip.cut(first).trim(),
        line.raw,
        len(marker.group("indent")),
        (style, depth),
        re.sub(r"^[a-z.\s\u00a7]*(?=\d)|[().:]+$|^\(", "", label.lower()),
    )


def _unhash(strip: Strip) -> Strip:
    gone = len(strip.text) - len(strip.text.lstrip("#> "))
    return strip.cut(gone) if gone else strip
