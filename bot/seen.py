"""What was delivered before, and what was accepted but is not answered yet. Ids only."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.database import Database

KEPT_HOURS = 48  # Slack retries for minutes; a day and more covers any outage


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was taken on: where it stands and who wrote it, not what it says."""

    mark: str
    team: str
    channel: str
    thread: str
    person: str


class Seen:
    """Claims deliveries, once across all processes that share the database."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    def claim(self, event: str, work: Accepted) -> bool:
        """True for the one caller that gets to do `work`; it is pending from then on.

        A mention arrives as two events with ids of their own, so the message's own mark counts
        beside the event's id. Both are written in one transaction.
        """
        now = time.time()
        insert = "INSERT INTO seen (mark, at) VALUES (:mark, :at) ON CONFLICT DO NOTHING"
        with self._database.transaction() as run:
            fresh = [run(insert, mark=mark, at=now).rowcount for mark in (event, work.mark)]
            if not all(fresh):
                return False
            run(
                "INSERT INTO pending (mark, team, channel, thread, person, owner, at) "
                "VALUES (:mark, :team, :channel, :thread, :person, :owner, :at) "
                "ON CONFLICT DO NOTHING",
                mark=work.mark,
                team=work.team,
                channel=work.channel,
                thread=work.thread,
                person=work.person,
                owner=self._owner,
                at=now,
            )
        return True

    def done(self, mark: str) -> None:
        """The work with this mark is not pending any more."""
        self._database.change("DELETE FROM pending WHERE mark = :mark", mark=mark)

    def abandoned(self, *, older_than: float = 0.0) -> list[Accepted]:
        """Work of processes that ended before they answered; each is handed out once.

        `older_than` in seconds: younger work may belong to a process that still runs.
        """
        before = time.time() - older_than
        found = self._database.rows(
            "SELECT mark, team, channel, thread, person FROM pending "
            "WHERE owner <> :owner AND at <= :before ORDER BY at",
            owner=self._owner,
            before=before,
        )
        delete = "DELETE FROM pending WHERE mark = :mark"
        return [Accepted(*row) for row in found if self._database.change(delete, mark=row[0])]

    def expire(self) -> None:
        """Marks older than two days are gone."""
        before = time.time() - KEPT_HOURS * 3600
        self._database.change("DELETE FROM seen WHERE at < :before", before=before)
