"""Questions that lack one word: asked back, with what is known meanwhile."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.answering.conversation import Ask
from knowledge.types import Abstention, AbstentionKind

_FILE = Path(__file__).parents[1] / "data" / "answering" / "ambiguous.toml"


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A question that needs a state; `text` is a query for what can be said meanwhile."""

    abstention: Abstention
    cues: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    text: str
    examples: tuple[str, ...]
    passes: tuple[str, ...]


@lru_cache(maxsize=1)
def load_asked_back() -> tuple[AskedBack, ...]:
    """Every kind of question that is asked back, from the data."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_entry(entry) for entry in table["question"])


def _entry(entry: dict) -> AskedBack:  # type: ignore[type-arg]
    return AskedBack(
        Abstention(AbstentionKind.AMBIGUOUS, entry["message"], tuple(entry["choices"])),
        tuple(re.compile(cue, re.IGNORECASE) for cue in entry["cues"]),
        tuple(re.compile(cue, re.IGNORECASE) for cue in entry.get("unless", ())),
        entry["text"],
        tuple(entry["examples"]),
        tuple(entry["passes"]),
    )


def asked_back(ask: Ask, talking: bool) -> AskedBack | None:
    """What `ask` is asked back for when no state is known; `talking` if turns came before."""
    if ask.states or ask.setting == "campus":
        return None
    for entry in load_asked_back():
        text = ask.text if talking else ask.new
        if any(cue.search(text) for cue in entry.cues) and not any(
            cue.search(text) for cue in entry.unless
        ):
            return entry
    return None
