"""What the tests of the review of many manuals share: runs, their reports, and odd files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.batch import Done, Order, Terms, review_manuals
from knowledge.release import knowledge_release
from knowledge.workers import Workers, open_workers

BAN = "Choke holds are prohibited except when deadly force is authorized by law.\n"
DAY = "2026-11-24"


def order(place: Path, report: Path, *, day: str = DAY, given: bool = True) -> Order:
    return Order((place,), report, Terms(knowledge_release(), day, None), day_given=given)


def review(place: Path, report: Path, workers: Workers | None = None) -> Done:
    return review_manuals(order(place, report), workers or open_workers("one"), lambda *_: None)


def lines(report: Path) -> list[dict[str, Any]]:
    text = (report / "reviews.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def by_name(report: Path) -> dict[str, dict[str, Any]]:
    return {line["file"]: line for line in lines(report)}


def tree(report: Path) -> dict[str, bytes]:
    """Every file of the report; the journal's order of lines is its own matter."""
    return {
        path.relative_to(report).as_posix(): path.read_bytes()
        for path in sorted(report.rglob("*"))
        if path.is_file() and path.name not in (".lock", "journal.jsonl")
    }


class Counted:
    """Works here, and counts what it did."""

    def __init__(self) -> None:
        self.count = 0

    def each(self, work: Any, items: Any) -> Iterator[Any]:
        for item in items:
            outcome = work(item)
            self.count += 1
            yield outcome


def quiet(_done: int, _all: int) -> None:
    return


def blank_pdf(pages: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked_pdf() -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(612, 792)
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
