"""Order numbers and section references in a question, read exactly.

A number that is known as a misprint is answered as the order that was meant, and says so; one
that nothing is known of is never taken for a neighbour.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.sources import DigestStatement, Knowledge
from knowledge.types import Section

_FILE = Path(__file__).parents[1] / "data" / "answering" / "identifiers.toml"
_ORDER = re.compile(
    r"(?:\b(?:eo|e\.o\.|executive\s+orders?|orders?|order\s+(?:no\.?|number))\s*#?\s*)(\d{4,5})\b"
    r"|\b(1[2-5]\d{3})\b",
    re.IGNORECASE,
)
_THE_ORDER = re.compile(
    r"\b(?:the|this|that)\s+(?:executive\s+order|order|EO|E\.O\.)(?![\w-])(?!\s+(?:that|which|who)\b)",
    re.IGNORECASE,
)
_ORDER_MEANT = "eo-13929"  # where a section is named and no order
_LOOSE = re.compile(
    r"\b(?:sub)?sec(?:tion|t?\.)?\s*(?P<n>[1-9]|one|two|three|four|five|six)[ .]?\(?(?P<a>[a-h])\)?"
    r"(?:[ .]?\(?(?P<i>iii|iv|ii|i|v|[1-5])\)?)?(?![\w(])",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\(\s*([a-z0-9]{1,4})\s*\)", re.IGNORECASE)
_ONES = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_ROMAN = {"1": "i", "2": "ii", "3": "iii", "4": "iv", "5": "v"}
_SECTION = re.compile(
    r"(?:§+\s*|\bsec(?:tions?|\.)?\s*|\bsubsec(?:tion)?\s*)(\d{1,2})((?:\s?\([a-z0-9]{1,4}\))*)"
    r"|(?<![\w(])(\d{1,2})((?:\([a-z]{1,4}\))+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """`sources` by order number; `misprints` as printed, `unknown` as asked; `sections` found.

    `missing` holds section references, such as "section 9", that the order does not have.
    """

    sources: tuple[str, ...]
    misprints: tuple[str, ...]
    unknown: tuple[str, ...]
    sections: tuple[Section, ...]
    missing: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def read_identifiers(text: str, knowledge: Knowledge) -> Identifiers:
    """What `text` names by number. A section without an order's number is EO 13929's."""
    table = _table()
    numbers = list(dict.fromkeys(one or two for one, two in _ORDER.findall(text)))
    misprints = tuple(number for number in numbers if number in table["misprints"])
    known = [table["misprints"].get(number, f"eo-{number}") for number in numbers]
    sources = tuple(dict.fromkeys(key for key in known if key in knowledge.sources))
    mentioned = table["mentioned"]
    unknown = tuple(
        number
        for number, key in zip(numbers, known, strict=True)
        if key not in knowledge.sources and number not in mentioned
    )
    sections, missing = _sections(text, sources[0] if sources else _ORDER_MEANT, knowledge)
    if missing and not sections and not sources and not _THE_ORDER.search(text):
        sections, missing = _in_one_other(text, knowledge) or (sections, missing)
    return Identifiers(sources, misprints, unknown, sections, missing)


def as_meant(text: str) -> str:
    """`text` with misprinted order numbers put right, and "the order" named where it is alone."""
    for number, source in _table()["misprints"].items():
        text = re.sub(rf"\b{number}\b", source.removeprefix("eo-"), text)
    text = _LOOSE.sub(_spelled_out, _SPACED.sub(r"(\1)", text))
    return text if _ORDER.search(text) else _THE_ORDER.sub("EO 13929", text)


def _spelled_out(match: re.Match[str]) -> str:
    """ "sec. 2 c 2" and "section two (c) ii" are section 2(c)(ii)."""
    number, letter, item = match.group("n").lower(), match.group("a").lower(), match.group("i")
    last = f"({_ROMAN.get(item, item.lower())})" if item else ""
    return f"section {_ONES.get(number, number)}({letter}){last}"


def on_misprints(identifiers: Identifiers, knowledge: Knowledge) -> tuple[DigestStatement, ...]:
    """The statements that tell how the numbers asked about came to be misprinted."""
    known = [item for item in knowledge.statements.values() if item.kind == "contradiction"]
    known.sort(key=lambda item: item.source not in identifiers.sources)
    numbers = identifiers.misprints
    return tuple(item for item in known if any(number in item.text for number in numbers))[:1]


def _sections(
    text: str, source: str, knowledge: Knowledge
) -> tuple[tuple[Section, ...], tuple[str, ...]]:
    found: dict[str, Section] = {}
    missing: list[str] = []
    text = re.sub(r"(\bsections? \d{1,2}\S*) (?:and|&|or) (?=\d{1,2}\b)", r"\1 section ", text)
    for match in _SECTION.finditer(text):
        number, tail = (
            match.group(1) or match.group(3),
            match.group(2) or match.group(4) or "",
        )
        pinpoint = f"§ {number}{tail.casefold().replace(' ', '')}"
        parts = _parts_of(source, pinpoint, knowledge)
        found.update((section.id, section) for section in parts)
        if not parts:
            missing.append(pinpoint)
    return tuple(found.values()), tuple(missing)


def _in_one_other(
    text: str, knowledge: Knowledge
) -> tuple[tuple[Section, ...], tuple[str, ...]] | None:
    """The sections that `text` names, where exactly one source has all of them."""
    read = [_sections(text, key, knowledge) for key in knowledge.sources]
    whole = [each for each in read if each[0] and not each[1]]
    return whole[0] if len(whole) == 1 else None


def _parts_of(source: str, pinpoint: str, knowledge: Knowledge) -> list[Section]:
    """The section at `pinpoint`, else its subsections."""
    exact = knowledge.sections.get(f"{source}#{pinpoint}")
    if exact is not None:
        return [exact]
    return [
        section
        for section in knowledge.sections.values()
        if section.source == source and section.pinpoint.startswith(f"{pinpoint}(")
    ]
