"""Figures over a ranked list: recall, reciprocal rank, nDCG, average precision.

An item is relevant or it is not; there are no grades.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of `relevant` among the first `k`."""
    wanted = set(relevant)
    return len(wanted & set(ranked[:k])) / len(wanted) if wanted else float("nan")


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """One over the place of the first that is relevant; 0 when none is."""
    places = (place for place, item in enumerate(ranked, 1) if item in relevant)
    return 1 / next(places, math.inf)


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Discounted gain of the first `k` against that of a perfect order."""
    gained = sum(_gain(place) for place, item in enumerate(ranked[:k], 1) if item in relevant)
    ideal = sum(_gain(place) for place in range(1, min(k, len(set(relevant))) + 1))
    return gained / ideal if ideal else float("nan")


def average_precision_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Mean of the precision at each relevant place among the first `k`, over all relevant ones."""
    hits, total = 0, 0.0
    for place, item in enumerate(ranked[:k], 1):
        if item in relevant:
            hits += 1
            total += hits / place
    return total / len(set(relevant)) if relevant else float("nan")


def _gain(place: int) -> float:
    return 1 / math.log2(place + 1)
