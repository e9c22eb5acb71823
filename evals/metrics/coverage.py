"""Answer or decline: what share of the answers is amiss when only the surest are given.

A record is (confidence, amiss, given). Declined ones are not given: they cost coverage, not risk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """One question: how sure the answer was, whether it was amiss, and whether one was given."""

    confidence: float
    amiss: bool
    given: bool


@dataclass(frozen=True, slots=True)
class Point:
    """At `coverage` of all questions, `risk` of the answers are amiss."""

    coverage: float
    risk: float


def coverage_risk(records: Sequence[Given]) -> tuple[Point, ...]:
    """One point a distinct confidence, from the surest on; the last is what is given in fact."""
    sure = sorted((item for item in records if item.given), key=lambda item: -item.confidence)
    points: list[Point] = []
    amiss = 0
    for number, item in enumerate(sure, 1):
        amiss += item.amiss
        if number == len(sure) or sure[number].confidence != item.confidence:
            points.append(Point(number / len(records), amiss / number))
    return tuple(points)


def area_under(points: Sequence[Point]) -> float:
    """Mean risk over the coverage reached, by the trapezoid rule; nan without points."""
    if not points:
        return float("nan")
    area, before = points[0].risk * points[0].coverage, points[0]
    for point in points[1:]:
        area += (point.coverage - before.coverage) * (point.risk + before.risk) / 2
        before = point
    return area / points[-1].coverage
