"""The headings of a manual, so that a quoted clause can be named with its section."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.reviewing.layout import is_title, reads_like_heading

LIMIT = 90  # characters of a heading
SHORT = 9  # words of a heading that has a verb
SMALL = 4  # letters of a word that need no capital in a heading
RUNNING = 4  # times; a heading that comes so often stands at the top or foot of every page
_NUMBERED = re.compile(
    r"(?:(?:chapter|section|sec\.|article|part|policy|order|§+)\s*)?"
    r"(?:\d{1,4}(?:[.-]\d{1,3}){0,5}|[IVX]{1,5})[.:)]?\s+(?=\S)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s(?:that|which|who|where|when)\s", re.IGNORECASE)
_SENTENCE = (".", ";", ",", ":", "!", "?")
_CONTENTS = re.compile(r"(?:\.\s?){3,}\s*\d+\s*$|\s{3,}\d{1,4}\s*$|\t\d{1,4}\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows; `start` is its offset in the text."""

    start: int
    text: str


def headings(text: str) -> list[Heading]:
    """The headings in order. Lines of a table of contents and of every page are none."""
    found: list[Heading] = []
    start = 0
    for line in text.splitlines(keepends=True):
        bare = " ".join(line.split())
        after = text[start + len(line) : start + len(line) + LIMIT]
        titled = _is_heading(bare) or _is_long_heading(bare, after)
        if titled and len(bare) <= LIMIT and not _CONTENTS.search(line):
            found.append(Heading(start, bare))
        start += len(line)
    often = Counter(heading.text.casefold() for heading in found)
    return [heading for heading in found if often[heading.text.casefold()] < RUNNING]


def section_at(offset: int, outline: Sequence[Heading]) -> str:
    """The heading that `offset` stands under, or "" where there is none."""
    place = bisect_right(outline, offset, key=lambda heading: heading.start)
    return outline[place - 1].text if place else ""


def _is_long_heading(bare: str, after: str) -> bool:
    """Whether a numbered line is a heading with a verb in it ("5.4 When Force Is Allowed").

    Its words begin with capitals, or it is short or has a side clause and stands alone: an empty
    line or a lower number of the same section comes next.
    """
    numbered = _NUMBERED.match(bare)
    if not numbered or bare.endswith(_SENTENCE):
        return False
    rest = bare[numbered.end() :]
    if not rest[:1].isupper():
        return False
    words = rest.split()
    if len(words) <= SHORT and all(w[:1].isupper() for w in words if len(w) > SMALL):
        return True
    number = numbered.group().strip(" .:)")
    alone = not after.split("\n")[0].strip() or after.lstrip().startswith(f"{number}.")
    clause = _CLAUSE.search(rest)
    front = rest[: clause.start()] if clause else ""
    return alone and (len(words) <= SHORT or (bool(front) and reads_like_heading(front.lower())))


def _is_heading(bare: str) -> bool:
    numbered = _NUMBERED.match(bare)
    if numbered:
        rest = bare[numbered.end() :].lstrip("-\u2013\u2014 ")
        return rest[:1].isupper() and reads_like_heading(rest.lower())
    return is_title(bare) and reads_like_heading(bare.lower())
