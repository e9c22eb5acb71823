"""Figures, months and people in a question or a claim: what may not be exchanged for another.

"Two years" and "2 years" are the same figure, "three years" is another. The words are data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.tables import read_toml, refuse_unknown

_FILE = Path(__file__).parents[1] / "data" / "answering" / "figures.toml"
_LISTS = ("units", "months", "people")
_DIGITS = re.compile(r"\d[\d,]*\d|\d")
_ORDER = re.compile(r"1[2-5]\d{3}$")
_SECTION = re.compile(
    r"\b(?:sections?|sec\.?|part)\s*\d+(?![\d(])|\d+(?:\([a-z0-9]{1,4}\))+|\$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text fixes: order numbers, other numbers with what they count, months and people."""

    orders: frozenset[str]
    numbers: frozenset[str]
    counted: frozenset[tuple[str, str]]
    months: frozenset[str]
    people: frozenset[str]

    @classmethod
    def none(cls) -> Figures:
        """No figures at all."""
        return cls(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())

    @property
    def units(self) -> frozenset[str]:
        """What the numbers count."""
        return frozenset(unit for _, unit in self.counted)

    def miscounts(self, other: Figures) -> bool:
        """Whether the same number counts one thing here and another there."""
        here, there = dict(self.counted), dict(other.counted)
        return any(here[number] != there[number] for number in here.keys() & there.keys())


@dataclass(frozen=True, slots=True)
class _Words:
    values: Mapping[str, str]
    spoken: re.Pattern[str]
    months: re.Pattern[str]
    people: re.Pattern[str]
    units: re.Pattern[str]


@lru_cache(maxsize=4096)
def figures_in(text: str) -> Figures:
    """The figures of `text`, numbers in words among them."""
    words = _words()
    plain = _SECTION.sub(" ", in_digits(text))
    found = [number.replace(",", "") for number in _DIGITS.findall(plain)]
    orders = frozenset(number for number in found if _ORDER.match(number))
    counted = ((n.replace(",", ""), unit.casefold()) for n, unit in words.units.findall(plain))
    return Figures(
        orders,
        frozenset(found) - orders,
        frozenset(counted),
        frozenset(month.casefold() for month in words.months.findall(plain)),
        frozenset(name.casefold() for name in words.people.findall(plain)),
    )


def in_digits(text: str) -> str:
    """`text` with numbers that are written out put in digits."""
    words = _words()
    return words.spoken.sub(lambda match: words.values[match.group(0).casefold()], text)


def without_figures(text: str) -> str:
    """`text` without its numbers, months and people; numbers of orders stay."""
    words = _words()
    plain = words.people.sub(" ", words.months.sub(" ", in_digits(text)))
    return _DIGITS.sub(lambda match: match.group(0) if _ORDER.match(match.group(0)) else " ", plain)


@lru_cache(maxsize=1)
def figure_words(path: Path = _FILE) -> Mapping[str, Any]:
    """The whole file. Raises `KnowledgeError` naming a key that nobody reads."""
    table = read_toml(path)
    refuse_unknown(path.name, table, {"numbers", "numbers_unless", *_LISTS, "acts"})
    refuse_unknown(f"{path.name} [numbers_unless]", table["numbers_unless"], {"cue"})
    for name in _LISTS:
        refuse_unknown(f"{path.name} [{name}]", table[name], {"words"})
    return table


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = figure_words()
    values = {word: str(value) for word, value in table["numbers"].items()}
    named = {word.partition("(")[0]: value for word, value in values.items()}
    units = "|".join(table["units"]["words"])
    return _Words(
        named,
        _one_of(values, after=table["numbers_unless"]["cue"]),
        _one_of(table["months"]["words"]),
        _one_of(table["people"]["words"]),
        re.compile(rf"(\d[\d,]*)[\s-]+(?:[a-z-]+\s+){{0,2}}?({units})", re.IGNORECASE),
    )


def _one_of(words: Mapping[str, str] | list[str], *, after: str = "") -> re.Pattern[str]:
    names = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b{after}", re.IGNORECASE)
