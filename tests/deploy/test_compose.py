"""docker-compose.yml agrees with the program: settings that exist, versions that are pinned.

No Docker engine is needed, and none is used: this reads the file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import BotSettings
from knowledge.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="needs PyYAML")
    told: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return told


def test_every_setting_of_the_bot_is_one_that_exists(compose: dict[str, Any]) -> None:
    known = {f"SAFEPOLICING_{name}".upper() for name in Settings.model_fields}
    for model in (Settings, BotSettings):
        for name, field in model.model_fields.items():
            known.add(name.upper())
            choices = getattr(field.validation_alias, "choices", [])
            known |= {str(choice).upper() for choice in choices}
    assert set(compose["services"]["bot"]["environment"]) <= known


def test_every_service_has_a_health_check_and_a_volume_for_what_it_keeps(
    compose: dict[str, Any],
) -> None:
    for name, service in compose["services"].items():
        assert service.get("healthcheck"), name
        assert service.get("volumes"), name
    kept = {volume.split(":")[0] for s in compose["services"].values() for volume in s["volumes"]}
    assert kept == set(compose["volumes"])


def test_the_images_are_pinned_and_chroma_is_the_client_s_version(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    assert all(":" in image or image == "safepolicing" for image in images)
    client = re.search(r'"chromadb==([\d.]+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert client is not None
    assert compose["services"]["chroma"]["image"].endswith(f":{client[1]}")


def test_the_bots_start_after_what_they_need(compose: dict[str, Any]) -> None:
    needs = compose["services"]["bot"]["depends_on"]
    assert needs["ingest"]["condition"] == "service_completed_successfully"
    assert needs["postgres"]["condition"] == "service_healthy"
