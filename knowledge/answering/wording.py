"""The sentences an answer says of itself: data, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "answering" / "wording.toml"


@lru_cache(maxsize=1)
def _wording() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def notice(name: str, **parts: object) -> str:
    """The notice of this name with its parts filled in."""
    return _wording()["notices"][name].format(**parts)


def refusal(name: str, **parts: object) -> str:
    """The message of an abstention with its parts filled in."""
    return _wording()["abstain"][name].format(**parts)


def open_choices() -> tuple[str, ...]:
    """Questions to offer somebody of whose question nothing was understood."""
    return tuple(_wording()["choices"]["open"].splitlines())
