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


def check_keys(where: str, table: Mapping[str, object], keys: set[str]) -> None:
    """Raises `ValueError` naming the first key that nobody reads; the loader names the file."""
    unknown = sorted(set(table) - keys)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r} in {where}; known are {sorted(keys)}")


def refuse_unknown(where: str, table: Mapping[str, object], keys: set[str]) -> None:
    """Raises `KnowledgeError` naming the first key that nobody reads; `where` names the file."""
    try:
        check_keys(where, table, keys)
    except ValueError as error:
        raise KnowledgeError(str(error)) from error
