"""kill -9 in the middle of a run: what is made afterwards is what would have been made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from evals.manuals import generate, write
from tests.bot.batch.runs import review, tree

ROOT = Path(__file__).parents[3]
DAY = "2026-11-24"


def test_a_killed_run_is_gone_on_with_and_its_report_is_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "manuals"
    folder.mkdir()
    for manual in generate(16, fewest=10, most=20, seed=9):
        write(manual, folder)
    report = tmp_path / "killed"
    command = [sys.executable, "-m", "bot", "review", str(folder), "--out", str(report)]
    command += ["--as-of", DAY, "--engine", "cores", "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "SAFEPOLICING_HOME": str(tmp_path)}
    process = subprocess.Popen(
        command, env=environment, cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True
    )
    kept = _wait_for_lines(report / "journal.jsonl", 4, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert 4 <= kept < 16
    assert not (report / "index.html").exists()

    resumed = subprocess.run(command, env=environment, cwd=tmp_path, timeout=180, check=True,
                             capture_output=True, text=True)  # fmt: skip
    assert "16 manuals reviewed" in resumed.stdout
    review(folder, tmp_path / "whole")
    assert tree(report) == tree(tmp_path / "whole")


def _wait_for_lines(journal: Path, count: int, process: subprocess.Popen[bytes]) -> int:
    """How many manuals are in the journal, as soon as there are `count`."""
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        lines = journal.read_bytes().count(b"\n") - 1 if journal.exists() else 0
        if lines >= count:
            return lines
        time.sleep(0.02)
    raise AssertionError("the run ended before it could be killed")
