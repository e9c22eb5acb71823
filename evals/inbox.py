"""Feedback that waits to become gold cases.

The bot keeps no words, unless somebody agreed to have a question kept; so a person writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.cases import GOLD, gold_lines
from knowledge.errors import InputError

INBOX = GOLD / "inbox.jsonl"
_REVIEW = "r-"  # how the id of a review begins


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
        if not {"id", "answer_id", "rating"} <= set(mark):
            raise InputError(
                f"{exported.name}, line {number}, is no exported mark; give the file that "
                "the feedback export wrote."
            )
        if str(mark["id"]) not in seen:
            seen.add(str(mark["id"]))
            yield _draft(mark)


def _draft(mark: Mapping[str, Any]) -> dict[str, Any]:
    """A case with blanks: what was said is kept beside it, and is no label."""
    is_review = str(mark["answer_id"]).startswith(_REVIEW)
    blanks: dict[str, Any] = {"kind": None, "question": mark.get("question"), "expect": None}
    if is_review:
        blanks = {"class": None, "text": None, "expect": None, "evidence": {}}
    return {
        "id": str(mark["id"]),
        "set": "review" if is_review else "answers",
        **blanks,
        "said": mark.get("evidence", []),
        "rating": mark["rating"],
        "release": mark.get("release"),
        "why": mark.get("reason", ""),
    }
