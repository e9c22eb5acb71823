"""Load test: how long ingest takes beside the embedding alone, for growing numbers of passages.

    python -m ingest.load FILE.json [NUMBER ...]

FILE holds a list of objects with a "Passage" (or "text") each. They are taken in as one agency
collection, in a home of their own that is removed afterwards.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.build import Collection, Parts, add_collection
from knowledge.embedding import Embedder, IngestEmbedder, open_ingest_embedder
from knowledge.settings import Settings
from knowledge.sources import Knowledge, build_knowledge

NUMBERS = (1000, 4000, 13000)


@dataclass(frozen=True, slots=True)
class Timed:
    """One run: seconds of the whole ingest and of the embedding in it."""

    given: int
    passages: int
    seconds: float
    embedding: float


class Watched:
    """An embedder whose time is counted. The model is loaded and exported before that."""

    def __init__(self, inner: IngestEmbedder, home: Path) -> None:
        self._inner = inner
        self._reader: Embedder = inner.at(home)
        self._reader.embed(["warm"])
        self.seconds = 0.0
        self.model, self.limit, self.fingerprint = inner.model, inner.limit, inner.fingerprint

    def count(self, text: str) -> int:
        """As the embedder that is watched."""
        return self._inner.count(text)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder that is watched; its seconds are added up."""
        started = time.perf_counter()
        rows = self._reader.embed(texts)
        self.seconds += time.perf_counter() - started
        return rows

    def export_to(self, home: Path) -> Path | None:
        """As the embedder that is watched."""
        return self._inner.export_to(home)

    def at(self, home: Path) -> Watched:
        """Itself: what is read through it is counted."""
        return self


def timed(texts: Sequence[str], embedder: IngestEmbedder) -> Timed:
    """An ingest of these texts as one manual, in an empty home."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        manual = Path(folder) / "manual.md"
        manual.write_text(_manual(texts), encoding="utf-8")
        watched = Watched(embedder, home)
        started = time.perf_counter()
        report = add_collection(
            Settings(home=home), Collection("load", "load"), [manual],
            parts=Parts(_nothing_known(), watched),
        )  # fmt: skip
        seconds = time.perf_counter() - started
        return Timed(len(texts), report.passages, seconds, watched.seconds)


def main(arguments: Sequence[str]) -> int:
    """The table is printed, with the machine's load beside it."""
    if not arguments or not Path(arguments[0]).is_file():
        _say("Name a JSON file of passages: python -m ingest.load FILE.json [NUMBER ...]")
        return 2
    entries: list[dict[str, Any]] = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    texts = [
        text
        for entry in entries
        if (text := str(entry.get("Passage") or entry.get("text") or "").strip())
    ]
    numbers = [int(number) for number in arguments[1:]] or list(NUMBERS)
    embedder = open_ingest_embedder(Settings().model)
    _say("given  passages  ingest s  embedding s  ratio  passages/s  machine load")
    for number in numbers:
        run = timed(texts[:number], embedder)
        _say(
            f"{run.given:5}  {run.passages:8}  {run.seconds:8.1f}  {run.embedding:11.1f}  "
            f"{run.seconds / run.embedding:5.2f}  {run.passages / run.seconds:10.1f}  "
            f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        )
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _manual(texts: Sequence[str]) -> str:
    """Each text under a number of its own, three levels deep, as manuals have them."""
    parts = []
    for number, text in enumerate(texts):
        chapter, rest = divmod(number, 400)
        heading = f"{chapter + 100}.{rest // 20 + 1}.{rest % 20 + 1} PART"
        parts.append(f"{heading}\n{' '.join(text.split())}\n")
    return "\n".join(parts)


def _nothing_known() -> Knowledge:
    return build_knowledge(())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
