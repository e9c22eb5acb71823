"""Whether something is true or false, as a question: what is said inside is looked up, and the
answer is turned where it was called false.

"Is it a myth that X?", "am I wrong that X?" and "X, is that right?" all ask whether X holds. Where
a word of truth or blame is left after that, no yes and no no is safe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.conversation import Ask
from knowledge.errors import KnowledgeError
from knowledge.tables import read_toml, refuse_unknown

_FILE = Path(__file__).parents[1] / "data" / "answering" / "truth.toml"
_KEYS = {"pattern", "false", "asks", "examples"}


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A way to ask whether `inner` holds; `false` where a yes to it means that it does not.

    `asks` puts what is inside as a question where it is no sentence.
    """

    pattern: re.Pattern[str]
    false: bool
    asks: str
    examples: tuple[tuple[str, str], ...]


def unwrapped(ask: Ask) -> Ask:
    """`ask` with what it wants judged in place of the whole; itself where it is not put so."""
    inner, turned, found = ask.new.replace("\u2019", "'").strip(), False, False
    for _ in range(2):  # "it is true that X, isn't it?" is wrapped twice
        taken = _taken_off(inner)
        if taken is None:
            break
        inner, turned, found = taken[0], turned is not taken[1], True
    if not found:
        return ask
    return replace(ask, text=inner, new=inner, asserted=True, judged_false=turned)


def judges(text: str) -> bool:
    """Whether a word of truth or blame stands in `text`."""
    return _blame().search(text) is not None


@lru_cache(maxsize=1)
def load_wrappings(path: Path = _FILE) -> tuple[Wrapping, ...]:
    """Every wrapping in its order. Raises `KnowledgeError` naming the slip."""
    table = _table(path)
    try:
        return tuple(_wrapping(entry) for entry in table["wrapping"])
    except (KeyError, ValueError, re.error) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error


def _wrapping(entry: dict) -> Wrapping:  # type: ignore[type-arg]
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    return Wrapping(
        re.compile(entry["pattern"], re.IGNORECASE | re.DOTALL),
        entry["false"],
        entry.get("asks", "{x}"),
        tuple((asked, read) for asked, read in entry["examples"]),
    )


@lru_cache(maxsize=1)
def _blame() -> re.Pattern[str]:
    return re.compile("|".join(_table(_FILE)["blame"]["cues"]), re.IGNORECASE)


def _table(path: Path) -> dict[str, Any]:
    table = read_toml(path)
    refuse_unknown(path.name, table, {"wrapping", "blame"})
    refuse_unknown(f"{path.name} [blame]", table.get("blame", {}), {"cues"})
    return table


def _taken_off(text: str) -> tuple[str, bool] | None:
    for wrapping in load_wrappings():
        match = wrapping.pattern.match(text)
        if match:
            parts = {key: value.strip(" ,.?!") for key, value in match.groupdict().items() if value}
            return wrapping.asks.format(**parts), wrapping.false
    return None
