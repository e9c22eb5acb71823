"""What ships is held to its own thresholds: a release that got worse does not pass."""

from __future__ import annotations

from evals.cli import main
from evals.store import find_run, load_run


def test_the_gold_sets_pass_the_gate(real_home, tmp_path, monkeypatch, capsys):
    """Where this fails, the words printed name the cases.

    A change that is worth its losses says so: `python -m evals run`, then `python -m evals accept`.
    """
    monkeypatch.setenv("SAFEPOLICING_HOME", str(real_home))
    status = main(["run", "--no-baselines", "--out", str(tmp_path)])
    assert status == 0, capsys.readouterr().out
    run = load_run(find_run("last", tmp_path / "runs"))
    assert run.figures["ours", "review", "dev"]["false_meets"].value == 0
    assert run.figures["ours", "answers", "frozen"]["wrong"].value == 0
