"""A report under a state's law holds its notes, on the pages and in the workbook."""

from __future__ import annotations

from pathlib import Path

from bot.batch import Order, Terms, review_manuals
from knowledge.release import knowledge_release
from knowledge.workers import open_workers
from tests.bot.batch.runs import BAN, DAY


def reported(folder: Path, state: str | None) -> Path:
    place, report = folder / "manuals", folder / f"report-{state}"
    place.mkdir(exist_ok=True)
    (place / "force.txt").write_text(BAN, encoding="utf-8")
    order = Order((place,), report, Terms(knowledge_release(), DAY, state), day_given=True)
    review_manuals(order, open_workers("one"), lambda *_: None)
    return report


def test_the_workbook_has_a_sheet_of_state_notes(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(reported(tmp_path, "CO") / "reviews.xlsx")
    lines = list(book["State notes"].iter_rows(values_only=True))
    assert [line[3] for line in lines[1:]] == ["exception-kept", "blood-flow-not-named"]
    assert lines[1][2] == "CO"
    assert lines[1][7] == "C.R.S. 18-1-707(2.5)"
    assert "except when deadly force is authorized by law" in lines[1][5]


def test_without_a_state_there_is_no_such_sheet(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert "State notes" not in load_workbook(reported(tmp_path, None) / "reviews.xlsx").sheetnames


def test_the_page_of_a_manual_shows_the_notes(tmp_path: Path) -> None:
    report = reported(tmp_path, "CO")
    pages = [page.read_text(encoding="utf-8") for page in report.rglob("*.html")]
    assert any("states no such exception" in page for page in pages)
