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


def companions(ask: Ask, as_of: date, library: Library) -> list[DigestStatement]:
    """The first statement of each section that the topic of `ask` brings along on this day."""
    brought: list[DigestStatement] = []
    for entry in _companions():
        if as_of < entry["from"] or not re.search(entry["cue"], ask.text, re.IGNORECASE):
            continue
        wanted = section_id(entry["source"], entry["pinpoint"])
        fitting = [
            item
            for item in library.knowledge.statements.values()
            if item.section == wanted
            and holds_on(item, as_of, library.knowledge, frozenset([item.source]))
        ]
        brought.extend(fitting[:1])
    return brought
