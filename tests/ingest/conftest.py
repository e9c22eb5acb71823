"""A small knowledge base, and settings of a home of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.settings import Settings
from knowledge.sources import Knowledge
from tests.conftest import MODEL
from tests.ingest.small import knowledge_of


@pytest.fixture
def settings(model_home: Path) -> Settings:
    return Settings(home=model_home, model=MODEL)


@pytest.fixture
def small() -> Knowledge:
    return knowledge_of(
        "EO 13929 asks that chokeholds be banned except where deadly force is lawful.",
        "EO 13929 asks that policies follow all laws that apply.",
    )
