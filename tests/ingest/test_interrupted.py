"""Kill -9 at any moment: what served before still serves, and the next run completes."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.build import build_index
from ingest.releases import only_writer, releases
from knowledge.errors import IndexMismatch, InputError
from knowledge.index import current_release, open_index
from knowledge.settings import Settings
from tests.ingest.killed import LetterEmbedder
from tests.ingest.small import knowledge_of

MOMENTS = 8
ROOT = Path(__file__).parents[2]


Build = Callable[[Path, int, int], tuple[int, int]]
"""(home, statements, fatal touch) -> (exit status, touches)"""


@pytest.fixture
def build() -> Iterator[Build]:
    """A build in a process that is killed at a touch of the disk; 0 lets it end."""
    command = [sys.executable, "-m", "tests.ingest.killed"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT
    ) as builder:
        assert builder.stdin is not None
        assert builder.stdout is not None
        orders, told = builder.stdin, builder.stdout

        def run(home: Path, statements: int, fatal: int) -> tuple[int, int]:
            orders.write(f"{statements} {fatal} {home}\n")
            status, touches = map(int, told.readline().split())
            return status, touches

        yield run
        orders.close()


def served(home: Path) -> int:
    """Statements in the release that serves, each of them found in store and record alike."""
    for count in (2, 3):
        texts = [f"EO 13929 has statement {n} of {count}." for n in range(count)]
        known = knowledge_of(*texts)
        try:
            index = open_index(home, knowledge=known)
        except IndexMismatch:  # the other of the two serves
            continue
        assert index.store.size() == 3 * count == index.release.rows
        assert len(index.passages) == count
        index.close()
        return count
    raise AssertionError("no release serves")


def test_stopped_at_any_touch_of_the_disk(tmp_path: Path, build: Build) -> None:
    whole = tmp_path / "whole"
    assert build(whole, 2, 0)[0] == 0
    status, touches = build(whole, 3, 0)
    assert status == 0
    assert touches > MOMENTS

    for moment in range(MOMENTS):
        home = tmp_path / str(moment)
        assert build(home, 2, 0)[0] == 0
        status, _ = build(home, 3, 1 + moment * (touches - 1) // (MOMENTS - 1))
        assert status == -signal.SIGKILL
        assert served(home) in (2, 3)
        assert build(home, 3, 0)[0] == 0
        assert served(home) == 3
        assert not list((home / "releases").glob("*.partial"))


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    known = knowledge_of("EO 13929 has six sections.")
    with only_writer(settings.home), pytest.raises(InputError, match="Another ingest is writing"):
        build_index(settings, knowledge=known, embedder=LetterEmbedder())

    assert current_release(settings.home) is None
    build_index(settings, knowledge=known, embedder=LetterEmbedder())
    assert len(releases(settings.home)) == 1
