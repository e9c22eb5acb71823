"""Plain passages in order: by words, by meaning, both fused, then ranked again by what law offers.

    ranker = PassageRanker(texts)
    ranker.scores("Which notice is due under Rule 4.2?", cosines).reranked

This is the way of passages that have no statements, questions or claims of their own: official
texts, an agency's own, and a benchmark's. Nothing in it was trained.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.retrieval.fuse import rank
from knowledge.retrieval.lexical import Wording
from knowledge.retrieval.terms import terms_of

Scores = NDArray[np.float32]
_LOOKED_AT = 60  # passages of the fused order that are ranked again
_COVER = 2.0  # for a passage that holds every weighty word of the question
_IDENTIFIER, _MOST_IDENTIFIERS = 0.3, 3  # for each number or short name that both have
_BARE, _BARE_TERMS = 1.5, 6  # against a passage that is hardly more than a heading
# "18.5.1", "2(c)(ii)", "ORI": what a reader of law looks for exactly as it stands.
_EXACT = re.compile(r"\d+(?:\.\d+)+|\d+(?:\([a-z0-9]{1,4}\))+|\b[A-Z]{3,}\b|\b\d{4,}\b")


@dataclass(frozen=True, slots=True)
class PassageScores:
    """The scores of every passage after each step; only their order means something."""

    lexical: Scores
    dense: Scores
    fused: Scores
    reranked: Scores


class PassageRanker:
    """Ranks passages for a question. Built once for a list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        read = [terms_of(text) for text in texts]
        self._wording = Wording(read)
        self._terms = [frozenset(terms) for terms in read]
        self._exact = [frozenset(_EXACT.findall(text)) for text in texts]
        self._bare = np.asarray([len(terms) < _BARE_TERMS for terms in read], dtype=np.float32)

    def scores(self, query: str, dense: Scores) -> PassageScores:
        """Every step's scores, shape (passages,); `dense` are the cosines of the passages."""
        terms = terms_of(query)
        lexical = self._wording.scores(terms)
        fused = rank(lexical, dense)
        return PassageScores(lexical, dense, fused, self._again(query, terms, fused))

    def best(self, query: str, dense: Scores, count: int) -> tuple[int, ...]:
        """Numbers of the `count` likeliest passages, best first."""
        order = np.argsort(-self.scores(query, dense).reranked, kind="stable")
        return tuple(int(number) for number in order[:count])

    def _again(self, query: str, terms: Sequence[str], fused: Scores) -> Scores:
        """The fused scores with what speaks for or against the first passages added."""
        weights = {term: self._wording.single.idf(term) for term in terms}
        whole = sum(weights.values()) or 1.0
        exact = frozenset(_EXACT.findall(query))
        scores = fused.copy()
        first = np.argsort(-fused, kind="stable")[:_LOOKED_AT]
        for number in map(int, first):
            held = sum(weight for term, weight in weights.items() if term in self._terms[number])
            shared = min(len(exact & self._exact[number]), _MOST_IDENTIFIERS)
            scores[number] += _COVER * held / whole + _IDENTIFIER * shared
            scores[number] -= _BARE * self._bare[number]
        if first.size:  # what was not looked at stays behind
            scores[first] += max(0.0, float(fused.max() - scores[first].min()))
        return scores
