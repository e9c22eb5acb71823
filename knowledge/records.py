"""The records that leave the house, as plain dictionaries in the order of the contract.

Described by the JSON Schemas in `knowledge/data/schemas`. Later work adds keys, never renames.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import AdvisorError
from knowledge.sources import Knowledge, status_on
from knowledge.types import Answer, Review, Section, Source

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


def sources_record(
    knowledge: Knowledge, sections: Iterable[Section], day: date
) -> list[dict[str, Any]]:
    """Every source with its status on `day`, and the text of each of its sections."""
    held: dict[str, list[dict[str, Any]]] = {key: [] for key in knowledge.sources}
    for section in sections:
        entry = asdict(section)
        entry["seen_on"] = section.seen_on.isoformat()
        del entry["source"]
        held[section.source].append(_plain(entry))
    return [
        _source_record(source, day) | {"sections": held[source.id]}
        for source in knowledge.sources.values()
    ]


def _source_record(source: Source, day: date) -> dict[str, Any]:
    change = status_on(source, day)
    return {
        "id": source.id,
        "title": source.title,
        "short_title": source.short_title,
        "issuer": source.issuer,
        "date": source.issued.isoformat(),
        "citation": source.citation,
        "url": source.url,
        "seen_on": source.seen_on.isoformat(),
        "as_of": day.isoformat(),
        "status": str(change.status),
        "status_since": change.on.isoformat(),
        "status_by": {"source": change.by, "pinpoint": change.pinpoint} if change.by else None,
        "status_note": source.status_note,
    }


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
