"""JSON lines in, records out: one bad line is told by its number and stops nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from knowledge.errors import AdvisorError, InputError
from knowledge.records import error_record

Record = dict[str, Any]


def print_record(record: Record) -> None:
    """The record on one line, at once: a reader may be waiting for it."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def answer_lines(lines: Iterable[bytes], wanted: str, reply: Callable[[Record], Record]) -> int:
    """One record a line of input, under the line's own id; 1 when some line failed, else 0.

    `wanted` is the key that every line must have. Empty lines are passed over.
    """
    failed = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        id: str | None = None
        try:
            entry = _entry(line, wanted)
            id = entry["id"]
            print_record(reply(entry))
        except AdvisorError as error:
            failed = True
            print_record(error_record(id, number, error))
    return int(failed)


def _entry(line: bytes, wanted: str) -> Record:
    try:
        entry = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError("The line is not UTF-8; save the file as UTF-8.") from None
    except (json.JSONDecodeError, RecursionError):
        raise InputError(
            f'The line is not JSON; write it as {{"id": "1", "{wanted}": "..."}}.'
        ) from None
    if not isinstance(entry, dict) or not isinstance(entry.get(wanted), str):
        raise InputError(f'The line has no "{wanted}"; write it as {{"id": "1", "{wanted}": ...}}.')
    if entry.get("id") is not None and not isinstance(entry["id"], str):
        entry["id"] = str(entry["id"])
    return {"id": None, **entry}
