"""Kill -9 at any moment: what served before still serves, and the next run completes."""

from __future__ import annotations

import signal
import subprocess
import sys
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


def run(home: Path, statements: int, fatal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.ingest.killed", str(home), str(statements), str(fatal)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )


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


def test_stopped_at_any_touch_of_the_disk(settings: Settings) -> None:
    home = settings.home
    assert run(home, 2, 0).returncode == 0
    touches = int(run(home.with_name("measured"), 3, 0).stdout)
    assert touches > MOMENTS

    for moment in range(MOMENTS):
        killed = run(home, 3, 1 + moment * (touches - 1) // (MOMENTS - 1))
        assert killed.returncode == -signal.SIGKILL
        if served(home) == 3:  # killed after the switch
            assert run(home, 2, 0).returncode == 0

    done = run(home, 3, 0)
    assert done.returncode == 0, done.stderr
    assert served(home) == 3
    assert not list((home / "releases").glob("*.partial"))


def test_a_second_writer_is_told_to_wait(settings: Settings) -> None:
    known = knowledge_of("EO 13929 has six sections.")
    with only_writer(settings.home), pytest.raises(InputError, match="Another ingest is writing"):
        build_index(settings, knowledge=known, embedder=LetterEmbedder())

    assert current_release(settings.home) is None
    build_index(settings, knowledge=known, embedder=LetterEmbedder())
    assert len(releases(settings.home)) == 1
