"""Plain passages: each step orders them, and the last one knows what law offers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.retrieval import PassageRanker

TEXTS = [
    "REPORTING",
    "A notice is due within ten days of an incident under Rule 4.2.1 of this chapter.",
    "A notice is due within thirty days of an incident under Rule 7.3 of this chapter.",
    "Officers keep their equipment clean and report damage to the quartermaster at once.",
]


def even() -> np.ndarray:
    return np.zeros(len(TEXTS), dtype=np.float32)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("When is the notice due under Rule 7.3?", 2),
        ("When is the notice due under Rule 4.2.1?", 1),
        ("Who is told of damaged equipment?", 3),
        ("What are the rules on reporting an incident?", 1),
    ],
)
def test_numbers_and_words_decide(query: str, first: int) -> None:
    assert PassageRanker(TEXTS).best(query, even(), 2)[0] == first


def test_meaning_counts_beside_words() -> None:
    dense = np.asarray([0.0, 0.1, 0.9, 0.0], dtype=np.float32)
    assert PassageRanker(TEXTS).best("something else entirely", dense, 1) == (2,)


@given(st.text(max_size=80), st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_any_text_is_ranked_whole(query: str, texts: list[str]) -> None:
    scores = PassageRanker(texts).scores(query, np.zeros(len(texts), dtype=np.float32))
    for step in (scores.lexical, scores.fused, scores.reranked):
        assert step.shape == (len(texts),)
        assert np.isfinite(step).all()
