"""A reviewer by meaning: each sentence goes to the example that lies nearest to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from evals.verdicts import Verdicts
from knowledge.embedding import Embedder, Vectors

NAME = "embedding similarity"
_FILE = Path(__file__).parents[1] / "data" / "baseline_examples.toml"
_SENTENCE = re.compile(r"\S.+?(?:[.;:](?=\s|$)|\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that would get `verdict` on `standard`."""

    standard: str
    verdict: str
    text: str


@dataclass(frozen=True, slots=True)
class Similarity:
    """Examples with their vectors; sentences farther than `cut` (cosine) address nothing."""

    embedder: Embedder
    examples: tuple[Example, ...]
    vectors: Vectors
    cut: float

    def verdicts(self, text: str) -> Verdicts:
        """Each standard by its nearest sentence; the evidence is that sentence."""
        spans = list(sentence_spans(text))
        if not spans:
            return Verdicts({})
        near = self.embedder.embed([text[start:end] for start, end in spans]) @ self.vectors.T
        names = dict.fromkeys(example.standard for example in self.examples)
        found = {name: self._nearest(name, near) for name in names}
        return Verdicts(
            {name: verdict for name, (verdict, _) in found.items()},
            {
                name: [spans[n]]
                for name, (verdict, n) in found.items()
                if verdict != "not_addressed"
            },
        )

    def _nearest(self, standard: str, near: Vectors) -> tuple[str, int]:
        columns = [n for n, example in enumerate(self.examples) if example.standard == standard]
        picked = near[:, columns]
        row, column = np.unravel_index(int(picked.argmax()), picked.shape)
        if picked[row, column] < self.cut:
            return "not_addressed", int(row)
        return self.examples[columns[int(column)]].verdict, int(row)


def open_similarity(embedder: Embedder) -> Similarity:
    """The examples of `baseline_examples.toml`, embedded."""
    examples, cut = load_examples()
    vectors = embedder.embed([example.text for example in examples])
    return Similarity(embedder, tuple(examples), vectors, cut)


@lru_cache(maxsize=1)
def load_examples() -> tuple[Sequence[Example], float]:
    """The examples and the cut-off of the data file."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [Example(**entry) for entry in table["example"]], float(table["cut"])


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences and lines of `text`."""
    for match in _SENTENCE.finditer(text):
        yield match.start(), match.start() + len(match.group().rstrip())
