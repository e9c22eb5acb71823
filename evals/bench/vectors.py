"""Vectors of a benchmark's texts, kept between runs outside the repository, in pieces."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.embedding import IngestEmbedder
from knowledge.embedding import Vectors as Rows

PIECE = 512  # texts that are embedded and stored at once: an interrupted run goes on from there


def kept_vectors(
    texts: Sequence[str],
    embedder: IngestEmbedder,
    folder: Path,
    tick: Callable[[int, int], None] = lambda done, total: None,
) -> Rows:
    """One unit row a text; a piece that another run has stored is not embedded again."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = []
    for start in range(0, len(texts), PIECE):
        pieces.append(_piece(list(texts[start : start + PIECE]), embedder, folder))
        tick(min(start + PIECE, len(texts)), len(texts))
    return np.concatenate(pieces)


def _piece(texts: Sequence[str], embedder: IngestEmbedder, folder: Path) -> Rows:
    digest = hashlib.sha256("\0".join([embedder.fingerprint, *texts]).encode()).hexdigest()
    path = folder / f"{digest[:24]}.npy"
    if path.is_file():
        return np.asarray(np.load(path), dtype=np.float32)
    rows = embedder.embed(texts)
    partial = path.with_suffix(".partial.npy")
    np.save(partial, rows)
    partial.rename(path)
    return rows
