"""What every test may use: an index of the real knowledge base, built once a session."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.settings import Settings

SHARED = "SAFEPOLICING_SHARED"


@pytest.fixture(scope="session")
def real_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose index holds everything that is known, made with the bundled model."""
    from ingest.build import build_index

    home = tmp_path_factory.mktemp("home")
    build_index(Settings(home=home))
    return home


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of official texts and benchmarks beside the checkout; skips where none is."""
    folder = Path(os.environ.get(SHARED) or Path(__file__).resolve().parents[2] / "shared")
    if not folder.is_dir():
        pytest.skip("needs the folder shared/ beside the checkout, which is not there")
    return folder
