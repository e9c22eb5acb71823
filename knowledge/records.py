"""The records that leave the house, as plain dictionaries in the order of the contract.

Described by the JSON Schemas in `knowledge/data/schemas`. Later work adds keys, never renames.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.errors import AdvisorError
from knowledge.types import Answer, Review

SCHEMAS = Path(__file__).parent / "data" / "schemas"


def answer_record(answer: Answer) -> dict[str, Any]:
    """The Answer record; enums become their words, tuples lists."""
    record: dict[str, Any] = _plain(asdict(answer))
    return record


def review_record(review: Review) -> dict[str, Any]:
    """The Review record, with its findings in the order of the standards."""
    record = _plain(asdict(review))
    order = ("id", "as_of", "state", "findings", "state_notes", "notices", "release")
    return {key: record[key] for key in order}


def error_record(id: str | None, line: int | None, error: AdvisorError) -> dict[str, Any]:
    """The Error record of one line that could not be used."""
    return {
        "id": id,
        "line": line,
        "error": {"kind": error.kind, "message": str(error)},
    }


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of "answer", "review", "error" or "input"."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
