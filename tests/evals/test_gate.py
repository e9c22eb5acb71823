"""The gate: what falls below its threshold, what is missed anew, and who is responsible."""

from __future__ import annotations

import pytest

from evals.gate import Limit, breaches, judge_run, load_limits
from evals.known import load_known, new_misses, save_known, won_cases
from evals.scores import Outcome
from knowledge.errors import KnowledgeError
from tests.evals.small import run_of, score_of

NO_WRONG = Limit(set="answers", figure="wrong", at_most=0)


def test_a_wrong_statement_breaks_the_gate_and_is_named():
    run = run_of(score_of("a"), score_of("b", outcome=Outcome.WRONG, why="says the contrary"))
    (breach,) = breaches(run, [NO_WRONG])
    assert [score.case for score in breach.cases] == ["b"]
    assert breach.sentence == "answers, dev: wrong statements is 1, must be at most 0"


def test_a_share_below_its_threshold_names_every_case_that_pulls_it_down():
    run = run_of(score_of("a"), score_of("b", outcome=Outcome.PARTLY))
    (breach,) = breaches(run, [Limit(set="answers", figure="right", at_least=0.9)])
    assert breach.value == 0.5
    assert [score.case for score in breach.cases] == ["b"]


def test_a_figure_that_was_not_measured_breaks_nothing():
    assert (
        breaches(run_of(score_of("a")), [Limit(set="review", figure="false_meets", at_most=0)])
        == ()
    )


def test_baselines_are_not_held_to_anything():
    run = run_of(score_of("a"), score_of("a", system="BM25", outcome=Outcome.WRONG))
    assert breaches(run, [NO_WRONG]) == ()


def test_the_thresholds_that_ship_forbid_false_meets_and_wrong_statements():
    strict = {(limit.set, limit.figure) for limit in load_limits() if limit.at_most == 0}
    assert ("review", "false_meets") in strict
    assert {("answers", "wrong"), ("followups", "wrong"), ("states", "wrong")} <= strict
    assert ("attacks", "obeyed") in strict


def test_a_slip_in_the_thresholds_is_named(tmp_path):
    path = tmp_path / "limits.toml"
    path.write_text('[[limit]]\nset = "answers"\nfigure = "wrong"\nat_mots = 0\n')
    with pytest.raises(KnowledgeError, match="at_mots"):
        load_limits(path)


def test_a_case_missed_anew_fails_though_every_threshold_holds():
    run = run_of(score_of("old", outcome=Outcome.PARTLY), score_of("new", outcome=Outcome.PARTLY))
    verdict = judge_run(run, limits=[NO_WRONG], known={"answers": frozenset({"old"})})
    assert not verdict.passes
    assert [score.case for score in verdict.missed_anew] == ["new"]
    assert judge_run(run, limits=[], known={"answers": frozenset({"old", "new"})}).passes


def test_misses_of_the_frozen_split_are_never_listed_by_name(tmp_path):
    run = run_of(score_of("f", split="frozen", outcome=Outcome.PARTLY))
    assert new_misses(run, {}) == ()
    assert save_known(run, tmp_path / "known.toml") == 0


def test_accepted_misses_are_read_back_and_won_ones_are_told(tmp_path):
    path = tmp_path / "known.toml"
    path.write_text('review = [\n  "r1",\n]\n')
    save_known(run_of(score_of("b", outcome=Outcome.PARTLY), score_of("a")), path)
    assert load_known(path) == {"answers": frozenset({"b"}), "review": frozenset({"r1"})}
    assert won_cases(run_of(score_of("b")), load_known(path)) == ["answers b"]
