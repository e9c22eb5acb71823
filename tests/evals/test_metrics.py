"""Figures on values that were worked out by hand."""

from __future__ import annotations

import math

import pytest

from evals.metrics.classes import class_figures, confusion, macro_f1_interval
from evals.metrics.coverage import Given, Point, area_under, coverage_risk
from evals.metrics.intervals import interval_of, mean_interval
from evals.metrics.ranking import average_precision_at, ndcg_at, recall_at, reciprocal_rank

PAIRS = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b"), ("c", "a")]


def test_recall_counts_the_relevant_among_the_first():
    assert recall_at(["x", "a", "b"], {"a", "b"}, 2) == 0.5
    assert recall_at(["x", "a", "b"], {"a", "b"}, 3) == 1.0
    assert math.isnan(recall_at(["x"], set(), 3))


def test_reciprocal_rank_is_one_over_the_first_place():
    assert reciprocal_rank(["x", "a", "b"], {"a", "b"}) == 0.5
    assert reciprocal_rank(["x"], {"a"}) == 0


def test_ndcg_by_hand():
    # Places 2 and 3 of an ideal 1 and 2: (1/log2 3 + 1/log2 4) / (1 + 1/log2 3)
    wanted = (1 / math.log2(3) + 0.5) / (1 + 1 / math.log2(3))
    assert ndcg_at(["x", "a", "b"], {"a", "b"}, 10) == pytest.approx(wanted)
    assert ndcg_at(["a", "b"], {"a", "b"}, 10) == 1.0


def test_average_precision_by_hand():
    # Hits at places 1 and 3: (1/1 + 2/3) / 2
    assert average_precision_at(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx(5 / 6)
    assert average_precision_at(["a", "x", "b"], {"a", "b"}, 1) == 0.5


def test_f1_by_class_and_its_mean():
    by_name = {figure.name: figure for figure in class_figures(PAIRS)}
    assert by_name["a"].precision == 0.5
    assert by_name["a"].recall == 0.5
    assert by_name["b"].precision == pytest.approx(2 / 3)
    assert by_name["b"].recall == 1.0
    assert by_name["c"].f1 == 0.0
    assert by_name["c"].count == 1


def test_macro_f1_is_the_mean_over_classes_within_its_interval():
    interval = macro_f1_interval(PAIRS)
    assert interval.value == pytest.approx((0.5 + 0.8 + 0.0) / 3)
    assert interval.low <= interval.value <= interval.high


def test_a_class_that_is_given_but_never_labelled_lowers_no_mean():
    pairs = [("a", "a"), ("a", "b")]
    assert macro_f1_interval(pairs).value == pytest.approx(2 / 3)
    assert confusion(pairs)["a", "b"] == 1


def test_the_bootstrap_of_a_mean():
    interval = mean_interval([1.0] * 80 + [0.0] * 20)
    assert interval.value == pytest.approx(0.8)
    # The normal approximation gives 0.8 +- 1.96 * 0.04.
    assert interval.low == pytest.approx(0.7216, abs=0.02)
    assert interval.high == pytest.approx(0.8784, abs=0.02)
    assert interval == mean_interval([1.0] * 80 + [0.0] * 20)


def test_nothing_measured_is_no_figure():
    assert mean_interval([]).count == 0
    assert math.isnan(mean_interval([]).value)
    assert interval_of(0, lambda drawn: 1.0).count == 0


def test_coverage_and_risk_by_hand():
    records = [
        Given(0.9, amiss=False, given=True),
        Given(0.8, amiss=True, given=True),
        Given(0.7, amiss=False, given=True),
        Given(-1, amiss=False, given=False),
    ]
    points = coverage_risk(records)
    assert points == (Point(0.25, 0.0), Point(0.5, 0.5), Point(0.75, pytest.approx(1 / 3)))
    # Trapezes: 0 * .25, .25 * .25, .25 * (.5 + 1/3) / 2, over a coverage of .75
    assert area_under(points) == pytest.approx((0.0625 + 0.25 * (0.5 + 1 / 3) / 2) / 0.75)


def test_equal_confidence_is_one_point():
    records = [Given(0.5, amiss=True, given=True), Given(0.5, amiss=False, given=True)]
    assert coverage_risk(records) == (Point(1.0, 0.5),)
