"""How sure a figure is: 95 percent intervals by the bootstrap, the same for the same scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 1000
_SEED = 13929

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the middle 95 percent of its bootstrap; all nan when nothing was counted."""

    value: float
    low: float
    high: float
    count: int


def mean_interval(values: Sequence[float]) -> Interval:
    """The mean of one value a case, cases drawn again with replacement."""
    if not values:
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    held = np.asarray(values, dtype=np.float64)
    drawn = held[_draws(len(held))].mean(axis=1)
    return _interval(float(held.mean()), drawn, len(held))


def interval_of(
    count: int, statistic: Callable[[Whole], float], *, rounds: int = ROUNDS
) -> Interval:
    """The interval of any figure that can be computed from the numbers of the cases drawn."""
    if not count:
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    drawn = np.asarray([statistic(row) for row in _draws(count)[:rounds]], dtype=np.float64)
    return _interval(statistic(np.arange(count)), drawn, count)


def _draws(count: int) -> Whole:
    return np.random.default_rng(_SEED).integers(0, count, size=(ROUNDS, count))


def _interval(value: float, drawn: Floats, count: int) -> Interval:
    kept = drawn[~np.isnan(drawn)]
    if not kept.size:
        return Interval(value, value, value, count)
    low, high = np.percentile(kept, [2.5, 97.5])
    return Interval(value, float(low), float(high), count)
