"""Every digest statement is found by at least one of its own questions, in the real index."""

from __future__ import annotations

from pathlib import Path

from knowledge.catalogue import check_reach
from knowledge.index import open_index
from knowledge.retrieval import Retriever
from knowledge.sources import load_knowledge


def test_every_statement_is_reached(real_home: Path) -> None:
    known = load_knowledge()
    index = open_index(real_home, knowledge=known)

    def nearest(query: str, count: int) -> list[tuple[str, str, float]]:
        near = index.store.nearest(index.embedder.embed([query])[0], count)
        return [(row.passage, row.text, row.score) for row in near]

    retriever = Retriever(known, nearest)
    try:
        assert check_reach(known, lambda ask: [f.statement.id for f in retriever.find(ask)]) == ()
    finally:
        index.close()
