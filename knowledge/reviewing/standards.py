"""Load the fourteen standards from `knowledge/data/standards`, one file a standard.

A file says what the standard asks, which texts it rests on, the wording of every reason, and, for
a discretionary principle, our reading of it as cues.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import KnowledgeError
from knowledge.reviewing.language import compile_phrases
from knowledge.tables import read_toml, refuse_unknown

FOLDER = Path(__file__).parent.parent / "data" / "standards"

_KEYS = {
    "id", "order", "title", "mandatory", "criterion", "suggestion", "missing", "caveat",
    "citation", "reasons", "missing_items", "reading",
}  # fmt: skip
_READING_KEYS = {"direction", "topic", "contrary", "decoy", "narrow", "binding", "cancel", "part"}
_PART_KEYS = {"name", "missing", "cues", "anchor", "beside"}
_CUE_KEYS = ("topic", "contrary", "decoy", "narrow", "binding", "cancel")


@dataclass(frozen=True, slots=True)
class Part:
    """One half of a subject: a principle is met when all its parts are ruled.

    A clause without the part that is an `anchor` only touches the subject. `beside` finds the part
    in one of the next sentences.
    """

    name: str
    missing: str
    pattern: re.Pattern[str]
    anchor: bool
    beside: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Principle:
    """How a discretionary principle is read: `limit` asks for a ban or limit, `duty` for doing."""

    limit: bool
    patterns: Mapping[str, re.Pattern[str]]
    parts: tuple[Part, ...]
    examples: tuple[tuple[str, str], ...]


Place = tuple[str, str, int | None]
"""A source, a pinpoint in it, and which statement there is quoted; the first where none is told."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard with its wording.

    `grounds` are places cited only beside the reasons that name what stands there.
    """

    id: str
    title: str
    mandatory: bool
    criterion: str
    suggestion: str
    missing: str
    caveat: str
    citations: tuple[Place, ...]
    grounds: Mapping[str, tuple[Place, ...]]
    reasons: Mapping[str, str]
    missing_items: Mapping[str, str]
    principle: Principle | None


@lru_cache(maxsize=1)
def load_standards(folder: Path = FOLDER) -> tuple[Standard, ...]:
    """The standards in order. Raises `KnowledgeError` naming the file and the slip."""
    made: list[tuple[int, Standard]] = []
    for path in sorted(folder.glob("*.toml")):
        table = read_toml(path)
        try:
            made.append((int(str(table["order"])), _standard(path.name, table)))
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise KnowledgeError(f"{path.name}: {type(error).__name__}: {error}") from error
    return tuple(standard for _, standard in sorted(made, key=lambda pair: pair[0]))


def _standard(name: str, table: Mapping[str, object]) -> Standard:
    refuse_unknown(name, table, _KEYS)
    reading = table.get("reading")
    cited = [(_citation(name, row), _reasons_of(row)) for row in _rows(table, "citation")]
    reasons = _texts(table.get("reasons", {}))
    _refuse_reasons(name, {reason for _, named in cited for reason in named} - set(reasons))
    return Standard(
        id=_text(table, "id"),
        title=_text(table, "title"),
        mandatory=table["mandatory"] is True,
        criterion=_text(table, "criterion"),
        suggestion=_text(table, "suggestion"),
        missing=_text(table, "missing"),
        caveat=_text(table, "caveat") if "caveat" in table else "",
        citations=tuple(place for place, named in cited if not named),
        grounds=MappingProxyType(
            {key: found for key in reasons if (found := tuple(p for p, n in cited if key in n))}
        ),
        reasons=MappingProxyType(reasons),
        missing_items=MappingProxyType(_texts(table.get("missing_items", {}))),
        principle=_principle(name, reading) if isinstance(reading, dict) else None,
    )


def _principle(name: str, table: Mapping[str, object]) -> Principle:
    refuse_unknown(f"{name} [reading]", table, _READING_KEYS)
    examples: list[tuple[str, str]] = []
    patterns: dict[str, re.Pattern[str]] = {}
    for key in _CUE_KEYS:
        cues = _cues(name, table.get(key, []))
        examples.extend(cues)
        if cues:
            patterns[key] = compile_phrases([phrase for phrase, _ in cues])
    parts: list[Part] = []
    for row in _rows(table, "part"):
        part, cues = _part(name, row)
        examples.extend(cues)
        parts.append(part)
    limit = {"limit": True, "duty": False}[_text(table, "direction")]
    return Principle(limit, MappingProxyType(patterns), tuple(parts), tuple(examples))


def _part(name: str, row: Mapping[str, object]) -> tuple[Part, list[tuple[str, str]]]:
    refuse_unknown(f"{name} [[reading.part]]", row, _PART_KEYS)
    cues, beside = _cues(name, row["cues"]), _cues(name, row.get("beside", []))
    pattern = compile_phrases([phrase for phrase, _ in cues])
    later = compile_phrases([phrase for phrase, _ in beside]) if beside else None
    part = Part(
        _text(row, "name"), _text(row, "missing"), pattern, row.get("anchor") is True, later
    )
    return part, cues + beside


def _cues(name: str, rows: object) -> list[tuple[str, str]]:
    if not isinstance(rows, list):
        raise KnowledgeError(f"{name}: cues must be a list of [phrase, example].")
    for row in rows:
        if not (isinstance(row, list) and len(row) == 2):
            raise KnowledgeError(f"{name}: a cue is a phrase and an example, not {row!r}.")
    return [(str(row[0]), str(row[1])) for row in rows]


def _citation(name: str, row: Mapping[str, object]) -> Place:
    known = {"source", "pinpoint", "quote_statement", "reasons"}
    refuse_unknown(f"{name} [[citation]]", row, known)
    number = row.get("quote_statement")
    return _text(row, "source"), _text(row, "pinpoint"), number if isinstance(number, int) else None


def _reasons_of(row: Mapping[str, object]) -> tuple[str, ...]:
    named = row.get("reasons", [])
    if not isinstance(named, list):
        raise ValueError("reasons of a citation must be a list of names")
    return tuple(str(name) for name in named)


def _refuse_reasons(name: str, unknown: set[str]) -> None:
    if unknown:
        raise ValueError(f"a citation names reasons that {name} has not: {sorted(unknown)}")


def _rows(table: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = table.get(key, [])
    if not isinstance(rows, list):
        raise ValueError(f"{key} must be a list of tables")
    return rows


def _text(table: Mapping[str, object], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{key} must be a text")
    return value


def _texts(table: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}
