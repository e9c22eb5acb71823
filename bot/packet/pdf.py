"""A packet as a PDF, with its fonts inside and page numbers below."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import Any

from bot.packet.parts import Blank, Grid, Items, Part, Text, say

_SIZES = {
    "title": 18, "head": 14, "subhead": 11.5, "text": 10, "strong": 10, "small": 8.5, "quote": 10,
}  # fmt: skip
ROOM = 144  # points left on a page at least for a heading and the table below it to begin there
_BOLD = frozenset({"title", "head", "subhead", "strong"})


def packet_pdf(parts: tuple[Part, ...]) -> bytes:
    """The bytes of the document; the same parts give the same bytes."""
    from reportlab.lib.pagesizes import LETTER
    from reportlab.platypus import SimpleDocTemplate

    shown = _printable()
    flow = [
        flowable
        for part, after in zip_longest(parts, parts[1:])
        for flowable in _followed(part, after, shown)
    ]
    if any(shown.lost(words) for part in parts for words in _all_words(part)):
        flow += _text(Text("small", say("glyphs")), shown)
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=LETTER, invariant=1, title=say("title"), author="safepolicing",
        leftMargin=56, rightMargin=56, topMargin=56, bottomMargin=56,
    )  # fmt: skip
    document.build(flow, onFirstPage=_number, onLaterPages=_number)
    return buffer.getvalue()


class _Printable:
    """Words as this font can show them."""

    def __init__(self, has: Callable[[str], bool]) -> None:
        self._has = has

    def __call__(self, words: str) -> str:
        return escape("".join(self._shown(char) for char in words))

    def lost(self, words: str) -> bool:
        """Some character of `words` cannot be shown."""
        return any(self._shown(char) == "?" and char != "?" for char in words)

    def _shown(self, char: str) -> str:
        if char in "\n\t" or self._has(char):
            return char
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain and all(map(self._has, plain)) else "?"


@lru_cache(maxsize=1)
def _printable() -> _Printable:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    regular = TTFont("Vera", "Vera.ttf")
    pdfmetrics.registerFont(regular)
    pdfmetrics.registerFont(TTFont("VeraBd", "VeraBd.ttf"))
    known = regular.face.charToGlyph
    return _Printable(lambda char: ord(char) in known)


def _flowables(part: Part, shown: _Printable) -> list[Any]:
    if isinstance(part, Text):
        return _text(part, shown)
    if isinstance(part, Items):
        mark = "[  ]" if part.boxes else "\u2022"
        return [_paragraph(shown(line), "text", bullet=mark) for line in part.lines]
    if isinstance(part, Blank):
        return [_paragraph(f"{shown(part.label)}: {'_' * 48}", "text", space=14)]
    return _grid(part, shown)


def _followed(part: Part, after: Part | None, shown: _Printable) -> list[Any]:
    """A part on one page with the quote, or with the first rows of the table, that comes after it.

    Kept with a whole table, a heading would leave the rest of its page empty.
    """
    from reportlab.platypus import CondPageBreak

    made = _flowables(part, shown)
    if isinstance(after, Grid):
        made[-1].keepWithNext = False
        return [CondPageBreak(ROOM), *made]
    if isinstance(after, Text) and after.style == "quote":
        made[-1].keepWithNext = True
    return made


def _text(part: Text, shown: _Printable) -> list[Any]:
    return [_paragraph(shown(part.words), part.style)]


def _paragraph(markup: str, style: str, *, bullet: str = "", space: float = 4) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    size = _SIZES[style]
    look = ParagraphStyle(
        style,
        fontName="VeraBd" if style in _BOLD else "Vera",
        fontSize=size,
        leading=size * 1.35,
        spaceBefore=12 if style in ("head", "subhead") else 2,
        spaceAfter=space,
        leftIndent=24 if bullet or style == "quote" else 0,
        bulletIndent=4,
        bulletFontName="Vera",
        borderPadding=4 if style == "quote" else 0,
        backColor=HexColor("#f1f1ee") if style == "quote" else None,
        textColor=HexColor("#444444") if style == "small" else HexColor("#111111"),
        keepWithNext=style in ("head", "subhead", "strong"),
        splitLongWords=1,
    )
    return Paragraph(markup, look, bulletText=bullet or None)


def _grid(part: Grid, shown: _Printable) -> list[Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table

    cells = [[_paragraph(shown(head), "strong") for head in part.heads]]
    cells += [[_paragraph(shown(words), "small") for words in row] for row in part.rows]
    table = Table(cells, repeatRows=1, colWidths=[150, 80, 110, 160])
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#aaaaaa")),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#eeeeea")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return [table]


def _all_words(part: Part) -> tuple[str, ...]:
    if isinstance(part, Text):
        return (part.words,)
    if isinstance(part, Items):
        return part.lines
    if isinstance(part, Blank):
        return (part.label,)
    return tuple(words for row in part.rows for words in row)


def _number(canvas: Any, document: Any) -> None:
    canvas.setFont("Vera", 8)
    canvas.drawRightString(556, 34, say("page_number", page=document.page))
