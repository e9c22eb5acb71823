"""What was asked and answered in a thread, so that a follow-up is understood.

Questions and answers only, never excerpts; bounded, and gone after some days or on request.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass

from bot.database import Database
from knowledge.types import Turn

TURNS_KEPT = 8
LENGTH_KEPT = 4_000  # characters of a question or an answer
DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: one thread of one channel of one workspace."""

    team: str
    channel: str
    ts: str


class Memory:
    """Remembers threads for `days`; with 0 days it knows the threads but none of the words."""

    def __init__(self, database: Database, days: int) -> None:
        self._database = database
        self._days = days

    def join(self, thread: Thread) -> None:
        """The bot takes part in `thread`: later messages there need no mention."""
        self._database.change(
            "INSERT INTO threads (team, channel, thread, at) VALUES (:team, :channel, :ts, :at) "
            "ON CONFLICT (team, channel, thread) DO UPDATE SET at = :at",
            **_key(thread),
            at=time.time(),
        )

    def joined(self, thread: Thread) -> bool:
        """The bot has answered in `thread`, and not too long ago."""
        found = self._database.rows(
            "SELECT 1 FROM threads WHERE team = :team AND channel = :channel AND thread = :ts "
            "AND at >= :since",
            **_key(thread),
            since=time.time() - max(self._days, 1) * DAY,
        )
        return bool(found)

    def remember(self, thread: Thread, person: str, turn: Turn) -> None:
        """`turn` is the latest of its thread; only the newest few are kept."""
        if not self._days:
            return
        with self._database.transaction() as run:
            run(
                "INSERT INTO turns (id, team, channel, thread, person, question, answer, at) "
                "VALUES (:id, :team, :channel, :ts, :person, :question, :answer, :at)",
                **_key(thread),
                id=uuid.uuid4().hex,
                person=person,
                question=turn.question[:LENGTH_KEPT],
                answer=turn.answer[:LENGTH_KEPT],
                at=time.time(),
            )
            run(
                "DELETE FROM turns WHERE team = :team AND channel = :channel AND thread = :ts "
                "AND id NOT IN (SELECT id FROM turns WHERE team = :team AND channel = :channel "
                "AND thread = :ts ORDER BY at DESC LIMIT :kept)",
                **_key(thread),
                kept=TURNS_KEPT,
            )

    def turns(self, thread: Thread) -> tuple[Turn, ...]:
        """The remembered turns of `thread`, oldest first."""
        found = self._database.rows(
            "SELECT question, answer FROM turns WHERE team = :team AND channel = :channel "
            "AND thread = :ts AND at >= :since ORDER BY at",
            **_key(thread),
            since=time.time() - self._days * DAY,
        )
        return tuple(Turn(*row) for row in found)

    def forget(self, team: str, person: str) -> int:
        """Everything that `person` asked is gone, answers included; how many turns that was."""
        return self._database.change(
            "DELETE FROM turns WHERE team = :team AND person = :person", team=team, person=person
        )

    def forget_team(self, team: str) -> None:
        """No thread and no turn of the workspace is kept."""
        with self._database.transaction() as run:
            run("DELETE FROM turns WHERE team = :team", team=team)
            run("DELETE FROM threads WHERE team = :team", team=team)

    def expire(self) -> None:
        """Turns and threads past their days are gone."""
        since = time.time() - self._days * DAY
        self._database.change("DELETE FROM turns WHERE at < :since", since=since)
        since = time.time() - max(self._days, 1) * DAY
        self._database.change("DELETE FROM threads WHERE at < :since", since=since)


def _key(thread: Thread) -> dict[str, str]:
    return {"team": thread.team, "channel": thread.channel, "ts": thread.ts}
