"""What people thought of an answer: its number, its release and its evidence.

No words, unless the person agrees that their question is kept with the mark.
"""

from __future__ import annotations

import hashlib
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
            id=_key(mark),
            team=mark.team,
            person=mark.person,
            record=mark.record,
            release=mark.release,
            evidence=json.dumps(list(mark.evidence)),
            helpful=int(mark.helpful),
            reason=mark.reason if mark.reason in REASONS else "",
            at=time.time(),
        )

    def keep_question(self, mark: Mark, question: str) -> None:
        """The question stands beside the mark, because the person has agreed to it."""
        self._database.change(
            "INSERT INTO feedback_words (id, team, person, question, at) "
            "VALUES (:id, :team, :person, :question, :at) "
            "ON CONFLICT (id) DO UPDATE SET question = :question",
            id=_key(mark),
            team=mark.team,
            person=mark.person,
            question=question,
            at=time.time(),
        )

    def forget(self, team: str, person: str) -> int:
        """No mark of `person` is kept, and no words; how many marks there were."""
        where = "WHERE team = :team AND person = :person"
        with self._database.transaction() as run:
            run(f"DELETE FROM feedback_words {where}", team=team, person=person)
            return int(run(f"DELETE FROM feedback {where}", team=team, person=person).rowcount)

    def forget_team(self, team: str) -> None:
        """No mark of the workspace is kept."""
        with self._database.transaction() as run:
            run("DELETE FROM feedback_words WHERE team = :team", team=team)
            run("DELETE FROM feedback WHERE team = :team", team=team)

    def export(self) -> Iterator[dict[str, Any]]:
        """Every mark, oldest first, as a line that gold cases are made from. Nobody is named."""
        found = self._database.rows(
            "SELECT f.id, f.record, f.release, f.evidence, f.helpful, f.reason, w.question "
            "FROM feedback f LEFT JOIN feedback_words w ON w.id = f.id ORDER BY f.at, f.id"
        )
        return (_case(*row) for row in found)


def _case(key: str, record: str, release: str, *rest: Any) -> dict[str, Any]:
    evidence, helpful, reason, question = rest
    case = {
        "id": f"f-{hashlib.sha256(key.encode()).hexdigest()[:16]}",
        "kind": "feedback",
        "answer_id": record,
        "release": release,
        "rating": "up" if helpful else "down",
        "reason": reason,
        "evidence": json.loads(evidence),
    }
    return case | ({"question": question} if question else {})


def _key(mark: Mark) -> str:
    return f"{mark.team}/{mark.person}/{mark.record}"


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
