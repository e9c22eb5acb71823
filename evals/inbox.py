"""Feedback that waits to become gold cases. Slack keeps no words, so a person writes them anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.cases import GOLD, gold_lines
from knowledge.errors import InputError

INBOX = GOLD / "inbox.jsonl"
_KINDS = {"text": "review", "question": "answers"}  # which of the two an exported mark has


def add_feedback(exported: Path, inbox: Path = INBOX) -> tuple[int, int]:
    """Marks of an export that are not in the inbox yet are added; how many were, and were not.

    Raises: `InputError` naming the line that is no mark.
    """
    if not exported.is_file():
        raise InputError(f"There is no file {exported}; export the feedback first.")
    known = {str(entry["id"]) for _, entry in gold_lines(inbox)} if inbox.is_file() else set()
    drafts = list(_drafts(exported))
    fresh = [draft for draft in drafts if draft["id"] not in known]
    lines = "".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in fresh)
    with inbox.open("a", encoding="utf-8") as file:
        file.write(lines)
    return len(fresh), len(drafts) - len(fresh)


def waiting(inbox: Path = INBOX) -> int:
    """How many cases of the inbox are not labelled."""
    return sum(1 for _ in gold_lines(inbox)) if inbox.is_file() else 0


def _drafts(exported: Path) -> Iterator[Mapping[str, Any]]:
    seen: set[str] = set()
    for number, mark in gold_lines(exported):
        set_name = next((name for key, name in _KINDS.items() if key in mark), None)
        if set_name is None or not mark.get("id"):
            raise InputError(
                f"{exported.name}, line {number}, is no exported mark; give the file that "
                "the feedback export wrote."
            )
        if str(mark["id"]) not in seen:
            seen.add(str(mark["id"]))
            yield _draft(set_name, mark)


def _draft(set_name: str, mark: Mapping[str, Any]) -> dict[str, Any]:
    """A case with blanks: what was said is kept beside it, and is no label."""
    said: Sequence[str] | Mapping[str, str] = mark.get("cites") or mark.get("expect") or []
    blanks: dict[str, Any] = {"question": None, "expect": None}
    if set_name == "review":
        blanks = {"class": None, "text": None, "expect": None, "evidence": {}}
    return {
        "id": str(mark["id"]),
        "set": set_name,
        **blanks,
        "said": said,
        "helpful": mark.get("helpful"),
        "release": mark.get("release"),
        "why": mark.get("why", ""),
    }
