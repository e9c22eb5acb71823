"""Write the report: a table for people, a workbook, the records in lines, and OSCAL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.batch.index_page import AGENCIES, agency_file, agency_page, index_page
from bot.batch.journal import Journal
from bot.batch.oscal import write_oscal
from bot.batch.rows import Row
from bot.batch.workbook import write_workbook

LINES = "reviews.jsonl"
WORKBOOK = "reviews.xlsx"
OSCAL = "oscal-assessment-results.json"
INDEX = "index.html"


def write_report(
    folder: Path, rows: Sequence[Row], journal: Journal, unlisted: Sequence[str]
) -> Path:
    """The whole report stands in `folder`; the path of its first page.

    The same manuals on the same terms give the same bytes, whatever happened on the way.
    """
    _write_agencies(folder, rows)
    write_lines(folder / LINES, (line_record(row, journal) for row in rows))
    write_workbook(folder / WORKBOOK, rows, journal)
    write_oscal(folder / OSCAL, rows, journal)
    index = folder / INDEX
    _write(index, index_page(rows, journal.terms, unlisted))
    return index


def line_record(row: Row, journal: Journal) -> dict[str, Any]:
    """One manual as a record: where it came from, and its Review as `review --json` prints it."""
    judged = journal.judged(row.key) if row.verdicts else None
    return {
        "file": row.manual.name,
        "agency": row.manual.agency,
        "content": row.key or None,
        "same_as": row.same_as or None,
        "pages": row.pages,
        "force_parts": list(row.parts),
        "problems": list(row.problems),
        "error": {"kind": "bad_input", "message": row.trouble} if row.trouble else None,
        "review": judged.review if judged else None,
    }


def write_lines(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_agencies(folder: Path, rows: Sequence[Row]) -> None:
    """A page for every agency with several manuals, and no page of an earlier run."""
    pages = folder / AGENCIES
    pages.mkdir(exist_ok=True)
    for old in pages.glob("*.html"):
        old.unlink()
    of: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of[row.manual.agency].append(row)
    for agency, theirs in of.items():
        if len(theirs) > 1:
            _write(pages / agency_file(agency), agency_page(agency, theirs))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
