"""What a packet is made of, whatever it is written as: headings, texts, quotes, lists, tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Literal

from knowledge.errors import KnowledgeError
from knowledge.reading import Document
from knowledge.types import Review

_FILE = Path(__file__).parents[1] / "data" / "packet.toml"
_BLANKS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "of_file": frozenset({"name"}),
        "fingerprint": frozenset({"digest"}),
        "made": frozenset({"as_of", "release"}),
        "state": frozenset({"state"}),
        "quoted": frozenset({"where", "role"}),
        "one_more": frozenset({"count", "where"}),
        "more_places": frozenset({"count", "where"}),
        "on_page": frozenset({"page"}),
        "in_section": frozenset({"section"}),
        "rests_on": frozenset({"marks"}),
        "checklist_state": frozenset({"state"}),
        "checklist_none": frozenset({"state"}),
        "checklist_from": frozenset({"title", "pinpoint", "seen", "status"}),
        "page_number": frozenset({"page"}),
        "done": frozenset({"docx", "pdf"}),
    }
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The document that a packet is about, with its review and the hash of its file."""

    document: Document
    review: Review
    digest: str


@dataclass(frozen=True, slots=True)
class Text:
    """A heading of a level, a paragraph, a warning, small print, or words of the document."""

    style: Literal["title", "head", "subhead", "text", "strong", "small", "quote"]
    words: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `boxes` are for ticking off."""

    lines: tuple[str, ...]
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on, with what belongs there."""

    label: str


Part = Text | Items | Grid | Blank


def say(name: str, /, **values: object) -> str:
    """The packet's sentence called `name`, its blanks filled. Raises: `KnowledgeError`."""
    return load_packet_words()[name].format(**values)


@lru_cache(maxsize=1)
def load_packet_words(file: Path = _FILE) -> Mapping[str, str]:
    """The sentences by name, every blank checked. Raises: `KnowledgeError` naming the slip."""
    with file.open("rb") as opened:
        told = tomllib.load(opened)
    for name, sentence in told.items():
        if not isinstance(sentence, str):
            raise KnowledgeError(f"bot/data/packet.toml: {name} is not a sentence.")
        blanks = {blank for _, blank, _, _ in Formatter().parse(sentence) if blank}
        odd = ", ".join(sorted(blanks - _BLANKS.get(name, frozenset())))
        if odd:
            raise KnowledgeError(f"bot/data/packet.toml: {name} has unknown blanks: {odd}.")
    return MappingProxyType(told)
