"""What was delivered before, and what was accepted but is not answered yet. Ids only."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.database import Database
from bot.intake import Place
from bot.owner import is_gone

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

    def once(self, mark: str) -> bool:
        """True for the one caller of all processes that first says `mark`."""
        insert = "INSERT INTO seen (mark, at) VALUES (:mark, :at) ON CONFLICT DO NOTHING"
        return self._database.change(insert, mark=mark, at=time.time()) == 1

    def unsee(self, mark: str) -> None:
        """Nobody has said `mark`."""
        self._database.change("DELETE FROM seen WHERE mark = :mark", mark=mark)

    def at_work(self, place: Place) -> bool:
        """A process, this or another, is busy with something that this person asked there."""
        found = self._database.rows(
            "SELECT 1 FROM pending WHERE team = :team AND channel = :channel "
            "AND thread = :thread AND person = :person",
            team=place.team,
            channel=place.channel,
            thread=place.thread,
            person=place.person,
        )
        return bool(found)

    def done(self, mark: str) -> None:
        """The work with this mark is not pending any more."""
        self._database.change("DELETE FROM pending WHERE mark = :mark", mark=mark)

    def abandoned(self) -> list[Accepted]:
        """Work of processes that ended before they answered, ours from now on.

        Each is handed to one caller, who then calls `done` or `put_back`.
        """
        found = self._database.rows(
            "SELECT mark, team, channel, thread, person, owner, at FROM pending "
            "WHERE owner <> :owner ORDER BY at",
            owner=self._owner,
        )
        left = [row for row in found if is_gone(row[5], row[6])]
        return [Accepted(*row[:5]) for row in left if self._take_over(row[0], row[5])]

    def put_back(self, mark: str) -> None:
        """The work is nobody's; some minutes later it is handed out again."""
        self._database.change(
            "UPDATE pending SET owner = '', at = :at WHERE mark = :mark", mark=mark, at=time.time()
        )

    def forget_team(self, team: str) -> None:
        """No delivery of the workspace is remembered."""
        with self._database.transaction() as run:
            run("DELETE FROM pending WHERE team = :team", team=team)
            run("DELETE FROM seen WHERE mark LIKE :marks", marks=f"{team}/%")

    def _take_over(self, mark: str, owner: str) -> bool:
        taken = self._database.change(
            "UPDATE pending SET owner = :me WHERE mark = :mark AND owner = :owner",
            me=self._owner,
            mark=mark,
            owner=owner,
        )
        return taken == 1

    def expire(self) -> None:
        """Marks older than two days are gone."""
        before = time.time() - KEPT_HOURS * 3600
        self._database.change("DELETE FROM seen WHERE at < :before", before=before)
