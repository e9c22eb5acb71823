"""BM25 over terms. Robertson and Zaragoza's formula, k1 and b as given."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.6  # chosen on the development half of ObliQA


class Lexicon:
    """An inverted index over lists of terms; scores every row at once."""

    def __init__(self, rows: Iterable[Sequence[str]], *, k1: float = K1, b: float = B) -> None:
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths: list[int] = []
        for number, terms in enumerate(rows):
            lengths.append(len(terms))
            for term, count in Counter(terms).items():
                postings[term].append((number, count))
        self.size = len(lengths)
        self._lengths = np.asarray(lengths, dtype=np.float32)
        mean = float(self._lengths.mean()) if lengths else 1.0
        norm = k1 * (1 - b + b * self._lengths / max(mean, 1e-9))
        self._postings = {
            term: _weigh(pairs, norm, k1, self.idf_of(len(pairs)))
            for term, pairs in postings.items()
        }
        self._idf: Mapping[str, float] = {
            term: self.idf_of(len(pairs)) for term, pairs in postings.items()
        }

    def idf_of(self, holders: int) -> float:
        """The weight of a term that `holders` rows hold; never negative."""
        return math.log(1 + (self.size - holders + 0.5) / (holders + 0.5))

    def idf(self, term: str) -> float:
        """The weight of `term`; one that no row holds weighs most."""
        return self._idf.get(term, self.idf_of(0))

    def __contains__(self, term: str) -> bool:
        return term in self._idf

    @property
    def terms(self) -> Iterable[str]:
        """Every term that some row holds."""
        return self._idf.keys()

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every row for the query's terms, shape (rows,)."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, times in Counter(terms).items():
            if term in self._postings:
                rows, weights = self._postings[term]
                total[rows] += times * weights
        return total


class Wording:
    """BM25 over single terms and over neighbouring pairs: words that stand together count more."""

    PAIR_WEIGHT = 0.3  # chosen on the development half of ObliQA

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        held = [tuple(row) for row in rows]
        self.single = Lexicon(held)
        self._pairs = Lexicon([pairs_of(row) for row in held])

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The score of every row for a query's terms in their order, shape (rows,)."""
        total: NDArray[np.float32] = self.single.scores(terms) + np.float32(
            self.PAIR_WEIGHT
        ) * self._pairs.scores(pairs_of(terms))
        return total


def pairs_of(terms: Sequence[str]) -> list[str]:
    """Each term with the one after it."""
    return [f"{left} {right}" for left, right in pairwise(terms)]


def _weigh(
    pairs: list[tuple[int, int]], norm: NDArray[np.float32], k1: float, idf: float
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    rows = np.fromiter((row for row, _ in pairs), dtype=np.int64, count=len(pairs))
    counts = np.fromiter((count for _, count in pairs), dtype=np.float32, count=len(pairs))
    return rows, (idf * counts * (k1 + 1) / (counts + norm[rows])).astype(np.float32)
