"""What people thought of an answer: its number, its release and its evidence. No words."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.database import Database

REASONS = ("wrong", "not_my_question", "not_in_source", "too_long", "other")


@dataclass(frozen=True, slots=True)
class Mark:
    """A thumb on one record, with a reason from a fixed list if the person gave one."""

    team: str
    person: str
    record: str
    release: str
    evidence: tuple[str, ...] = field(default=())
    helpful: bool = True
    reason: str = ""


class Feedback:
    """Keeps the latest mark of each person on each record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, mark: Mark) -> None:
        """`mark` stands; an earlier one by the same person on the same record does not."""
        self._database.change(
            "INSERT INTO feedback (id, team, person, record, release, evidence, helpful, reason, "
            "at) VALUES (:id, :team, :person, :record, :release, :evidence, :helpful, :reason, "
            ":at) ON CONFLICT (id) DO UPDATE SET helpful = :helpful, reason = :reason, at = :at",
            id=f"{mark.team}/{mark.person}/{mark.record}",
            team=mark.team,
            person=mark.person,
            record=mark.record,
            release=mark.release,
            evidence=json.dumps(list(mark.evidence)),
            helpful=int(mark.helpful),
            reason=mark.reason if mark.reason in REASONS else "",
            at=time.time(),
        )

    def forget(self, team: str, person: str) -> int:
        """No mark of `person` is kept; how many there were."""
        return self._database.change(
            "DELETE FROM feedback WHERE team = :team AND person = :person", team=team, person=person
        )

    def forget_team(self, team: str) -> None:
        """No mark of the workspace is kept."""
        self._database.change("DELETE FROM feedback WHERE team = :team", team=team)

    def export(self) -> Iterator[dict[str, Any]]:
        """Marks in the shape of gold cases. `text` or `question` is null: the words are not kept,
        so whoever makes a gold case of one writes them anew.
        """
        found = self._database.rows(
            "SELECT record, release, evidence, helpful, reason FROM feedback ORDER BY at"
        )
        for record, release, evidence, helpful, reason in found:
            why = reason or ("helpful" if helpful else "not helpful")
            case = {"id": record, "class": "feedback", "release": release, "why": why}
            yield case | {"helpful": bool(helpful)} | _said(record, json.loads(evidence))


def _said(record: str, evidence: list[str]) -> dict[str, Any]:
    """What the bot said: verdicts of a review, cited pinpoints of an answer."""
    if record.startswith("r-"):
        verdicts = dict(name.split(" ", 1) for name in evidence)
        return {"text": None, "expect": verdicts, "evidence": {}}
    return {"question": None, "cites": evidence}


def read_mark(value: str, team: str, person: str) -> Mark:
    """The mark that a pressed thumb carries: a sign, then the record as JSON."""
    told = json.loads(value[1:])
    return Mark(
        team=team,
        person=person,
        record=str(told["id"]),
        release=str(told["release"]),
        evidence=tuple(str(name) for name in told["evidence"]),
        helpful=value.startswith("+"),
    )
