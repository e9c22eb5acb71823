"""ObliQA (RegNLP): questions on financial rules, each with the passages that answer it.

Our retriever is run on it unchanged, part by part, to see what each part adds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.metrics.intervals import Interval, mean_interval
from evals.metrics.ranking import average_precision_at, recall_at
from knowledge.errors import InputError
from knowledge.retrieval import PassageRanker, PassageScores

DEPTH = 10
Scores = NDArray[np.float32]
STEPS: Mapping[str, Callable[[PassageScores], Scores]] = {
    "lexical": lambda scores: scores.lexical,
    "dense": lambda scores: scores.dense,
    "fused": lambda scores: scores.fused,
    "re-ranked": lambda scores: scores.reranked,
}


@dataclass(frozen=True, slots=True)
class ObliQA:
    """Passages by number, and questions with the numbers of the passages that answer them."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    relevant: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Vectors:
    """One unit row a passage, and one a question."""

    passages: Scores
    questions: Scores


@dataclass(frozen=True, slots=True)
class StageFigures:
    """What one part of the retriever reaches."""

    name: str
    recall: Interval
    average_precision: Interval


def load_obliqa(folder: Path) -> ObliQA:
    """The benchmark in `folder`. Raises: `InputError` when it is not there."""
    paths = [folder / name for name in ("passages.json", "dev.json")]
    if not all(path.is_file() for path in paths):
        raise InputError(
            f"ObliQA is not in {folder}; give the folder with passages.json and dev.json."
        )
    passages, questions = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    place = {_key(entry): number for number, entry in enumerate(passages)}
    return ObliQA(
        tuple(str(entry["Passage"]) for entry in passages),
        tuple(str(entry["Question"]) for entry in questions),
        tuple(frozenset(_places(entry["Passages"], place)) for entry in questions),
    )


def measure(
    bench: ObliQA, vectors: Vectors, tick: Callable[[int, int], None] = lambda done, total: None
) -> Iterator[StageFigures]:
    """Recall and mean average precision at ten of each stage, over all questions."""
    ranker = PassageRanker(bench.passages)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in STEPS}
    total = len(bench.questions)
    for number, (text, relevant) in enumerate(zip(bench.questions, bench.relevant, strict=True)):
        scores = ranker.scores(text, vectors.passages @ vectors.questions[number])
        for name, step in STEPS.items():
            found[name].append(_figures(step(scores), relevant))
        tick(number + 1, total)
    for name, pairs in found.items():
        recalls, precisions = zip(*pairs, strict=True)
        yield StageFigures(name, mean_interval(recalls), mean_interval(precisions))


def _figures(scores: Scores, relevant: frozenset[int]) -> tuple[float, float]:
    near = np.argpartition(-scores, min(DEPTH * 4, scores.size - 1))[: DEPTH * 4]
    order = near[np.lexsort((near, -scores[near]))][:DEPTH]
    ranked, wanted = [str(n) for n in order], {str(n) for n in relevant}
    return recall_at(ranked, wanted, DEPTH), average_precision_at(ranked, wanted, DEPTH)


def _key(entry: Mapping[str, Any]) -> tuple[str, str]:
    return str(entry["DocumentID"]), str(entry["PassageID"])


def _places(
    entries: Sequence[Mapping[str, Any]], place: Mapping[tuple[str, str], int]
) -> list[int]:
    return [place[_key(entry)] for entry in entries if _key(entry) in place]
