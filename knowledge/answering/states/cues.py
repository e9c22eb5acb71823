"""The cues by which a question is seen to be about state law: data, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.places import state_names
from knowledge.retrieval import terms_of
from knowledge.statelaw.rows import FOLDER
from knowledge.tables import check_keys

_FILE = FOLDER / "asking.toml"
_KEYS = {"cues", "unless", "examples", "passes"}
_TEXTS = ("leads", "abstain", "general")


@dataclass(frozen=True, slots=True)
class Cue:
    """One kind of cue with sentences that it must catch and must let pass."""

    name: str
    cues: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    passes: tuple[str, ...]

    def caught(self, text: str) -> bool:
        """Whether a cue stands in `text` and no counter-cue does."""
        return any(cue.search(text) for cue in self.cues) and not any(
            cue.search(text) for cue in self.unless
        )


@lru_cache(maxsize=1)
def load_cues(path: Path = _FILE) -> Mapping[str, Cue]:
    """Every kind of cue by name. Raises `KnowledgeError` naming an unknown key."""
    table = _table(path)
    try:
        made = {name: _cue(name, table[name]) for name in table if name not in _TEXTS}
    except (ValueError, KeyError, re.error) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error
    return MappingProxyType(made)


def said(name: str, text: str) -> bool:
    """Whether a cue of that kind stands in `text`."""
    return load_cues()[name].caught(text)


def lead_for(asked: str, rule: str) -> str | None:
    """How the answer to a yes/no question opens for a rule, if it can open so."""
    found: str | None = _table(_FILE)["leads"].get(asked, {}).get(rule)
    return found


@lru_cache(maxsize=1)
def general_terms() -> frozenset[str]:
    """Terms that ask for nothing beside the rule on neck holds: law, states, and small words."""
    names = [*_table(_FILE)["general"]["words"], *state_names().values(), *state_names()]
    return frozenset(term for name in names for term in terms_of(name))


def message(name: str, **parts: object) -> str:
    """The message of an abstention with its blanks filled in."""
    text: str = _table(_FILE)["abstain"][name]
    return text.format(**parts)


def choices() -> tuple[str, ...]:
    """What to offer somebody whose state is not known."""
    return tuple(_table(_FILE)["abstain"]["which_choices"])


@lru_cache(maxsize=1)
def _table(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _cue(name: str, entry: Mapping[str, Any]) -> Cue:
    check_keys(f"[{name}]", entry, _KEYS)
    return Cue(
        name,
        tuple(re.compile(cue, re.IGNORECASE | re.DOTALL) for cue in entry["cues"]),
        tuple(re.compile(cue, re.IGNORECASE | re.DOTALL) for cue in entry.get("unless", ())),
        tuple(entry["examples"]),
        tuple(entry["passes"]),
    )
