"""Runs are kept whole, found by name, and compared case by case."""

from __future__ import annotations

import json

import pytest
from rich.console import Console

from evals.commands.compare import print_comparison
from evals.compare import compare_runs
from evals.report.summary import print_summary
from evals.scores import OURS, Outcome
from evals.store import find_run, load_run, save_run
from knowledge.errors import InputError
from tests.evals.small import run_of, score_of


def test_a_run_is_read_back_as_it_was_stored(tmp_path):
    run = run_of(score_of("a", labels={"reply": ("answered", "unsafe")}), score_of("b"))
    path = save_run(run, tmp_path)
    assert load_run(path) == run
    table = json.loads(path.read_text(encoding="utf-8"))
    assert table["release"] == "r1"
    assert table["settings"] == {"model": "small"}
    assert table["versions"]["chromadb"]


def test_a_run_is_found_by_place_path_and_start(tmp_path):
    first, second = (save_run(run_of(score_of(name)), tmp_path) for name in ("a", "b"))
    assert find_run("last", tmp_path) == second
    assert find_run("previous", tmp_path) == first
    assert find_run(str(first), tmp_path) == first
    assert find_run(second.stem, tmp_path) == second
    with pytest.raises(InputError, match="names 2 stored runs"):
        find_run("2", tmp_path)


def test_a_file_that_is_no_run_is_one_sentence(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[]")
    with pytest.raises(InputError, match="not a stored run"):
        load_run(path)


def test_gained_and_lost_cases_by_name(capsys):
    before = run_of(
        score_of("kept"),
        score_of("lost"),
        score_of("gained", outcome=Outcome.PARTLY),
        score_of("gone"),
    )
    after = run_of(
        score_of("kept"),
        score_of("lost", outcome=Outcome.WRONG),
        score_of("gained"),
        score_of("new"),
    )
    found = compare_runs(before, after, system=OURS)
    assert [s.case for s in found.gained] == ["gained"]
    assert [s.case for s in found.lost] == ["lost"]
    assert [s.case for s in found.added] == ["new"]
    assert [s.case for s in found.removed] == ["gone"]
    assert ("wrong", 0.0, 1.0) in {(m.name, m.before, m.after) for m in found.moved}
    print_comparison(Console(width=200), before, after, found)
    told = capsys.readouterr().out
    assert "Lost: 1" in told
    assert "answers lost (dev): not this" in told


def test_the_same_run_twice_changes_nothing(capsys):
    run = run_of(score_of("a"))
    print_comparison(Console(), run, run, compare_runs(run, run, system=OURS))
    assert "Nothing changed." in capsys.readouterr().out


def test_the_summary_names_our_misses_and_hides_those_of_the_frozen_split(capsys):
    missed = score_of("open-miss", outcome=Outcome.PARTLY)
    hidden = score_of("frozen-miss", split="frozen", outcome=Outcome.PARTLY)
    print_summary(Console(width=120), run_of(missed, hidden))
    told = capsys.readouterr().out
    assert "open-miss partly: not this" in told
    assert "frozen-miss" not in told
    assert "1 missed on the frozen split" in told
