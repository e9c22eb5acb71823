"""The report as an Excel workbook: manuals, findings and, under a state's law, its notes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.batch.index_page import parts_text, problems_text
from bot.batch.journal import Journal
from bot.batch.rows import Row
from bot.batch.wording import load_batch_wording
from knowledge.reviewing.standards import load_standards
from knowledge.types import Role, Verdict

CELL = 32_000  # characters; Excel takes a few more
CELL_SPANS = 12  # stretches of deciding words in a cell; the JSON lines hold them all
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same input makes the same file
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FINDINGS = (
    "Agency", "File", "Standard", "Mandatory", "Verdict", "Reason", "Deciding words", "Page",
    "Missing",
)  # fmt: skip

_NOTES = ("Agency", "File", "State", "Kind", "Note", "Deciding words", "Page", "Law")


def write_workbook(path: Path, rows: Sequence[Row], journal: Journal) -> None:
    """The workbook stands at `path`. Every cell is text or a number, never a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    day = datetime.fromisoformat(journal.terms.as_of)
    book.properties.created = day
    book.properties.creator = "safepolicing"
    _fill(book, "Manuals", _manual_lines(rows), widths=(32, 40))
    _fill(book, "Findings", _finding_lines(rows, journal), widths=(32, 40, 28, 12, 24, 60, 60))
    if journal.terms.state:
        _fill(book, "State notes", _note_lines(rows, journal), widths=(32, 40, 8, 28, 80, 60))
    partial = path.with_suffix(".partial")
    book.save(partial)
    _without_times(partial, path, day)
    partial.unlink()


def _fill(book: Any, title: str, lines: Iterator[list[Any]], *, widths: Sequence[int]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for place, line in enumerate(lines):
        cells = []
        for value in line:
            cell = WriteOnlyCell(sheet, _cell(value))
            if isinstance(value, str):
                cell.data_type = "s"  # a text that begins with = stays a text
            if place == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)


def _cell(value: Any) -> Any:
    return _UNPRINTABLE.sub("\ufffd", value)[:CELL] if isinstance(value, str) else value


def _manual_lines(rows: Sequence[Row]) -> Iterator[list[Any]]:
    batch = load_batch_wording()
    standards = load_standards()
    yield [
        batch.say("agency"), batch.say("file"), *(standard.title for standard in standards),
        batch.say("principles"), batch.say("pages"), batch.say("parts"), batch.say("problems"),
    ]  # fmt: skip
    for row in rows:
        told = [batch.verdict[v] if (v := row.verdicts.get(s.id)) else "" for s in standards]
        yield [
            row.manual.agency, row.manual.name, *told,
            row.principles[0] if row.verdicts else None, row.pages,
            parts_text(row, batch), problems_text(row, batch),
        ]  # fmt: skip


def _reviewed(rows: Sequence[Row], journal: Journal) -> Iterator[tuple[Row, dict[str, Any]]]:
    for row in rows:
        if row.verdicts and not row.same_as:
            yield row, journal.judged(row.key).review or {}


def _note_lines(rows: Sequence[Row], journal: Journal) -> Iterator[list[Any]]:
    yield list(_NOTES)
    for row, review in _reviewed(rows, journal):
        for note in review["state_notes"]:
            yield [
                row.manual.agency, row.manual.name, note["state"], note["kind"], note["text"],
                " \u2026 ".join(span["text"] for span in note["evidence"]),
                note["evidence"][0]["page"], note["citations"][0]["pinpoint"],
            ]  # fmt: skip


def _finding_lines(rows: Sequence[Row], journal: Journal) -> Iterator[list[Any]]:
    batch = load_batch_wording()
    yield list(_FINDINGS)
    for row, review in _reviewed(rows, journal):
        for finding in review["findings"]:
            first: dict[str, Any] = next(iter(finding["evidence"]), {})
            yield [
                row.manual.agency, row.manual.name, finding["title"],
                "yes" if finding["mandatory"] else "no",
                batch.verdict[Verdict(finding["verdict"])], finding["reason"],
                _words(finding["evidence"]),
                first.get("page"), "; ".join(finding["missing"]),
            ]  # fmt: skip


def _words(evidence: Sequence[Mapping[str, Any]]) -> str:
    """The deciding words for one cell: what contradicts before what only repeats."""
    told = sorted(evidence, key=lambda span: span["role"] != Role.CONFLICT)[:CELL_SPANS]
    return " \u2026 ".join(span["text"] for span in sorted(told, key=lambda span: span["start"]))


def _without_times(source: Path, target: Path, day: datetime) -> None:
    """The same archive, every entry at one and the same time, and saved on `day`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            saved = rb"\g<1>" + day.isoformat().encode() + b"Z"
            new.writestr(info, _SAVED.sub(saved, old.read(entry)))
