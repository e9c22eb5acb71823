"""The numbered parts of a policy manual, a statute or an ordinance, by the text's own numbers.

Decimal numbers (300.3.4) where the text counts with them, with (a) and (i) below; else an
outline (IV.B.2, pinpoint "IV.B.2"); else paragraphs, counted: ¶ 1, ¶ 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.articles import article_sections
from ingest.cleaning import flowed
from ingest.found import Found
from ingest.mapped import Mapped
from ingest.outline import Mark, Part, split_parts

_DECIMAL = re.compile(
    r"(?m)^[ \t]*(?:§+[ \t]*|Sec(?:tion|\.)[ \t]+|Policy[ \t]+)?"
    r"(\d{1,5}(?:\.\d{1,4}){1,5})\.?(?=[ \t\n])"
)
_OUTLINE = re.compile(
    r"(?m)^[ \t]*(?:\(([a-z]{1,6}|[A-Z]{1,2}|\d{1,2})\)|([IVXLC]{1,7}|[A-Z]|[a-z]|\d{1,2})\.)(?=\s)"
)
_PAREN = re.compile(r"(?m)^[ \t]*\(([a-z]{1,6}|[A-Z]{1,2}|\d{1,2})\)(?=\s)")
_CONTENTS_LINE = re.compile(r"\A[^\n]*(?:\.{4,}|(?:\.\s){4,}|\t| {4,})\s*\d+[ \t]*(?:\n|\Z)")
_LEAST = 2  # numbers, before a text is taken to count that way
_LONGEST_HEADING = 100  # characters
_AFTER_HEADING = re.compile(r"[ \t]*(?:\Z|\n|[A-Z(\u201c\"\u2022-]|\d)")


def manual_sections(manual: Mapped) -> list[Found]:
    """Every numbered part with words of its own, in order; paragraphs where nothing is numbered."""
    heads = _decimal_heads(manual.text)
    if len(heads) >= _LEAST:
        return _unique(_decimal_sections(manual, heads))
    marks = [_outline_mark(match) for match in _OUTLINE.finditer(manual.text)]
    parts = split_parts(manual.text, marks, 0, len(manual.text))
    if sum(bool(part.path) for part in parts) >= _LEAST:
        return _unique(_outline_sections(manual, parts))
    return article_sections(manual)


def _decimal_heads(text: str) -> list[re.Match[str]]:
    """The numbers in rising order; lines of a table of contents are passed over."""
    heads: list[re.Match[str]] = []
    last: tuple[int, ...] = ()
    for match in _DECIMAL.finditer(text):
        value = tuple(map(int, match.group(1).split(".")))
        if value > last and not _CONTENTS_LINE.match(text[match.end() : match.end() + 300]):
            heads.append(match)
            last = value
    return heads


def _decimal_sections(manual: Mapped, heads: list[re.Match[str]]) -> Iterator[Found]:
    yield from _whole("Preamble", "", manual.cut(0, heads[0].start()))
    ends = [head.start() for head in heads[1:]] + [len(manual.text)]
    below = [head.group(1) + "." for head in heads[1:]] + [""]
    for head, end, after in zip(heads, ends, below, strict=True):
        body = manual.cut(head.end(), end)
        heading, start = _heading(body.text, leads=after.startswith(head.group(1) + "."))
        rest = body.cut(start, len(body.text))
        marks = [Mark(m.start(), m.end(), m.group(1), "(") for m in _PAREN.finditer(rest.text)]
        for part in split_parts(rest.text, marks, 0, len(rest.text)):
            path = "".join(f"({mark.label})" for mark in part.path)
            yield from _whole(head.group(1) + path, heading, rest.cut(part.start, part.end))


def _outline_sections(manual: Mapped, parts: list[Part]) -> Iterator[Found]:
    headings: dict[tuple[str, ...], str] = {}
    depths = [len(part.path) for part in parts[1:]] + [0]
    for part, depth in zip(parts, depths, strict=True):
        body = manual.cut(part.start, part.end)
        path = tuple(mark.label for mark in part.path)
        heading, start = _heading(body.text, leads=depth > len(path)) if path else ("", 0)
        headings[path] = heading
        above = [headings.get(path[:level], "") for level in range(1, len(path) + 1)]
        shown = " > ".join(title for title in above if title)
        yield from _whole(_outline_pinpoint(part), shown, body.cut(start, len(body.text)))


def _outline_mark(match: re.Match[str]) -> Mark:
    style = "(" if match.group(1) else "."
    return Mark(match.start(), match.end(), match.group(1) or match.group(2), style)


def _outline_pinpoint(part: Part) -> str:
    shown = ""
    for mark in part.path:
        shown += f"({mark.label})" if mark.style == "(" else f".{mark.label}"
    return shown.lstrip(".") or "Preamble"


def _heading(text: str, *, leads: bool) -> tuple[str, int]:
    """The title on the number's own line and where the words after it begin.

    `leads` tells that deeper numbers follow; without them a line alone is a rule, not a title.
    """
    line, _, rest = text.partition("\n")
    title = line.strip(" \t.:\u2014-")
    if not title or len(title) > _LONGEST_HEADING or not (leads or rest.strip()):
        return "", 0
    titled = title.isupper() or not line.rstrip().endswith((".", ";", ",", ":"))
    followed = _AFTER_HEADING.match(rest)
    return (title, min(len(text), len(line) + 1)) if titled and followed else ("", 0)


def _whole(pinpoint: str, heading: str, body: Mapped) -> Iterator[Found]:
    text = flowed(body)
    if text.text:
        yield Found(pinpoint, heading, text)


def _unique(found: Iterator[Found]) -> list[Found]:
    """A pinpoint that comes again is told apart by its turn, so that no words are lost."""
    turns: dict[str, int] = {}
    unique = []
    for part in found:
        turns[part.pinpoint] = turn = turns.get(part.pinpoint, 0) + 1
        shown = part.pinpoint if turn == 1 else f"{part.pinpoint} [{turn}]"
        unique.append(Found(shown, part.heading, part.text, part.counted))
    return unique
