"""Runs the command line: in a process of its own, as people do, or here where it ends early."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(home: Path) -> dict[str, str]:
    """Only what a person has: no token, no proxy, no setting but the home folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SLACK_", "SAFEPOLICING_"))}
    return kept | {
        "SAFEPOLICING_HOME": str(home), "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1",
        "COLUMNS": "100", "NO_COLOR": "1",
    }  # fmt: skip


@pytest.fixture
def run(real_home: Path, tmp_path: Path) -> Run:
    """`run("ask", "...", given="standard input", home=...)` in an empty folder."""

    def call(
        *arguments: str, given: str | bytes = "", home: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        data = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            env=environment(home or real_home),
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return call


@pytest.fixture
def run_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """As `run`, in this process and without an index: for what is refused before work begins."""
    for name in os.environ:
        if name.startswith(("SLACK_", "SAFEPOLICING_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SAFEPOLICING_HOME", str(tmp_path / "no home"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, given: str | bytes = "") -> subprocess.CompletedProcess[str]:
        data = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        status = main(arguments)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, status, said.out, said.err)

    return call
