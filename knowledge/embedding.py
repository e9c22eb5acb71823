"""Texts to vectors: sentence-transformers, and its export for whoever has one.

The export is made once, from the model as sentence-transformers loads it, and held against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding_onnx import (
    OnnxEmbedder,
    count_tokens,
    export,
    exported,
    open_tokenizer,
)
from knowledge.model_files import ModelFiles, find_model

Vectors = NDArray[np.float32]
BATCH = 32


class Embedder(Protocol):
    """Turns texts into rows of unit length. `limit` is in tokens, as `count` counts them."""

    @property
    def model(self) -> str:
        """The model as settings name it."""

    @property
    def limit(self) -> int:
        """The most tokens that one text may have and still be read whole."""

    def count(self, text: str) -> int:
        """Tokens of the whole text, with the model's own marks at both ends."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text, in order; what exceeds the limit is not read."""


class IngestEmbedder(Embedder, Protocol):
    """An embedder for passages: it can be told from another and hands its model on."""

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that change when the model does."""

    def export_to(self, home: Path) -> Path | None:
        """The export that questions use from now on, or None where none could be made."""

    def at(self, home: Path) -> Embedder:
        """The same model by way of its export under `home`; itself where none could be made."""


class TransformerEmbedder:
    """sentence-transformers on the CPU. Loads torch at the first text or export, not before."""

    def __init__(self, files: ModelFiles) -> None:
        self.model = files.name
        self.limit = files.limit
        self.fingerprint = files.fingerprint
        self._files = files
        self._tokenizer = open_tokenizer(files.tokenizer)
        self._module: Any = None

    def count(self, text: str) -> int:
        """Tokens of the whole text, with the model's own marks at both ends."""
        return count_tokens(self._tokenizer, text)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text, in order; what exceeds the limit is not read."""
        rows = self._loaded().encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32)

    def export_to(self, home: Path) -> Path | None:
        """The export that questions use from now on, or None where none could be made."""
        done = exported(self._files, home)
        return done if done is not None else export(self._files, home, self._loaded())

    def at(self, home: Path) -> Embedder:
        """The same model by way of its export under `home`; itself where none could be made."""
        folder = self.export_to(home)
        return self if folder is None else OnnxEmbedder(self._files, folder)

    def _loaded(self) -> Any:
        if self._module is None:
            self._module = _load(self._files)
        return self._module


def open_embedder(model: str, home: Path | None = None) -> Embedder:
    """The embedder for questions: the export under `home` if there is one, else the original.

    Raises: `SettingsError` when the model is not on this machine; nothing is downloaded.
    """
    files = find_model(model)
    folder = exported(files, home) if home is not None else None
    return OnnxEmbedder(files, folder) if folder is not None else TransformerEmbedder(files)


def open_ingest_embedder(model: str) -> TransformerEmbedder:
    """The embedder for passages. Raises: `SettingsError` as `open_embedder`."""
    return TransformerEmbedder(find_model(model))


def _load(files: ModelFiles) -> Any:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    module = SentenceTransformer(str(files.folder), device="cpu", local_files_only=True)
    module.max_seq_length = files.limit
    return module
