"""The wording and the cues of state notes: data, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.reviewing.language import compile_phrases
from knowledge.statelaw.rows import FOLDER
from knowledge.tables import read_toml, refuse_unknown

_FILE = FOLDER / "notes.toml"
_GROUPS = {"notes", "always", "law", "notices", "cues"}
_CUES = {"names_blood", "threat", "deadly", "deadly_force", "traps", "untrapped"}


@lru_cache(maxsize=1)
def load_says(path: Path = _FILE) -> Mapping[str, Any]:
    """The file by group. Raises `KnowledgeError` naming a key that nobody reads."""
    table = read_toml(path)
    refuse_unknown(path.name, table, _GROUPS)
    cues = table["cues"]
    if not isinstance(cues, dict):
        raise KnowledgeError(f"{path.name}: [cues] must be a table.")
    refuse_unknown(f"{path.name} [cues]", cues, _CUES)
    return MappingProxyType(table)


def say(group: str, name: str, **blanks: object) -> str:
    """A sentence with its blanks filled in."""
    text: str = load_says()[group][name]
    return text.format(**blanks)


def state_notice(name: str, **blanks: object) -> str:
    """A notice on the table itself; it holds no legal fact."""
    return say("notices", name, **blanks)


def has(cue: str, text: str) -> bool:
    """Whether a phrase of this cue stands in lower-case `text`."""
    return phrases(tuple(load_says()["cues"][cue])).search(text) is not None


def blank(cue: str, text: str) -> str:
    """`text` with the phrases of this cue overwritten by spaces."""
    found = phrases(tuple(load_says()["cues"][cue]))
    return found.sub(lambda match: " " * len(match.group()), text)


@lru_cache(maxsize=256)
def phrases(of: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for phrases written as in the language files."""
    return compile_phrases(of)
