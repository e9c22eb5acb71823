"""A deliberate regression: the engines really run on altered data, and the gate names the cases."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals.cases import Case, load_cases
from evals.gate import judge_run
from evals.known import load_known
from evals.store import Run, find_run, load_run

ROOT = Path(__file__).parents[2]
LIMIT = 120  # seconds that a measurement may take


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program in a folder of its own, to be altered."""
    ignore = shutil.ignore_patterns("__pycache__")
    for package in ("evals", "ingest", "knowledge"):
        shutil.copytree(ROOT / package, tmp_path / "program" / package, ignore=ignore)
    return tmp_path / "program"


def measured(program: Path, home: Path, *options: str) -> tuple[int, str, Run]:
    """Exit status, words and run of a measurement by the program in that folder."""
    environment = {**os.environ, "SAFEPOLICING_HOME": str(home), "PYTHONPATH": str(program)}
    done = subprocess.run(
        [sys.executable, "-m", "evals", "run", "--no-baselines", "--splits", "dev", *options],
        cwd=program, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, done.stdout, load_run(find_run("last", home / "evals" / "runs"))


def without_cue(path: Path, word: str) -> None:
    """The first cue of a data file that has `word` is gone."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if line.startswith("  [") and word in line)
    path.write_text("".join(lines[:place] + lines[place + 1 :]), encoding="utf-8")
    tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_deleted_cue_is_caught_and_the_cases_are_named(copy, tmp_path):
    without_cue(copy / "knowledge" / "data" / "language" / "exceptions.toml", "unless")
    status, told, run = measured(copy, tmp_path / "home", "--sets", "review")
    assert status == 1
    verdict = judge_run(run, known=load_known())
    named = {score.case for score in verdict.missed_anew}
    assert named, told
    kinds = {case.id: case.kind for case in load_cases(sets=["review"], splits=["dev"])}
    assert {kinds[id] for id in named} & {"exception", "exception-multiple"}
    for id in named:
        assert id in told


def test_a_dropped_section_is_caught_and_the_cases_are_named(copy, tmp_path, real_home):
    place = "§ 3(b)"
    drop_section(copy / "knowledge" / "data" / "sources" / "eo-13929.toml", place)
    home = tmp_path / "home"
    without_model = shutil.ignore_patterns("models")
    shutil.copytree(real_home, home / "evals", ignore=without_model)  # its vectors are used again
    (home / "evals" / "models").symlink_to(real_home / "models", target_is_directory=True)
    cases = load_cases(sets=["answers"], splits=["dev"])
    resting = {c.id for c in cases if c.expect["cites"] == [f"eo-13929#{place}"]}
    assert resting, "no case rests on this section alone any more; name another"
    gold = gold_of([c for n, c in enumerate(cases) if c.id in resting or n % 6 == 0], tmp_path)
    status, told, run = measured(copy, home, "--sets", "answers", "--gold", str(gold))
    assert status == 1
    named = {score.case for score in judge_run(run, known=load_known()).missed_anew}
    assert resting <= named, told
    for id in named:
        assert id in told


def gold_of(cases: Sequence[Case], folder: Path) -> Path:
    """A folder of gold sets with these answers alone: the cases at stake among some others."""
    lines = "".join(json.dumps(dict(case.body)) + "\n" for case in cases)
    path = folder / "gold" / "answers" / "dev.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(lines, encoding="utf-8")
    return folder / "gold"


def drop_section(path: Path, pinpoint: str) -> None:
    """The section at a pinpoint is no longer in the source's file."""
    text = path.read_text(encoding="utf-8")
    parts = text.split("[[section]]\n")
    kept = [part for part in parts if not part.startswith(f'pinpoint = "{pinpoint}"\n')]
    assert len(kept) == len(parts) - 1
    path.write_text("[[section]]\n".join(kept), encoding="utf-8")
