"""Which plots each set has, out of its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import numpy as np

from evals.figures import label_pairs, risk_records
from evals.metrics.classes import class_figures, confusion
from evals.metrics.coverage import coverage_risk
from evals.metrics.intervals import mean_interval
from evals.report.charts import (
    PALETTE,
    Bar,
    Line,
    Range,
    bar_chart,
    line_chart,
    matrix_chart,
    range_chart,
)
from evals.report.tables import columns_of
from evals.scorers.review import MANDATORY
from evals.scores import OURS, Score
from evals.store import Key, Run

_VERDICTS = ("meets", "partial", "does_not_meet", "not_addressed", "unclear")


def plots_of(run: Run, set_name: str) -> list[str]:
    """The figures of a set, as HTML."""
    made = {
        "answers": [_coverage, _replies],
        "followups": [_coverage],
        "review": [_classes, _confusions],
        "retrieval": [_recall],
    }.get(set_name, [])
    drawn = [plot for draw in made for plot in draw(run, set_name)]
    return [
        *drawn,
        *_kinds(run, set_name),
        _figure("Latency, median / 95th percentile", _latency(run, set_name)),
    ]


def _coverage(run: Run, set_name: str) -> list[str]:
    lines = [
        Line(
            f"{key[0]}, {key[2]}",
            [(p.coverage, p.risk) for p in points],
            _color(run, key),
            key[2] == "frozen",
        )
        for key in columns_of(run, set_name)
        if (points := coverage_risk(risk_records(scores_of(run, key))))
    ]
    chart = line_chart(
        lines, x="coverage: share of questions answered", y="risk: share not fully right"
    )
    return [_figure("Coverage and risk: the surest answers first", chart)]


def _recall(run: Run, set_name: str) -> list[str]:
    bars = [
        Bar(
            f"{key[0]}, {key[2]}, @{k}",
            figure.value,
            f"{figure.value:.1%}",
            _color(run, key),
            figure.low,
            figure.high,
        )
        for k in (1, 5, 10)
        for key in columns_of(run, set_name)
        if (figure := run.figures[key].get(f"recall@{k}"))
    ]
    return [_figure("Recall: an accepted place among the first 1, 5, 10", bar_chart(bars))]


def _replies(run: Run, set_name: str) -> list[str]:
    pairs = label_pairs(_ours(run, set_name), "reply")
    return [_figure("What was due and what was given, ours", _matrix(pairs))]


def _classes(run: Run, set_name: str) -> list[str]:
    made = []
    for standard in MANDATORY:
        bars = [
            Bar(
                f"{figure.name}: {system}",
                figure.f1,
                f"F1 {figure.f1:.2f}, {figure.count} cases",
                color,
            )
            for verdict in _VERDICTS
            for system, color in _systems(run, set_name)
            for figure in class_figures(label_pairs(_of(run, set_name, system), standard))
            if figure.name == verdict and figure.count
        ]
        made.append(_figure(f"F1 by verdict, {standard}, both splits", bar_chart(bars)))
    return made


def _confusions(run: Run, set_name: str) -> list[str]:
    ours = _ours(run, set_name)
    return [
        _figure(
            f"Verdicts labelled and given, {name}, ours",
            _matrix(label_pairs(ours, name), _VERDICTS),
        )
        for name in MANDATORY
    ]


def _kinds(run: Run, set_name: str) -> list[str]:
    """Bars for the kinds with a miss, weakest first, and the names of those without one."""
    ours = _ours(run, set_name)
    totals = Counter(score.kind for score in ours)
    right = Counter(score.kind for score in ours if score.right)
    order = sorted(totals, key=lambda kind: (right[kind] / totals[kind], kind))
    missed = [kind for kind in order if right[kind] < totals[kind]]
    whole = [f"{kind} ({totals[kind]})" for kind in order if right[kind] == totals[kind]]
    chart = bar_chart([_kind_bar(kind, [s for s in ours if s.kind == kind]) for kind in missed])
    note = f"<p class=soft>Without a miss: {escape(', '.join(whole))}.</p>" if whole else ""
    caption = "Fully right by kind, ours, both splits, weakest first"
    return [_figure(caption, (chart if missed else "") + note)]


def _kind_bar(kind: str, scores: Sequence[Score]) -> Bar:
    share = mean_interval([float(score.right) for score in scores])
    note = f"{sum(score.right for score in scores)} of {share.count}"
    return Bar(kind, share.value, note, PALETTE[0], share.low, share.high)


def _latency(run: Run, set_name: str) -> str:
    ranges = []
    for system, color in _systems(run, set_name):
        taken = [score.seconds * 1000 for score in _of(run, set_name, system)]
        low, middle, high = (float(np.percentile(taken, q)) for q in (5, 50, 95))
        ranges.append(Range(system, low, middle, high, color))
    return range_chart(ranges)


def _matrix(pairs: Sequence[tuple[str, str]], order: Sequence[str] = ()) -> str:
    seen = confusion(pairs)
    names = {part for pair in pairs for part in pair}
    held = [name for name in order if name in names] + sorted(names - set(order))
    counts = [[seen.get((row, column), 0) for column in held] for row in held]
    return matrix_chart(held, held, counts)


def scores_of(run: Run, key: Key) -> list[Score]:
    """The scores of one system on one set and split."""
    return [s for s in run.scores if (s.system, s.set, s.split) == key]


def _of(run: Run, set_name: str, system: str) -> list[Score]:
    return [s for s in run.scores if s.set == set_name and s.system == system]


def _ours(run: Run, set_name: str) -> list[Score]:
    return _of(run, set_name, OURS)


def _systems(run: Run, set_name: str) -> list[tuple[str, str]]:
    return [
        (key[0], _color(run, key))
        for key in {key[0]: key for key in columns_of(run, set_name)}.values()
    ]


def _color(run: Run, key: Key) -> str:
    names = list(dict.fromkeys(other[0] for other in columns_of(run, key[1])))
    return PALETTE[names.index(key[0]) % len(PALETTE)]


def _figure(caption: str, chart: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{chart}</figure>"
