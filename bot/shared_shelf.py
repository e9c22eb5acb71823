"""Where things lie for half an hour for all replicas: sealed, in the database that they share.

A row names no workspace, no person and no key, and its content opens only with the secret of the
replicas and its own key, which is on the button or tells the thread or the answer it belongs to.
On PostgreSQL the table is unlogged: it is in no write-ahead log and empty after a crash. Backups
leave its rows out.
"""

from __future__ import annotations

import hashlib
import json
import time
from typing import Any, Generic

from bot.database import Database
from bot.seals import Seals
from bot.shelf import MINUTES, Item

EACH = 200  # items of one person, the newest
_TABLE = (
    "CREATE {unlogged} TABLE IF NOT EXISTS shelf (id TEXT PRIMARY KEY, team TEXT NOT NULL, "
    "person TEXT NOT NULL, content {binary} NOT NULL, until DOUBLE PRECISION NOT NULL)",
    "CREATE INDEX IF NOT EXISTS shelf_person ON shelf (person, until)",
)


def prepare_table(database: Database) -> None:
    """The table of all shelves is there."""
    postgres = database.engine.dialect.name == "postgresql"
    with database.transaction() as run:
        if postgres:  # replicas start together; one makes the table
            run("SELECT pg_advisory_xact_lock(13931)")
        for sql in _TABLE:
            unlogged, binary = ("UNLOGGED", "BYTEA") if postgres else ("", "BLOB")
            run(sql.format(unlogged=unlogged, binary=binary))


class SharedShelf(Generic[Item]):
    """Items of one kind. A program whose kind has another form does not find them."""

    def __init__(self, name: str, kind: type[Item], database: Database, seals: Seals) -> None:
        from pydantic import TypeAdapter

        self._form: TypeAdapter[Item] = TypeAdapter(kind)
        form = json.dumps(self._form.json_schema(), sort_keys=True)
        self._name = f"{name}/{hashlib.sha256(form.encode()).hexdigest()}"
        self._database = database
        self._seals = seals

    def keep(self, key: str, item: Item) -> None:
        """`item` lies under `key`; the oldest of its owner go when there are too many."""
        told = json.dumps(self._form.dump_python(item), ensure_ascii=False)
        # Half of a surrogate pair is no character: it is replaced, and every offset stays right.
        content = self._seals.seal(self._label(key), told.encode("utf-8", "replace"))
        person = self._person(item.place.team, item.place.person)
        with self._database.transaction() as run:
            run(
                "INSERT INTO shelf (id, team, person, content, until) "
                "VALUES (:id, :team, :person, :content, :until) ON CONFLICT (id) DO UPDATE "
                "SET team = :team, person = :person, content = :content, until = :until",
                id=self._id(key),
                team=self._seals.name("team", item.place.team),
                person=person,
                content=content,
                until=time.time() + MINUTES * 60,
            )
            run(
                "DELETE FROM shelf WHERE person = :person AND id NOT IN (SELECT id FROM shelf "
                "WHERE person = :person ORDER BY until DESC LIMIT :each)",
                person=person,
                each=EACH,
            )

    def get(self, key: str) -> Item | None:
        """The item under `key`, or None when it is gone or cannot be read."""
        return self._opened(key, "SELECT content FROM shelf WHERE id = :id AND until >= :now")

    def take(self, key: str) -> Item | None:
        """The item under `key`, for one caller of one replica: it is gone afterwards."""
        return self._opened(
            key, "DELETE FROM shelf WHERE id = :id AND until >= :now RETURNING content"
        )

    def forget(self, team: str, person: str) -> None:
        """Nothing of `person` lies in the table, whichever program put it there."""
        who = self._person(team, person)
        self._database.change("DELETE FROM shelf WHERE person = :who", who=who)

    def forget_team(self, team: str) -> None:
        """Nothing of anybody in the workspace lies in the table."""
        whose = self._seals.name("team", team)
        self._database.change("DELETE FROM shelf WHERE team = :whose", whose=whose)

    def expire(self) -> None:
        """Nothing that is older than half an hour lies in the table."""
        self._database.change("DELETE FROM shelf WHERE until < :now", now=time.time())

    def _opened(self, key: str, sql: str) -> Item | None:
        rows: list[tuple[Any, ...]] = self._database.rows(sql, id=self._id(key), now=time.time())
        told = self._seals.open(self._label(key), bytes(rows[0][0])) if rows else None
        return None if told is None else self._form.validate_json(told)

    def _id(self, key: str) -> str:
        return self._seals.name("item", self._name, key)

    def _label(self, key: str) -> str:
        return f"{self._name}/{key}"

    def _person(self, team: str, person: str) -> str:
        return self._seals.name("person", team, person)
