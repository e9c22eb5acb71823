"""The paragraphs of an article, counted from its first: ¶ 1, ¶ 2, and the headings between.

A list belongs to the paragraph that leads into it. The masthead before the article and the
links after it are the page's, not the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.cleaning import flowed
from ingest.found import Found
from ingest.mapped import Mapped

MASTHEAD = re.compile(r"(?mi)^[ \t]*\w+ \d{4} \| Volume \d+ \| Issue \d+[ \t]*$")
_AFTER = re.compile(
    r"(?mi)^[ \t]*(?:For more information, please see:|Subscribe to Email Updates)[ \t]*$"
)
_BLOCK = re.compile(r"\S(?:.|\n(?![ \t]*\n))*")
_ITEM = re.compile(r"(?:\d{1,2}\.|[-*\u2022])\s")
_ENDED = (".", "!", "?", ":", ";", "\u201d", '"', ")")


def article_sections(article: Mapped) -> list[Found]:
    """The article's paragraphs in order, each with the heading that it stands under."""
    masthead = MASTHEAD.search(article.text)
    start = masthead.end() if masthead else 0
    after = _AFTER.search(article.text, start)
    body = article.cut(start, after.start() if after else len(article.text))
    return list(_paragraphs(body))


def _paragraphs(body: Mapped) -> Iterator[Found]:
    heading = ""
    number = 0
    for start, end in _blocks(body.text):
        words = body.text[start:end].strip()
        if _is_heading(words):
            heading = " ".join(words.split())
            continue
        number += 1
        yield Found(f"¶ {number}", heading, flowed(body.cut(start, end)), counted=True)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Bounds of the paragraphs; list items are joined to the paragraph before them."""
    bounds: list[tuple[int, int]] = []
    for match in _BLOCK.finditer(text):
        if bounds and _ITEM.match(match.group()):
            bounds[-1] = (bounds[-1][0], match.end())
        else:
            bounds.append(match.span())
    return bounds


def _is_heading(words: str) -> bool:
    return len(words) <= 120 and "\n" not in words and not words.endswith(_ENDED)
