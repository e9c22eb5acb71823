"""Plain dense retrieval: LangChain's stock retriever over the very Chroma that we search.

Same rows, same embedder, no fusion, no field knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.baselines.found import Near
from knowledge.embedding import Embedder
from knowledge.store import FEDERAL

NAME = "dense (LangChain)"


@dataclass(frozen=True, slots=True)
class Queries:
    """Our embedder, spoken to as LangChain speaks to embedders."""

    embedder: Embedder

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return [float(value) for value in self.embedder.embed([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of several texts."""
        return [[float(value) for value in row] for row in self.embedder.embed(texts)]


@dataclass(frozen=True, slots=True)
class Dense:
    """The stock retriever, and the same search with its distances."""

    store: Any
    rows: int

    def ranked(self, text: str) -> list[str]:
        """Statement ids as the stock retriever returns them, best first."""
        retriever = self.store.as_retriever(search_kwargs={"k": self.rows})
        return [str(document.metadata["passage"]) for document in retriever.invoke(text)]

    def scored(self, text: str, count: int) -> Sequence[Near]:
        """The nearest rows with their cosine."""
        found = self.store.similarity_search_with_score(text, k=count)
        return [Near(str(row.metadata["passage"]), 1.0 - float(far)) for row, far in found]


def open_dense(folder: Path, embedder: Embedder, *, rows: int) -> Dense:
    """The store in a release's `chroma` folder. Raises: `ImportError` without langchain-chroma."""
    import chromadb
    from chromadb.config import Settings
    from langchain_chroma import Chroma

    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    client = chromadb.PersistentClient(str(folder), settings=settings)
    queries: Any = Queries(embedder)
    return Dense(Chroma(FEDERAL, queries, client=client), rows)
