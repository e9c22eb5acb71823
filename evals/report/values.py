"""How a figure reads: a share in percent, a count out of its cases, a time, a score."""

from __future__ import annotations

from evals.figures import METRICS
from evals.metrics.intervals import Interval

_COUNTS = {metric.name for table in METRICS.values() for metric in table if metric.how == "count"}
_SCORES = ("macro_f1", "aurc", "mrr", "ndcg", "citation", "evidence_overlap")


def shown(name: str, figure: Interval) -> str:
    """The figure alone."""
    if name.endswith("_ms"):
        return f"{figure.value:.1f}"
    if name in _COUNTS:
        return f"{figure.value:.0f} of {figure.count}"
    if name.startswith(_SCORES):
        return f"{figure.value:.3f}"
    return f"{figure.value * 100:.1f} %"


def shown_interval(name: str, figure: Interval) -> str:
    """Its 95 percent interval, or nothing where a figure has none."""
    if name.endswith("_ms") or name in _COUNTS:
        return ""
    if name.startswith(_SCORES):
        return f"{figure.low:.3f} to {figure.high:.3f}"
    return f"{figure.low * 100:.1f} to {figure.high * 100:.1f}"
