"""Axes on which a question and a claim lean: required or optional, in force or revoked.

The words are data (`polarity.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.tables import read_toml, refuse_unknown

_FILE = Path(__file__).parents[1] / "data" / "answering" / "polarity.toml"
_ENTRIES = {
    "axis": {"name", "one", "other", "marked", "keeps"},
    "same": {"words"},
    "alike": {"cue", "reads"},
}
_WORDS = {name: {"words"} for name in ("neutral", "assumed", "weighty")}


@dataclass(frozen=True, slots=True)
class Axis:
    """`marked`: a claim that leans the other way answers only a question that touches the axis.

    `keeps`: its words are things, and so no mere leaning.
    """

    one: re.Pattern[str]
    other: re.Pattern[str]
    marked: bool
    keeps: bool

    def side(self, text: str) -> int:
        """1, -1, or 0 where the text does not touch this axis or touches both ends."""
        return bool(self.one.search(text)) - bool(self.other.search(text))

    def both(self, text: str) -> bool:
        """Whether `text` touches both ends, as "the revocation is still in effect" does."""
        return bool(self.one.search(text)) and bool(self.other.search(text))

    def without(self, text: str) -> str:
        """`text` without the words that lean."""
        return self.other.sub(" ", self.one.sub(" ", text))


@lru_cache(maxsize=1)
def polarity(path: Path = _FILE) -> Mapping[str, Any]:
    """The whole file. Raises `KnowledgeError` naming a key that nobody reads."""
    table = read_toml(path)
    refuse_unknown(path.name, table, {*_ENTRIES, *_WORDS, "kinds"})
    for name, keys in _ENTRIES.items():
        for entry in table[name]:
            refuse_unknown(f"{path.name} [[{name}]]", entry, keys)
    for name, keys in _WORDS.items():
        refuse_unknown(f"{path.name} [{name}]", table[name], keys)
    return table


@lru_cache(maxsize=1)
def axes() -> tuple[Axis, ...]:
    """The axes of the data, that of duty first."""
    return tuple(
        Axis(any_of(e["one"]), any_of(e["other"]), e.get("marked", False), e.get("keeps", False))
        for e in polarity()["axis"]
    )


@lru_cache(maxsize=8192)
def sides_of(text: str) -> tuple[int, ...]:
    """The side of `text` on every axis, in their order."""
    return tuple(axis.side(text) for axis in axes())


def duty_turned(asked: str, says: str) -> bool:
    """Whether one says required and the other optional: what is not mandatory is optional."""
    one, other = sides_of(asked)[0], sides_of(says)[0]
    return bool(one) and one == -other


def any_of(cues: list[str]) -> re.Pattern[str]:
    """One pattern for all cues, without regard to case."""
    return re.compile("|".join(cues), re.IGNORECASE)
