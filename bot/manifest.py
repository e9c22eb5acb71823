"""What the app asks Slack for, as `manifest.json` at the top says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent.parent / "manifest.json"
# Where the program runs without its manifest, as installed from a wheel; a test compares both.
SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
    "mpim:history",
    "mpim:read",
    "users:read",
)


def read_manifest(manifest: Path = MANIFEST) -> dict[str, Any]:
    """The manifest; empty where there is none."""
    if not manifest.is_file():
        return {}
    told: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return told


def wanted_scopes() -> list[str]:
    """The bot permissions that the app asks for."""
    return list(SCOPES)
