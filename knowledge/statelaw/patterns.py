"""Sentences over the whole table: which states do what, counted from the rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.statelaw.rows import FOLDER, StateLaw
from knowledge.tables import check_keys
from knowledge.types import VERIFIED, Status

TABLE = "state-law-us"
ABOUT = "About this table"
WIDER = "Pattern: wider exceptions"
COMPARED = ("Pattern: stricter", "Pattern: narrower exceptions")  # they owe what is looser, too
_PATTERN_KEYS = {"pinpoint", "heading", "asks", "cues", "unless", "statement"}
_STATEMENT_KEYS = {"text", "evidence", "rows"}
_FIELDS = {
    "found", "evidence", "exception_evidence", "covers", "binds", "relation", "exception",
    "conflict", "recheck", "breathing_only", "duty", "duty_reported",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """A list over the table: where it stands, and what a question about it says."""

    pinpoint: str
    cues: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    asks: tuple[str, ...]

    def fits(self, question: str) -> bool:
        """Whether a cue stands in `question` and no counter-cue does."""
        return any(cue.search(question) for cue in self.cues) and not any(
            cue.search(question) for cue in self.unless
        )


@lru_cache(maxsize=1)
def load_patterns(path: Path = FOLDER / "patterns.toml") -> tuple[Pattern, ...]:
    """Every pattern in the order in which a question is held against them."""
    return tuple(
        Pattern(
            entry["pinpoint"],
            tuple(re.compile(cue, re.IGNORECASE) for cue in entry["cues"]),
            tuple(re.compile(cue, re.IGNORECASE) for cue in entry.get("unless", ())),
            tuple(entry["asks"]),
        )
        for entry in _file(path)["pattern"]
    )


@lru_cache(maxsize=1)
def _file(path: Path) -> Mapping[str, Any]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        check_keys(path.name, table, {"source", "pattern"})
        for entry in table["pattern"]:
            check_keys(f"pattern {entry.get('pinpoint')}", entry, _PATTERN_KEYS)
            for part in entry["statement"]:
                check_keys(f"a statement of {entry['pinpoint']}", part, _STATEMENT_KEYS)
                check_keys(f"rows of {entry['pinpoint']}", part["rows"], _FIELDS)
    except ValueError as error:
        raise KnowledgeError(str(error)) from error
    return table


def pattern_table(
    rows: Mapping[str, StateLaw], path: Path = FOLDER / "patterns.toml"
) -> Mapping[str, Any]:
    """The table of all rows as the table of a source file."""
    file = _file(path)
    oldest = min(row.read.seen_on for row in rows.values())
    head = dict(file["source"])
    head["status_note"] = head["status_note"].format(seen=oldest.isoformat())
    return {
        "source": head | {"issued": oldest, "seen_on": oldest},
        "status": [{"on": oldest, "is": Status.INFORMATIONAL.value}],
        "section": [_section(entry, rows) for entry in file["pattern"]],
    }


def _section(entry: Mapping[str, Any], rows: Mapping[str, StateLaw]) -> dict[str, Any]:
    asks = list(entry["asks"])
    said = [_statement(part, rows) | {"asks": asks} for part in entry["statement"]]
    return {
        "pinpoint": entry["pinpoint"],
        "heading": entry["heading"],
        "evidence": said[0]["evidence"],
        "statement": said,
    }


def _statement(part: Mapping[str, Any], rows: Mapping[str, StateLaw]) -> dict[str, Any]:
    fitting = [row for row in rows.values() if fits(row, part["rows"])]
    fitting.sort(key=lambda row: row.name)
    text = part["text"].format(
        states=_joined([_cited(row) for row in fitting], "; "),
        names=_joined([row.place for row in fitting], ", "),
        count=_count(fitting),
        seen=min(row.read.seen_on for row in rows.values()).isoformat(),
    )
    return {"text": text, "evidence": part["evidence"], "kind": "summary"}


def fits(row: StateLaw, wanted: Mapping[str, Sequence[object]]) -> bool:
    """Whether the row has one of the wanted values in every field."""
    return all(set(_values(row, name)) & set(values) for name, values in wanted.items())


def _values(row: StateLaw, name: str) -> tuple[object, ...]:
    if name == "breathing_only":
        return (row.breathing_only,)
    if name in ("duty", "duty_reported"):
        read = name == "duty"
        return tuple(duty.topic for duty in row.duties if (duty.evidence in VERIFIED) is read)
    if name in ("exception", "conflict"):
        return (getattr(row.review, name),) if row.review else ()
    value = getattr(row, name)
    return value if isinstance(value, tuple) else (value,)


def _cited(row: StateLaw) -> str:
    reported = "" if row.verified else f", as reported by {row.reporter}"
    return f"{row.place} ({row.citation}{reported})"


def _joined(parts: Sequence[str], comma: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{comma.join(parts[:-1])}{comma if comma == '; ' else ' '}and {parts[-1]}"


def _count(rows: Sequence[StateLaw]) -> str:
    states = sum(row.state != "DC" for row in rows)
    said = f"{states} state{'' if states == 1 else 's'}"
    return said if states == len(rows) else f"{said} and the District of Columbia"
