"""Load the gold cases: what we expect, written before the code that it judges."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import InputError

GOLD = Path(__file__).parent / "gold"
SETS = ("answers", "followups", "review", "attacks", "states")
SPLITS = ("dev", "frozen")
_KINDS = ("kind", "class", "state")  # what a case is grouped by, whichever of these it has
GOLD_DAY = date(2026, 11, 24)
"""The day a case is asked for when it names none: a gold set must not age with the clock."""


@dataclass(frozen=True, slots=True)
class Case:
    """One gold case. `body` is its line as written; `kind` is the class it is grouped by."""

    set: str
    split: str
    id: str
    kind: str
    hard: bool
    body: Mapping[str, Any]

    @property
    def expect(self) -> Mapping[str, Any]:
        """What the case expects, in the form of its set's schema."""
        expected: Mapping[str, Any] = self.body.get("expect", {})
        return expected

    @property
    def day(self) -> date:
        """The day the case is for."""
        return date.fromisoformat(self.body["as_of"]) if self.body.get("as_of") else GOLD_DAY


def load_cases(
    folder: Path = GOLD, *, sets: Iterable[str] = SETS, splits: Iterable[str] = SPLITS
) -> tuple[Case, ...]:
    """The cases of the named sets and splits, in the order of their files.

    A set without a file has no cases. Raises: `InputError` naming the file and line of a slip.
    """
    chosen = [(name, split) for name in sets for split in splits]
    return tuple(case for name, split in chosen for case in _read(folder, name, split))


def gold_lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """(line number, object) of a JSON-lines file. Raises: `InputError` naming the line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path.name}, line {number}, is not JSON: {error.msg}.") from error
        if not isinstance(entry, dict):
            raise InputError(f"{path.name}, line {number}, is not an object; write {{...}}.")
        yield number, entry


def files_of(folder: Path, name: str, split: str) -> list[Path]:
    """The files of a set and split that are there; questions on state law stand in their own."""
    places = [folder / name / f"{split}.jsonl", folder / name / f"asks_{split}.jsonl"]
    return [path for path in places if path.is_file()]


def _read(folder: Path, name: str, split: str) -> Iterator[Case]:
    for path in files_of(folder, name, split):
        for number, entry in gold_lines(path):
            kind = next((entry[key] for key in _KINDS if entry.get(key)), None)
            if not entry.get("id") or not kind:
                raise InputError(f"{name}/{path.name}, line {number}, lacks an id or a kind.")
            yield Case(name, split, str(entry["id"]), str(kind), bool(entry.get("hard")), entry)
