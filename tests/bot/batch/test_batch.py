"""Many manuals into one report: what is told of each, and that nothing stops the run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.batch import Order, Terms, review_manuals
from bot.batch.judge import Task, judge
from evals.manuals import generate, write
from knowledge.errors import InputError, SettingsError
from knowledge.records import schema
from knowledge.workers import Lost, open_workers
from tests.bot.batch.runs import (
    BAN,
    DAY,
    Counted,
    blank_pdf,
    by_name,
    lines,
    locked_pdf,
    order,
    quiet,
    review,
    tree,
)


@pytest.fixture
def manuals(tmp_path: Path) -> Path:
    """Twelve generated manuals of 5 to 20 pages in every format."""
    folder = tmp_path / "manuals"
    folder.mkdir()
    for manual in generate(12, fewest=5, most=20, seed=3):
        write(manual, folder)
    return folder


def test_the_verdicts_are_those_that_the_manuals_were_made_for(
    manuals: Path, tmp_path: Path
) -> None:
    done = review(manuals, tmp_path / "report")
    assert (done.reviewed, done.problems) == (12, 0)
    found = by_name(tmp_path / "report")
    for manual in generate(12, fewest=5, most=20, seed=3):
        told = {f["standard"]: f["verdict"] for f in found[manual.name]["review"]["findings"]}
        assert {name: told[name] for name in manual.expect} == manual.expect, manual.name


def test_evidence_and_force_parts_have_the_page_that_they_stand_on(tmp_path: Path) -> None:
    manual = next(
        m for m in generate(40, fewest=8, most=20, seed=3) if m.name.endswith(".pdf")
        and m.expect["chokeholds"] == "meets"
    )  # fmt: skip
    folder = tmp_path / "manuals"
    folder.mkdir()
    write(manual, folder)
    review(folder, tmp_path / "report")
    (line,) = lines(tmp_path / "report")
    (part,) = line["force_parts"]
    span = line["review"]["findings"][0]["evidence"][0]
    page = " ".join(manual.pages[span["page"] - 1])
    assert " ".join(span["text"].split()) in page
    assert part["first_page"] <= span["page"] <= part["last_page"]
    assert part["heading"] == "300 USE OF FORCE"
    assert line["pages"] == len(manual.pages)


def test_every_line_holds_a_review_record(manuals: Path, tmp_path: Path) -> None:
    import jsonschema

    review(manuals, tmp_path / "report")
    for line in lines(tmp_path / "report"):
        jsonschema.validate(line["review"], schema("review"))


def test_a_bad_file_is_told_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    (folder / "a good one.txt").write_text(BAN)
    (folder / "b empty.txt").write_text("")
    (folder / "c binary.dat").write_bytes(b"\x00\x01\x02" * 100)
    (folder / "d damaged.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    (folder / "e picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "f locked.pdf").write_bytes(locked_pdf())
    (folder / "g scan.pdf").write_bytes(blank_pdf(3))
    (folder / "h good too.txt").write_text(BAN + "Officers shall intervene.\n")
    done = review(folder, tmp_path / "report")
    assert (done.reviewed, done.problems) == (2, 6)
    told = {name: line["error"] for name, line in by_name(tmp_path / "report").items()}
    assert told["a good one.txt"] is None
    assert "is empty" in told["b empty.txt"]["message"]
    assert "locked by a password" in told["f locked.pdf"]["message"]
    assert "scan" in told["g scan.pdf"]["message"]
    assert all(error["message"].startswith("This file") for error in told.values() if error)
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "locked by a password" in page


def test_scanned_pages_among_others_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    from pypdf import PdfReader, PdfWriter

    manual = next(m for m in generate(40, fewest=5, most=6, seed=3) if m.name.endswith(".pdf"))
    writer = PdfWriter(clone_from=PdfReader(write(manual, folder)))
    writer.add_blank_page(612, 792)
    writer.write(folder / manual.name)
    review(folder, tmp_path / "report")
    (line,) = lines(tmp_path / "report")
    assert f"page {len(manual.pages) + 1} holds no text" in line["problems"][0]
    assert line["review"] is not None


def test_identical_files_are_judged_once_and_both_told(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    (folder / "Springfield").mkdir(parents=True)
    for name in ("Adams.txt", "Baker.txt", "Springfield/force.txt"):
        (folder / name).write_text(BAN)
    judged = Counted()
    done = review(folder, tmp_path / "report", judged)
    assert (done.reviewed, done.copies, judged.count) == (1, 2, 1)
    found = by_name(tmp_path / "report")
    assert found["Baker.txt"]["same_as"] == "Adams.txt"
    assert found["Baker.txt"]["review"] == found["Adams.txt"]["review"]
    assert found["Springfield/force.txt"]["agency"] == "Springfield"


def test_a_file_that_vanishes_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    (folder / "a.txt").write_text(BAN)
    (folder / "b.txt").write_text(BAN + "More.")
    (folder / "c.txt").write_text(BAN + "Even more.")

    class Removing(Counted):
        def each(self, work: Any, items: Any) -> Iterator[Any]:
            for outcome in super().each(work, items):
                (folder / "c.txt").unlink(missing_ok=True)
                yield outcome

    done = review(folder, tmp_path / "report", Removing())
    assert (done.reviewed, done.problems) == (2, 1)
    assert "not there any more" in by_name(tmp_path / "report")["c.txt"]["error"]["message"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    (folder / "a.txt").write_text(BAN)
    (folder / "a.txt").chmod(0)
    assert review(folder, tmp_path / "report").problems == 1


def test_a_file_that_kills_its_worker_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    (folder / "a.txt").write_text(BAN)
    (folder / "b.txt").write_text(BAN + "More.")

    class Losing(Counted):
        def each(self, work: Any, items: Any) -> Iterator[Any]:
            for number, item in enumerate(items):
                yield Lost("died") if number == 0 else work(item)

    done = review(folder, tmp_path / "report", Losing())
    assert (done.reviewed, done.problems) == (1, 1)
    assert "ended the process" in by_name(tmp_path / "report")["a.txt"]["error"]["message"]
    again = review(folder, tmp_path / "report")
    assert (again.reviewed, again.problems) == (2, 0)


def test_a_second_run_judges_only_what_is_new(manuals: Path, tmp_path: Path) -> None:
    review(manuals, tmp_path / "report")
    first = tree(tmp_path / "report")
    judged = Counted()
    review(manuals, tmp_path / "report", judged)
    assert judged.count == 0
    assert tree(tmp_path / "report") == first
    (manuals / "new.txt").write_text(BAN)
    review(manuals, tmp_path / "report", judged)
    assert judged.count == 1


def test_all_engines_write_the_same_report(manuals: Path, tmp_path: Path) -> None:
    review(manuals, tmp_path / "one")
    review(manuals, tmp_path / "cores", open_workers("cores", count=2))
    assert tree(tmp_path / "one") == tree(tmp_path / "cores")


def test_a_run_that_was_cut_off_goes_on_with_its_day(tmp_path: Path) -> None:
    folder, report = tmp_path / "manuals", tmp_path / "report"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(BAN * (number + 1))

    class Stopping(Counted):
        def each(self, work: Any, items: Any) -> Iterator[Any]:
            for outcome in super().each(work, items):
                yield outcome
                if self.count == 2:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        review_manuals(order(folder, report, day="2026-11-23", given=False), Stopping(), quiet)
    with (report / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"key": "cut o')  # as kill -9 leaves it
    judged = Counted()
    review_manuals(order(folder, report, day=DAY, given=False), judged, quiet)
    assert judged.count == 2  # the other two were kept
    assert {line["review"]["as_of"] for line in lines(report)} == {"2026-11-23"}
    review_manuals(order(folder, report, day=DAY, given=False), judged, quiet)
    assert {line["review"]["as_of"] for line in lines(report)} == {DAY}


def test_other_terms_make_the_report_anew(manuals: Path, tmp_path: Path) -> None:
    review(manuals, tmp_path / "report")
    judged = Counted()
    review_manuals(order(manuals, tmp_path / "report", day="2021-03-01"), judged, quiet)
    assert judged.count == 12


def test_a_worker_of_another_release_is_refused() -> None:
    assert judge(Task(b"text", ".txt", DAY, None, "another")).error == "other_release"


def test_a_report_is_not_written_among_other_files(manuals: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.docx").write_bytes(b"mine")
    with pytest.raises(InputError, match="holds other files"):
        review(manuals, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").glob("[!.]*")] == ["letter.docx"]


def test_two_runs_do_not_write_one_report(manuals: Path, tmp_path: Path) -> None:
    from filelock import FileLock

    report = tmp_path / "report"
    report.mkdir()
    with FileLock(report / ".lock"), pytest.raises(InputError, match="Another run"):
        review(manuals, report)


def test_nothing_to_review_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no file to review"):
        review(tmp_path / "empty", tmp_path / "report")
    with pytest.raises(InputError, match="no file or folder"):
        review(tmp_path / "absent", tmp_path / "report")


def test_the_report_in_the_folder_itself_is_not_reviewed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAN)
    review(tmp_path, tmp_path / "report")
    assert review(tmp_path, tmp_path / "report").reviewed == 1


def test_a_manual_without_force_words_is_flagged(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    (folder / "leave.txt").write_text("Leave is asked for ten days ahead. " * 200)
    review(folder, tmp_path / "report")
    assert "No use-of-force part" in lines(tmp_path / "report")[0]["problems"][0]


def test_a_release_that_differs_on_a_node_ends_the_run(manuals: Path, tmp_path: Path) -> None:
    terms = Terms("another", date.today().isoformat(), None)
    with pytest.raises(SettingsError, match="same version"):
        review_manuals(Order((manuals,), tmp_path / "r", terms), open_workers("one"), quiet)
