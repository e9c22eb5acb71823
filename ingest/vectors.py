"""Vectors of texts: those of an earlier release are used again, only new texts are embedded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding import Embedder, IngestEmbedder, Vectors, open_embedder
from knowledge.errors import SettingsError
from knowledge.progress import Progress
from knowledge.workers import Lost, Workers

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


@dataclass(frozen=True, slots=True)
class Reading:
    """Which model reads, who does it, and who is told (done, all). No workers: this process."""

    embedder: IngestEmbedder
    workers: Workers | None = None
    progress: Progress | None = None


def embed_texts(
    texts: Sequence[str],
    reading: Reading,
    home: Path,
    *,
    known: Mapping[str, NDArray[np.float32]],
) -> tuple[Vectors, int]:
    """One row a text, and how many texts had to be embedded; progress counts those alone.

    Raises: `SettingsError` when a worker cannot embed.
    """
    made: dict[str, NDArray[np.float32]] = {}
    new = sorted({text for text in texts if text_key(text) not in known}, key=_by_length)
    batches = [new[start : start + BATCH] for start in range(0, len(new), BATCH)]
    for batch, vectors in zip(batches, _embedded(batches, reading, home), strict=True):
        made.update(zip(map(text_key, batch), vectors, strict=True))
        if reading.progress is not None:
            reading.progress(len(made), len(new))
    keys = map(text_key, texts)
    rows = [made[key] if key in made else known[key] for key in keys]
    return np.asarray(rows, dtype=np.float32), len(new)


def _embedded(batches: Sequence[Sequence[str]], reading: Reading, home: Path) -> Iterator[Vectors]:
    """The rows of each batch, in order."""
    if reading.workers is None:
        embedder = reading.embedder.at(home)
        yield from (embedder.embed(batch) for batch in batches)
        return
    reading.embedder.export_to(home)  # before workers of this machine look for it
    tasks = [Batch(tuple(batch), reading.embedder.model, home) for batch in batches]
    for outcome in reading.workers.each(embed_batch, tasks):
        if isinstance(outcome, Lost):
            told = f"{outcome.why} {outcome.error}".strip()
            raise SettingsError(
                f"A worker could not embed ({told}); check that every node has the same version "
                "and the model, or leave SAFEPOLICING_EMBED_ENGINE out."
            )
        yield outcome


@dataclass(frozen=True, slots=True)
class Batch:
    """What a worker is handed: texts, the model's name, and the home that may hold its export."""

    texts: tuple[str, ...]
    model: str
    home: Path


def embed_batch(batch: Batch) -> Vectors:
    """One unit row a text. The model is opened once in each process."""
    return _open_once(batch.model, batch.home).embed(batch.texts)


@lru_cache(maxsize=2)
def _open_once(model: str, home: Path) -> Embedder:
    return open_embedder(model, home)


def _by_length(text: str) -> tuple[int, str]:
    return -len(text), text  # long ones first: the rate shown only gets better
