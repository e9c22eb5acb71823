"""Okapi BM25 as the package `rank-bm25` has it, over the words of the rows that Chroma holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.baselines.found import Near
from knowledge.retrieval.find import row_texts
from knowledge.sources import Knowledge

NAME = "BM25"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Bm25:
    """A scorer over rows; `statements` names the statement of each."""

    scorer: Any
    statements: tuple[str, ...]

    def scored(self, text: str, count: int) -> Sequence[Near]:
        """The best rows, best first; rows that share no word are left out."""
        scores = self.scorer.get_scores(words_of(text))
        order = np.argsort(-scores, kind="stable")[:count]
        return [Near(self.statements[n], float(scores[n])) for n in order if scores[n] > 0]


def open_bm25(known: Knowledge) -> Bm25:
    """BM25 over every row of the knowledge base. Raises: `ImportError` without rank-bm25."""
    from rank_bm25 import BM25Okapi

    rows = [(s.id, text) for s in known.statements.values() for _, text in row_texts(s)]
    return Bm25(BM25Okapi([words_of(text) for _, text in rows]), tuple(key for key, _ in rows))


def words_of(text: str) -> list[str]:
    """Words in small letters; no stemming, no names of the field."""
    return _WORD.findall(text.casefold())
