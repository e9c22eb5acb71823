"""Figures over (expected, got) pairs of classes: accuracy, F1 by class, confusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.metrics.intervals import Interval, Whole, interval_of

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ClassFigure:
    """Precision, recall and F1 of one class; `count` cases have it as their label."""

    name: str
    precision: float
    recall: float
    f1: float
    count: int


def class_figures(pairs: Sequence[Pair]) -> tuple[ClassFigure, ...]:
    """One figure a class that is labelled or given, in the order of names."""
    seen = Counter(pairs)
    return tuple(_figure(name, seen) for name in sorted({part for pair in pairs for part in pair}))


def macro_f1_interval(pairs: Sequence[Pair]) -> Interval:
    """The plain mean of F1 over the classes that are labelled, with its bootstrap interval."""
    names = sorted({part for pair in pairs for part in pair})
    place = {name: number for number, name in enumerate(names)}
    want = np.asarray([place[pair[0]] for pair in pairs], dtype=np.int64)
    got = np.asarray([place[pair[1]] for pair in pairs], dtype=np.int64)
    size = len(names)

    def statistic(drawn: Whole) -> float:
        table = np.bincount(want[drawn] * size + got[drawn], minlength=size * size)
        square = table.reshape(size, size)
        labelled, given = square.sum(axis=1), square.sum(axis=0)
        scores = 2 * square.diagonal() / np.maximum(labelled + given, 1)
        return float(scores[labelled > 0].mean())

    return interval_of(len(pairs), statistic)


def confusion(pairs: Sequence[Pair]) -> Mapping[Pair, int]:
    """How often each label got each class."""
    return Counter(pairs)


def _figure(name: str, seen: Mapping[Pair, int]) -> ClassFigure:
    hit = seen.get((name, name), 0)
    labelled = sum(count for (want, _), count in seen.items() if want == name)
    given = sum(count for (_, got), count in seen.items() if got == name)
    precision = hit / given if given else 0.0
    recall = hit / labelled if labelled else 0.0
    f1 = 2 * hit / (labelled + given) if labelled + given else 0.0
    return ClassFigure(name, precision, recall, f1, labelled)
