"""Vectors of texts: those of an earlier release are used again, only new texts are embedded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Embedder

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
BATCH = 128  # texts between two reports of progress


def text_key(text: str) -> str:
    """The name of a text's vector; which model made it is the release's matter."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def load_vectors(folder: Path) -> dict[str, NDArray[np.float32]]:
    """The vectors that a release keeps, by text; none when its files are not whole."""
    try:
        keys = json.loads((folder / "vectors.json").read_text(encoding="utf-8"))
        rows = np.load(folder / "vectors.npy", mmap_mode="r")
    except (OSError, ValueError):
        return {}
    if len(keys) != len(rows):
        return {}
    return dict(zip(keys, rows, strict=True))


def save_vectors(folder: Path, texts: Sequence[str], vectors: Vectors) -> None:
    """`load_vectors(folder)` finds every one of these texts afterwards."""
    first = {text_key(text): number for number, text in reversed(list(enumerate(texts)))}
    np.save(folder / "vectors.npy", vectors[list(first.values())])
    (folder / "vectors.json").write_text(json.dumps(list(first)), encoding="utf-8")


def embed_texts(
    texts: Sequence[str],
    embedder: Embedder,
    *,
    known: Mapping[str, NDArray[np.float32]],
    progress: Progress | None = None,
) -> tuple[Vectors, int]:
    """One row a text, and how many texts had to be embedded; `progress` counts those alone."""
    made: dict[str, NDArray[np.float32]] = {}
    new = sorted({text for text in texts if text_key(text) not in known}, key=_by_length)
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        made.update(zip(map(text_key, batch), embedder.embed(batch), strict=True))
        if progress is not None:
            progress(len(made), len(new))
    keys = map(text_key, texts)
    rows = [made[key] if key in made else known[key] for key in keys]
    return np.asarray(rows, dtype=np.float32), len(new)


def _by_length(text: str) -> tuple[int, str]:
    return -len(text), text  # long ones first: the rate shown only gets better
