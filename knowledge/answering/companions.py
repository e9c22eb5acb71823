"""Statements that a topic always brings along: today's grants bring the notice of funding."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.conversation import Ask
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.sources import DigestStatement, section_id

_FILE = Path(__file__).parents[1] / "data" / "answering" / "companions.toml"


@lru_cache(maxsize=1)
def _companions() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(_FILE.read_text(encoding="utf-8"))["companion"])


def companions(ask: Ask, as_of: date, library: Library, *, place: str) -> list[DigestStatement]:
    """The statements that the topic of `ask` brings along on this day, at this place."""
    text = f"{ask.told} {ask.text}"
    for entry in _companions():
        if entry["place"] != place or as_of < entry["from"] or not _fits(entry, text):
            continue
        brought = [_first(told, as_of, library) for told in entry["told"]]
        return [statement for statement in brought if statement is not None]
    return []


def _fits(entry: Mapping[str, Any], text: str) -> bool:
    found = re.search(entry["cue"], text, re.IGNORECASE | re.DOTALL)
    return bool(found) and not re.search(entry["unless"], text, re.IGNORECASE)


def _first(told: Mapping[str, str], as_of: date, library: Library) -> DigestStatement | None:
    wanted = section_id(told["source"], told["pinpoint"])
    fitting = (
        item
        for item in library.knowledge.statements.values()
        if item.section == wanted
        and told.get("words", "") in item.text
        and holds_on(item, as_of, library.knowledge, frozenset([item.source]))
    )
    return next(fitting, None)
