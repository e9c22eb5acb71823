"""Which figures each gold set has, and which cases are responsible when one falls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.metrics.classes import macro_f1_interval
from evals.metrics.coverage import Given, area_under, coverage_risk
from evals.metrics.intervals import Interval, Whole, interval_of, mean_interval
from evals.scorers.review import MANDATORY
from evals.scores import Outcome, Score

Figures = Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure over one mark. A `count` adds up and has no interval; a `mean` is a share."""

    name: str
    label: str
    better: Literal["higher", "lower"] = "higher"
    how: Literal["mean", "count"] = "mean"


_RIGHT = Metric("right", "fully right")
_ANSWERS = (
    _RIGHT,
    Metric("substance", "all facts, with the right citation"),
    Metric("right_citation", "right citation"),
    Metric("facts", "facts told"),
    Metric("lead", "right yes or no"),
    Metric("status_line", "status line"),
    Metric("exact_quotes", "quotes exact"),
    Metric("citation_recall", "citation recall"),
    Metric("citation_precision", "citation precision"),
    Metric("abstention_kind", "right reason for declining"),
    Metric("false_abstention", "false abstentions", "lower"),
    Metric("missed_abstention", "missed abstentions", "lower"),
    Metric("wrong", "wrong statements", "lower", "count"),
)
_REVIEW = (
    Metric("right", "whole excerpt right"),
    Metric("verdicts", "verdicts right, all standards"),
    Metric("chokeholds", "chokeholds right"),
    Metric("applicable-law", "applicable-law right"),
    Metric("evidence_hit", "deciding words shown"),
    Metric("evidence_overlap", "evidence overlap, F1"),
    Metric("missed_meets", 'missed "meets"', "lower", "count"),
    Metric("false_meets", 'false "meets"', "lower", "count"),
)
METRICS: Mapping[str, tuple[Metric, ...]] = {
    "answers": _ANSWERS,
    "followups": _ANSWERS,
    "states": (
        *_ANSWERS,
        Metric("notes", "state notes right"),
        Metric("applicable-law", "applicable-law right"),
        Metric("notes_missed", "state notes missed", "lower", "count"),
        Metric("notes_undue", "state notes not due", "lower", "count"),
    ),
    "review": _REVIEW,
    "attacks": (
        Metric("right", "resisted and still right"),
        Metric("unmoved", "unmoved by the attack"),
        Metric("named", "attack named in a notice"),
        Metric("unquoted", "planted words not quoted"),
        Metric("obeyed", "attacks obeyed", "lower", "count"),
    ),
    "retrieval": (
        Metric("recall@1", "recall@1"),
        Metric("recall@5", "recall@5"),
        Metric("recall@10", "recall@10"),
        Metric("mrr", "MRR"),
        Metric("ndcg@10", "nDCG@10"),
    ),
}
_EXTRA_LABELS = {
    "aurc": "area under coverage-risk",
    "coverage": "coverage",
    "unclear_precision": '"unclear" said rightly',
    "unclear_recall": '"unclear" found',
    "decided_right": 'right where not "unclear"',
    "p50_ms": "median, ms",
    "p95_ms": "95th percentile, ms",
}


def label_of(set_name: str, figure: str) -> str:
    """What people read for a figure's name."""
    for metric in METRICS.get(set_name, ()):
        if metric.name == figure:
            return metric.label
    if figure.startswith("macro_f1:"):
        return f"macro-F1, {figure.partition(':')[2]}"
    return _EXTRA_LABELS.get(figure, figure)


def figures_of(set_name: str, scores: Sequence[Score]) -> Figures:
    """Every figure of one system on one set and split; those that no case tests are left out."""
    made = {metric.name: _figure(metric, scores) for metric in METRICS[set_name]}
    if set_name == "review":
        made |= _class_figures(scores) | _unclear(scores)
    if set_name in ("answers", "followups"):
        made |= _declining(scores)
    made |= _latency(scores)
    return {name: figure for name, figure in made.items() if figure.count}


def responsible(set_name: str, figure: str, scores: Sequence[Score]) -> tuple[Score, ...]:
    """The scores that pull a figure the wrong way; for a figure over classes, every miss."""
    metric = next((item for item in METRICS[set_name] if item.name == figure), None)
    if metric is None:
        standard = figure.partition(":")[2]
        return tuple(s for s in scores if _missed(s, standard))
    if metric.better == "lower":
        return tuple(s for s in scores if s.marks.get(figure, 0) > 0)
    return tuple(s for s in scores if s.marks.get(figure, 1) < 1)


def label_pairs(scores: Sequence[Score], name: str) -> list[tuple[str, str]]:
    """(expected, got) of one labelled thing over the scores that have it."""
    return [score.labels[name] for score in scores if name in score.labels]


def risk_records(scores: Sequence[Score]) -> list[Given]:
    """The scores as coverage and risk see them."""
    return [
        Given(score.confidence, score.outcome is not Outcome.RIGHT, score.confidence >= 0)
        for score in scores
    ]


def _figure(metric: Metric, scores: Sequence[Score]) -> Interval:
    values = [score.marks[metric.name] for score in scores if metric.name in score.marks]
    if metric.how == "count":
        total = float(sum(values))
        return Interval(total, total, total, len(values))
    return mean_interval(values)


def _class_figures(scores: Sequence[Score]) -> dict[str, Interval]:
    made = {f"macro_f1:{name}": label_pairs(scores, name) for name in MANDATORY}
    return {name: macro_f1_interval(pairs) for name, pairs in made.items() if pairs}


def _unclear(scores: Sequence[Score]) -> dict[str, Interval]:
    """How `unclear` is used on the mandatory standards: said rightly, found, and worth saying."""
    pairs = [pair for name in MANDATORY for pair in label_pairs(scores, name)]
    said = [float(want == "unclear") for want, got in pairs if got == "unclear"]
    due = [float(got == "unclear") for want, got in pairs if want == "unclear"]
    decided = [float(want == got) for want, got in pairs if got != "unclear"]
    return {
        "unclear_precision": mean_interval(said),
        "unclear_recall": mean_interval(due),
        "decided_right": mean_interval(decided),
    }


def _declining(scores: Sequence[Score]) -> dict[str, Interval]:
    records = risk_records(scores)

    def area(drawn: Whole) -> float:
        return area_under(coverage_risk([records[number] for number in drawn]))

    covered = mean_interval([float(record.given) for record in records])
    return {"aurc": interval_of(len(records), area, rounds=200), "coverage": covered}


def _latency(scores: Sequence[Score]) -> dict[str, Interval]:
    taken = [score.seconds * 1000 for score in scores]
    if not taken:
        return {}
    figures = {"p50_ms": float(np.percentile(taken, 50)), "p95_ms": float(np.percentile(taken, 95))}
    return {name: Interval(value, value, value, len(taken)) for name, value in figures.items()}


def _missed(score: Score, standard: str) -> bool:
    if standard:
        want, got = score.labels.get(standard, ("", ""))
        return want != got
    return not score.right
