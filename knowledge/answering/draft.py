"""What a writer hands over: proposed, unchecked. Only `verify` makes statements of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are said to stand in the section with this id."""

    section: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence for the answer with the quotes that are said to bear it out."""

    text: str
    quotes: tuple[Quote, ...]


Draft = tuple[Claim, ...]
