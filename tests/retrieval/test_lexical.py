"""BM25 against the formula written out, and the fusion of two orders."""

import math

import numpy as np
import pytest

from knowledge.retrieval import Lexicon, rank

ROWS = [("a", "b"), ("a", "a", "c"), ("d",)]


def _by_hand(term: str, row: tuple[str, ...]) -> float:
    holders = sum(term in other for other in ROWS)
    idf = math.log(1 + (len(ROWS) - holders + 0.5) / (holders + 0.5))
    count, mean = row.count(term), sum(map(len, ROWS)) / len(ROWS)
    return idf * count * 2.2 / (count + 1.2 * (0.4 + 0.6 * len(row) / mean))


@pytest.mark.parametrize("query", [("a",), ("a", "c"), ("d", "d"), ("z",)])
def test_scores_are_bm25(query: tuple[str, ...]) -> None:
    wanted = [sum(_by_hand(term, row) for term in query) for row in ROWS]
    assert Lexicon(ROWS).scores(query) == pytest.approx(wanted, rel=1e-5)


def test_a_term_that_no_row_holds_weighs_most() -> None:
    lexicon = Lexicon(ROWS)
    assert "z" not in lexicon
    assert lexicon.idf("z") > lexicon.idf("d") > lexicon.idf("a")


def test_fusion_needs_both_and_survives_a_flat_score() -> None:
    lexical = np.array([3.0, 2.0, 0.0], dtype=np.float32)
    dense = np.array([0.1, 0.9, 0.2], dtype=np.float32)
    assert int(np.argmax(rank(lexical, dense, share=0.5))) == 1
    flat = np.zeros(3, dtype=np.float32)
    assert list(np.argsort(-rank(lexical, flat))) == [0, 1, 2]
    assert rank(flat, flat).tolist() == [0.0, 0.0, 0.0]


def test_nothing_indexed_finds_nothing() -> None:
    assert Lexicon([]).scores(("a",)).shape == (0,)
