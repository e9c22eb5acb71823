"""The command line's own sentences, from `data/terminal.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "terminal.toml"


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, str]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def say(name: str, /, **values: object) -> str:
    """The sentence called `name`, its blanks filled."""
    return _sentences()[name].format(**values)
