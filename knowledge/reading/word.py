"""Word (.docx) by python-docx: paragraphs and tables in their order, with their numbers.

The number before a paragraph is often not in its text but made by Word when it is shown.
Pinpoints come from these numbers, so they are worked out here as Word would.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.errors import InputError
from knowledge.reading.document import Document
from knowledge.reading.numbers import as_letters, as_roman


@dataclass(frozen=True, slots=True)
class _Level:
    """How Word numbers one level of a list: `%1.%2` with a style for each."""

    start: int
    style: str
    pattern: str


@dataclass(slots=True)
class _Counters:
    """Where each list of the document stands; grows while its paragraphs are walked."""

    at: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))


def read_docx(data: bytes, name: str) -> Document:
    """Paragraphs, list numbers and table rows, one a line, in the order of the page.

    Raises: `InputError` when the file is damaged.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, LxmlError) as error:
        raise InputError(f"{name} is damaged; save it again and give the new file.") from error
    return Document(name, "\n".join(lines) + "\n")


def _lines(document: Any) -> Iterator[str]:
    from docx.table import Table

    levels = _numbering(document)
    counters = _Counters()
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                yield " | ".join(cell for cell in cells if cell)
        else:
            yield _numbered(block, levels, counters)
        yield ""


def _numbered(paragraph: Any, levels: Mapping[tuple[str, int], _Level], at: _Counters) -> str:
    text: str = paragraph.text
    place = _place(paragraph)
    if place is None or place not in levels or not text.strip():
        return text
    number = _next_number(place, levels, at)
    return f"{number} {text}" if number else text


def _place(paragraph: Any) -> tuple[str, int] | None:
    """The list and the level of a paragraph, its own or its style's."""
    styles = [paragraph.style] if paragraph.style is not None else []
    while styles and styles[-1].base_style is not None:
        styles.append(styles[-1].base_style)
    for element in [paragraph._p, *(style.element for style in styles)]:
        properties = element.pPr
        numbering = properties.numPr if properties is not None else None
        if numbering is not None and numbering.numId is not None:
            level = numbering.ilvl.val if numbering.ilvl is not None else 0
            return (str(numbering.numId.val), level) if numbering.numId.val else None
    return None


def _next_number(
    place: tuple[str, int], levels: Mapping[tuple[str, int], _Level], counters: _Counters
) -> str:
    number, depth = place
    for deeper in [key for key in counters.at if key[0] == number and key[1] > depth]:
        del counters.at[deeper]
    counters.at[place] += 1
    shown = levels[place].pattern
    for above in range(depth + 1):
        level = levels.get((number, above))
        if level is not None:
            value = level.start + max(counters.at[number, above], 1) - 1
            shown = shown.replace(f"%{above + 1}", _styled(value, level.style))
    return shown


def _styled(value: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        letters = as_letters(value)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        roman = as_roman(value)
        return roman.upper() if style == "upperRoman" else roman
    return str(value)


def _numbering(document: Any) -> dict[tuple[str, int], _Level]:
    """Every numbered level by (list, depth); bullets are not numbers and are left out."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    try:
        root = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        return {}
    abstract = {
        entry.get(qn("w:abstractNumId")): _levels(entry)
        for entry in root.findall(qn("w:abstractNum"))
    }
    found = {}
    for entry in root.findall(qn("w:num")):
        base = entry.find(qn("w:abstractNumId"))
        for depth, level in abstract.get(base.get(qn("w:val")), {}).items():
            found[entry.get(qn("w:numId")), depth] = level
    return found


def _levels(entry: Any) -> dict[int, _Level]:
    from docx.oxml.ns import qn

    def value(level: Any, name: str, default: str) -> str:
        node = level.find(qn(name))
        return default if node is None else str(node.get(qn("w:val")))

    return {
        int(level.get(qn("w:ilvl"))): _Level(
            int(value(level, "w:start", "1")),
            value(level, "w:numFmt", "decimal"),
            value(level, "w:lvlText", "%1."),
        )
        for level in entry.findall(qn("w:lvl"))
        if value(level, "w:numFmt", "decimal") not in ("bullet", "none")
    }
