"""The sections of an executive order, with the pinpoints that a lawyer would write.

"Sec. 2. Certification and Credentialing. (c) ... (ii)" becomes § 2(c)(ii). What stands before
the enacting words (notes of whoever copied the text) and after the last section is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.cleaning import flowed
from ingest.found import Found
from ingest.mapped import Mapped
from ingest.outline import Mark, Part, split_parts
from knowledge.reading.numbers import as_letters

ENACTING = re.compile(r"By the authority vested in me as President\b")
_SIGNED = re.compile(
    r"\n(?:[ \t]*[A-Z][A-Z.]*(?:[ \t]+[A-Z][A-Z.]*)*[ \t]*\n\s*)*[ \t]*THE WHITE HOUSE,"
)
_SECTION = re.compile(r"(?m)^[ \t]*(?:Section|Sec\.)[ \t]+(\d+)\.(?=\s)", re.IGNORECASE)
_MARK = re.compile(
    r"(?m)(?:^[ \t]*|(?<=\))|\A\s*|(?P<inline>:\s+))\(([a-z]{1,6}|[A-Z]{1,2}|\d{1,2})\)(?=[\s(])"
    r"|^[ \t]*([ivx]{1,6})\.(?=\s)"
)
_BULLET = re.compile(r"(?m)^[ \t]*[-*\u2022][ \t]+(?=\S)")
_HEADING_END = re.compile(r"\.(?=\s)")
_LONGEST_HEADING = 220  # characters
_TITLED = 0.6  # share of a heading's longer words that begin with a capital


def is_order(text: str) -> bool:
    """Whether a cleaned text has the build of an executive order."""
    enacting = ENACTING.search(text)
    return enacting is not None and _SECTION.search(text, enacting.start()) is not None


def order_sections(order: Mapped) -> list[Found]:
    """Every part of the order that has words of its own, in order; empty for other texts."""
    enacting = ENACTING.search(order.text)
    if enacting is None:
        return []
    signed = _SIGNED.search(order.text, enacting.end())
    body = order.cut(enacting.start(), signed.start() if signed else len(order.text))
    heads = _heads(body.text)
    if not heads:
        return []
    found = [Found("Preamble", "Preamble", flowed(body.cut(0, heads[0].start())))]
    ends = [head.start() for head in heads[1:]] + [len(body.text)]
    for head, end in zip(heads, ends, strict=True):
        found += _section(f"§ {head.group(1)}", body.cut(head.end(), end))
    return found


def _heads(text: str) -> list[re.Match[str]]:
    """The section heads whose numbers follow one another from 1."""
    heads: list[re.Match[str]] = []
    for match in _SECTION.finditer(text):
        if int(match.group(1)) == len(heads) + 1:
            heads.append(match)
    return heads


def _section(pinpoint: str, section: Mapped) -> Iterator[Found]:
    heading, start = _heading(section.text)
    rest = section.cut(start, len(section.text))
    marks = [_mark(match) for match in _MARK.finditer(rest.text)]
    counted = not marks
    marks = marks or _bullets(rest.text)
    for part in split_parts(rest.text, marks, 0, len(rest.text)):
        yield Found(
            pinpoint + _path(part), heading, flowed(rest.cut(part.start, part.end)),
            counted=counted and bool(part.path),
        )  # fmt: skip


def _mark(match: re.Match[str]) -> Mark:
    """A mark; the colon before an inline one stays with the words that lead in."""
    start = match.start() if match["inline"] is None else match.end("inline")
    return Mark(start, match.end(), match[2] or match[3], "(", match["inline"] is not None)


def _path(part: Part) -> str:
    return "".join(f"({mark.label})" for mark in part.path)


def _bullets(text: str) -> list[Mark]:
    """Bullets under a lead-in that ends in a colon, lettered as the printed order letters them."""
    bullets = list(_BULLET.finditer(text))
    if not bullets or not text[: bullets[0].start()].rstrip().endswith(":"):
        return []
    return [
        Mark(match.start(), match.end(), as_letters(number), "(")
        for number, match in enumerate(bullets, 1)
    ]


def _heading(text: str) -> tuple[str, int]:
    """The heading after "Sec. 2." and where the words after it begin; "" when there is none."""
    body = text.lstrip()
    lead = len(text) - len(body)
    paragraph = re.split(r"\n[ \t]*\n", body, maxsplit=1)[0]
    end = _HEADING_END.search(paragraph + "\n")
    if end is None and len(paragraph) < len(body.rstrip()):
        heading, length = paragraph, len(paragraph)
    elif end is not None:
        heading, length = paragraph[: end.start()], end.end()
    else:
        return "", 0
    heading = " ".join(heading.split())
    return (heading, lead + length) if _is_heading(heading) else ("", 0)


def _is_heading(words: str) -> bool:
    longer = [word for word in re.findall(r"[^\W\d_]\w+", words) if len(word) > 3]
    titled = sum(word[0].isupper() for word in longer)
    short = 0 < len(words) <= _LONGEST_HEADING and not words.startswith("(")
    return short and titled >= _TITLED * len(longer)
