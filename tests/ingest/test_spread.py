"""Embedding spread over workers: the same release, and the same vectors but for rounding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.build import build_index
from ingest.vectors import Reading, embed_texts, load_vectors
from knowledge.embedding import TransformerEmbedder
from knowledge.errors import SettingsError
from knowledge.index import release_folder
from knowledge.settings import Settings
from knowledge.workers import Lost, open_workers
from tests.conftest import home_with_model
from tests.ingest.small import knowledge_of

KNOWN = knowledge_of("EO 13929 asks that chokeholds be banned.", "Force follows every law.")


Made = tuple[str, dict[str, np.ndarray]]
"""A release, and its vectors by text."""


def made_by(engine: str, home: Path, embedder: TransformerEmbedder) -> Made:
    settings = Settings.model_validate({"home": home, "embed_engine": engine})
    release = build_index(settings, knowledge=KNOWN, embedder=embedder).release
    return release, load_vectors(release_folder(home, release))


@pytest.fixture(scope="module")
def alone(
    embedder: TransformerEmbedder, exported_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Made:
    """What this process makes by itself."""
    home = home_with_model(tmp_path_factory.mktemp("alone") / "home", exported_model)
    return made_by("one", home, embedder)


@pytest.mark.parametrize("engine", ["cores", "ray"])
def test_the_release_is_the_same_whoever_embeds(
    engine: str,
    alone: Made,
    model_home: Path,
    embedder: TransformerEmbedder,
    request: pytest.FixtureRequest,
) -> None:
    if engine == "ray":
        request.getfixturevalue("ray_cluster")
    release, there = made_by(engine, model_home, embedder)
    assert release == alone[0]
    here = alone[1]
    assert here.keys() == there.keys()
    for key in here:
        assert float(np.dot(here[key], there[key])) == pytest.approx(1.0, abs=1e-5)


def test_a_worker_that_cannot_embed_ends_the_build_in_one_sentence(
    model_home: Path, embedder: TransformerEmbedder
) -> None:
    class Losing:
        def each(self, work: object, items: object) -> object:
            yield Lost("failed", "ImportError")

    with pytest.raises(SettingsError, match="could not embed"):
        embed_texts(["a text"], Reading(embedder, Losing()), model_home, known={})  # type: ignore[arg-type]


def test_nothing_new_asks_nobody(model_home: Path, embedder: TransformerEmbedder) -> None:
    rows, count = embed_texts([], Reading(embedder, open_workers("one")), model_home, known={})
    assert (len(rows), count) == (0, 0)
