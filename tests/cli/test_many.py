"""Folders, packets and versions from the command line, as people type them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import environment

Run = Callable[..., subprocess.CompletedProcess[str]]
BAN = "300 USE OF FORCE\n\nChoke holds are prohibited except when deadly force is authorized by law.\n"
WIDE = BAN.replace("deadly force is authorized by law", "the chief allows them")


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A folder with two policies."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "old.txt").write_text(BAN)
    (folder / "new.txt").write_text(WIDE)
    return folder


@pytest.fixture
def call(tmp_path: Path, policies: Path) -> Run:
    """`call("review", ...)` beside the policies; no index is there, and none is needed."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            capture_output=True, text=True, cwd=tmp_path, timeout=120, check=False,
            env=environment(tmp_path / "no home"),
        )  # fmt: skip

    return run


def test_a_folder_becomes_a_report(call: Run, tmp_path: Path) -> None:
    done = call("review", "policies", "--out", "report", "--engine", "one", "--state", "KS")
    assert done.returncode == 0, done.stderr
    assert "2 manuals reviewed" in done.stdout
    assert {path.name for path in (tmp_path / "report").glob("[!.]*")} == {
        "index.html", "reviews.xlsx", "reviews.jsonl", "oscal-assessment-results.json",
        "journal.jsonl", "manuals", "agencies",
    }  # fmt: skip


def test_a_file_that_cannot_be_read_is_the_exit_status(run_here: Run, policies: Path) -> None:
    (policies / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = run_here("review", "policies", "--out", "report", "--engine", "one")
    assert done.returncode == 1
    assert "1 files could not be read" in done.stdout


def test_a_folder_that_cannot_be_listed_is_told_and_is_the_exit_status(
    run_here: Run, policies: Path, tmp_path: Path
) -> None:
    deep = os.open(policies, os.O_RDONLY)
    for _ in range(20):  # together longer than any path may be
        os.mkdir("d" * 250, dir_fd=deep)
        above, deep = deep, os.open("d" * 250, os.O_RDONLY, dir_fd=deep)
        os.close(above)
    os.close(deep)
    try:
        done = run_here("review", "policies", "--out", "report", "--engine", "one")
    finally:
        shutil.rmtree(policies)
    assert done.returncode == 1
    assert "could not be listed" in done.stderr
    assert "could not be listed" in (tmp_path / "report" / "index.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--out", "report"), "Name the folders or files"),
        (("policies", "--out", "report", "--json"), "leave -, --json and --jsonl out"),
        (("-", "--out", "report"), "leave -, --json and --jsonl out"),
        (("policies", "--out", "report", "--html", "page.html"), "are for one text"),
        (("absent", "--out", "report"), "no file or folder absent"),
        (("policies", "--out", "policies/old.txt"), "is a file"),
        (("policies", "--out", "policies"), "holds other files"),
        (("policies", "--out", "report", "--workers", "0"), "at least 1"),
        (("policies", "--out", "report", "--as-of", "soon"), "soon"),
        (("policies", "--out", "report", "--state", "ZZ"), "ZZ"),
        (("policies/old.txt", "policies/new.txt"), "add --out REPORT"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run_here: Run, policies: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run_here("review", *arguments, "--engine", "one")
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_a_packet_stands_beside_its_policy(call: Run, tmp_path: Path) -> None:
    done = call("packet", "policies/old.txt", "--state", "KS")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "policies" / "old-packet.docx").read_bytes().startswith(b"PK")
    assert (tmp_path / "policies" / "old-packet.pdf").read_bytes().startswith(b"%PDF")
    assert call("packet", "policies/none.txt").returncode == 2


def test_two_versions_are_compared(call: Run) -> None:
    done = call("diff", "policies/old.txt", "policies/new.txt")
    assert done.returncode == 0, done.stderr
    assert "This change alone is enough" in done.stdout
    assert "the chief allows them" in done.stdout
    record = json.loads(call("diff", "policies/old.txt", "policies/new.txt", "--json").stdout)
    assert record["changes"][0]["standard"] == "chokeholds"
    assert call("diff", "policies/old.txt", "absent").returncode == 2
