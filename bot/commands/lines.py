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
            entry = _object(line, wanted)
            id = _id(entry)
            print_record(reply(_with(wanted, entry | {"id": id})))
        except AdvisorError as error:
            failed = True
            print_record(error_record(id, number, error))
    return int(failed)


def text_under(entry: Record, key: str) -> str | None:
    """The text that the line has under `key`, if any. Raises: `InputError` for anything else."""
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" is not text; write it between quotation marks or leave it out.')
    return value


def _object(line: bytes, wanted: str) -> Record:
    try:
        entry = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError("The line is not UTF-8; save the file as UTF-8.") from None
    except (json.JSONDecodeError, RecursionError):
        raise InputError(f"The line is not JSON; {_example(wanted)}") from None
    if not isinstance(entry, dict):
        raise InputError(f"The line is not a JSON object; {_example(wanted)}")
    return entry


def _id(entry: Record) -> str | None:
    """The line's id; a number is taken as its digits, anything else as none."""
    id = entry.get("id")
    return str(id) if isinstance(id, str | int) and not isinstance(id, bool) else None


def _with(wanted: str, entry: Record) -> Record:
    if not isinstance(entry.get(wanted), str):
        raise InputError(f'The line has no text under "{wanted}"; {_example(wanted)}')
    return entry


def _example(wanted: str) -> str:
    return f'write it as {{"id": "1", "{wanted}": "..."}}.'
