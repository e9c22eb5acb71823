"""kill -9 in the middle of a run: what is made afterwards is what would have been made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.manuals import main as make_manuals
from evals.scale import ENGINES, cut_off, differing, read_manuals, review, wrong_verdicts
from knowledge.errors import AdvisorError, InputError
from tests.bot.batch.runs import review as review_here

DAY = "2026-11-24"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAFEPOLICING_HOME", str(tmp_path / "home"))
    made = tmp_path / "manuals"
    make_manuals(["--out", str(made), "--count", "16", "--pages", "5", "10", "--seed", "9"])
    return made


def test_a_killed_run_is_gone_on_with_and_its_report_is_the_same(
    tmp_path: Path, folder: Path
) -> None:
    report, options = tmp_path / "killed", (*ENGINES["cores"], "--as-of", DAY)
    kept = cut_off(folder, report, options, after=4)
    assert 4 <= kept < 16
    assert not (report / "index.html").exists()

    review(folder, report, options)
    review_here(folder, tmp_path / "whole")
    assert differing(tmp_path / "whole", report) == []
    assert wrong_verdicts(report, read_manuals(folder)) == []


def test_what_the_measurement_calls_wrong(tmp_path: Path, folder: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    review_here(folder, first)
    review_here(folder, second)
    said = (second / "reviews.jsonl").read_text(encoding="utf-8").splitlines()
    changed = json.loads(said[0])
    del changed["review"]["findings"][0]
    (second / "reviews.jsonl").write_text(
        "\n".join([json.dumps(changed), *said[1:]]), encoding="utf-8"
    )
    (second / "index.html").unlink()

    assert differing(first, second) == ["index.html", "reviews.jsonl"]
    [wrong] = wrong_verdicts(second, read_manuals(folder))
    assert changed["file"] in wrong


def test_a_run_that_ends_before_it_is_killed_is_told(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(AdvisorError, match="before it could be killed"):
        cut_off(folder, tmp_path / "report", (*ENGINES["one"], "--as-of", "never"), after=1)


def test_a_folder_of_other_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"evals\.manuals"):
        read_manuals(tmp_path)
