"""A question put into the words of the field: Spanish, slang, abbreviations and slips.

What people typed is kept beside it; only what is looked up is put plainly. The words are data.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeError

_FOLDER = Path(__file__).parents[1] / "data" / "answering"
_FISCAL = re.compile(r"\b(?:FY|fiscal year)\s?['\u2019]?(\d\d)\b(?!\d)", re.IGNORECASE)
_ENOUGH = 2  # Spanish marks in a message from which it is read as Spanish


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases with what each is read as, and the pattern that finds the longest first."""

    meant: Mapping[str, str]
    pattern: re.Pattern[str]

    def read(self, text: str) -> str:
        """`text` with every phrase replaced."""
        return self.pattern.sub(lambda match: self.meant[_key(match.group(0))], text)


def plain_english(text: str) -> str:
    """`text` in the words of the field. Order numbers, dates and places stay as they are."""
    read = in_english(text) if is_spanish(text) else text
    return " ".join(_english().read(read).split())


def with_fiscal_years(text: str) -> str:
    """`text` with fiscal years in full: the sources never say "FY23"."""
    return _FISCAL.sub(r"FY20\1", text)


def is_spanish(text: str) -> bool:
    """Whether a message is in Spanish, as far as its small words tell."""
    words = re.findall(r"[^\W\d_]+", _folded(text).casefold())
    marks = sum(word in _markers("words") for word in words)
    if sum(word in _markers("english") for word in words) >= max(marks, 1):
        return False
    opened = bool(re.search(r"[¿¡]", text))
    return (opened and marks >= 1) or (marks >= _ENOUGH and marks * 4 >= len(words))


def in_english(text: str) -> str:
    """A Spanish message word for word in English: enough to look up, not to read aloud."""
    return " ".join(_spanish().read(_folded(text).replace("¿", "").replace("¡", "")).split())


def _folded(text: str) -> str:
    """`text` without its accents: people leave them out."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _key(phrase: str) -> str:
    return re.sub(r"[\s-]+", " ", phrase.casefold())


@lru_cache(maxsize=1)
def _english() -> _Phrases:
    return _phrases("plain_words.toml", "english")


@lru_cache(maxsize=1)
def _spanish() -> _Phrases:
    return _phrases("spanish.toml", "phrases")


@lru_cache(maxsize=2)
def _markers(language: str) -> frozenset[str]:
    table = tomllib.loads((_FOLDER / "spanish.toml").read_text(encoding="utf-8"))
    return frozenset(table["markers"][language].split())


def _phrases(file: str, section: str) -> _Phrases:
    table = tomllib.loads((_FOLDER / file).read_text(encoding="utf-8"))[section]
    wrong = sorted(key for key, value in table.items() if not isinstance(value, str))
    if wrong:
        raise KnowledgeError(f"{file}: {wrong[0]!r} is not put into words.")
    meant = {_key(key): value for key, value in table.items()}
    names = sorted(meant, key=len, reverse=True)
    each = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in names)
    return _Phrases(meant, re.compile(rf"(?<![\w.'])(?:{each})(?![\w'])(?!\.\w)", re.IGNORECASE))
