"""Data files that a policy person edits: read whole, and refused where nobody would read a key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError


def read_toml(path: Path) -> dict[str, Any]:
    """The table in the file. Raises `KnowledgeError` when it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise KnowledgeError(f"{path.name} cannot be read: {error}") from error


def refuse_unknown(name: str, table: Mapping[str, object], keys: set[str]) -> None:
    """Raises `KnowledgeError` naming the first key that nobody reads."""
    unknown = sorted(set(table) - keys)
    if unknown:
        raise KnowledgeError(f"{name}: unknown key {unknown[0]!r}; known are {sorted(keys)}.")
