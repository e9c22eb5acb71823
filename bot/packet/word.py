"""A packet as a Word document."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from bot.packet.parts import Blank, Grid, Items, Part, Text

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEADS = {"title": 0, "head": 1, "subhead": 2}
BOX = "\u2610 "


def packet_docx(parts: tuple[Part, ...], day: str) -> bytes:
    """The bytes of the document; the same parts and day give the same words in it."""
    from docx import Document

    document = Document()
    document.core_properties.author = "safepolicing"
    document.core_properties.created = datetime.fromisoformat(day)
    for part in parts:
        _add(document, part)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document: Any, part: Part) -> None:
    if isinstance(part, Text):
        _add_text(document, part)
    elif isinstance(part, Items):
        for line in part.lines:
            style = None if part.boxes else "List Bullet"
            document.add_paragraph((BOX if part.boxes else "") + _clean(line), style=style)
    elif isinstance(part, Blank):
        document.add_paragraph(f"{_clean(part.label)}: {'_' * 50}")
    else:
        _add_grid(document, part)


def _add_text(document: Any, part: Text) -> None:
    from docx.shared import Pt

    words = _clean(part.words)
    if part.style in _HEADS:
        document.add_heading(words, _HEADS[part.style])
        return
    paragraph = document.add_paragraph(style="Intense Quote" if part.style == "quote" else None)
    run = paragraph.add_run(words)
    run.bold = part.style == "strong" or None
    if part.style == "small":
        run.font.size = Pt(9)


def _add_grid(document: Any, part: Grid) -> None:
    table = document.add_table(rows=0, cols=len(part.heads), style="Table Grid")
    for number, row in enumerate((part.heads, *part.rows)):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(_clean(words)).bold = number == 0 or None


def _clean(words: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", words)
