"""The bot's state: one small database, SQLite unless a URL says otherwise.

Plain SQL that SQLite and PostgreSQL both read. What is kept: ids of deliveries, the questions
and answers of a thread until they expire, feedback, installations. Excerpts are never kept, but
sealed and for half an hour where replicas share what their buttons need (`bot/shared_shelf.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

TABLES = (
    "CREATE TABLE IF NOT EXISTS seen (mark TEXT PRIMARY KEY, at DOUBLE PRECISION NOT NULL)",
    "CREATE TABLE IF NOT EXISTS pending (mark TEXT PRIMARY KEY, team TEXT NOT NULL, "
    "channel TEXT NOT NULL, thread TEXT NOT NULL, person TEXT NOT NULL, owner TEXT NOT NULL, "
    "at DOUBLE PRECISION NOT NULL)",
    "CREATE TABLE IF NOT EXISTS threads (team TEXT NOT NULL, channel TEXT NOT NULL, "
    "thread TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, PRIMARY KEY (team, channel, thread))",
    "CREATE TABLE IF NOT EXISTS turns (id TEXT PRIMARY KEY, team TEXT NOT NULL, "
    "channel TEXT NOT NULL, thread TEXT NOT NULL, person TEXT NOT NULL, "
    "question TEXT NOT NULL, answer TEXT NOT NULL, at DOUBLE PRECISION NOT NULL)",
    "CREATE INDEX IF NOT EXISTS turns_thread ON turns (team, channel, thread, at)",
    "CREATE TABLE IF NOT EXISTS feedback (id TEXT PRIMARY KEY, team TEXT NOT NULL, "
    "person TEXT NOT NULL, record TEXT NOT NULL, release TEXT NOT NULL, "
    "evidence TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT NOT NULL, "
    "at DOUBLE PRECISION NOT NULL)",
    # Words that a person agreed to add to their feedback; nothing else of a person's stands there.
    "CREATE TABLE IF NOT EXISTS feedback_words (id TEXT PRIMARY KEY, team TEXT NOT NULL, "
    "person TEXT NOT NULL, question TEXT NOT NULL, at DOUBLE PRECISION NOT NULL)",
    "CREATE TABLE IF NOT EXISTS workspaces (team TEXT PRIMARY KEY, state TEXT NOT NULL, "
    "at DOUBLE PRECISION NOT NULL)",
)


class Database:
    """Runs SQL, each call one transaction. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """The rows that `sql` selects."""
        with self.transaction() as run:
            return [tuple(row) for row in run(sql, **values)]

    def change(self, sql: str, **values: object) -> int:
        """How many rows `sql` changed."""
        with self.transaction() as run:
            return int(run(sql, **values).rowcount)

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """A function that runs SQL; all of it is kept, or none."""
        with self._engine.begin() as connection:
            yield _runner(connection)

    @property
    def engine(self) -> Engine:
        """The engine itself, for Slack's own stores."""
        return self._engine

    def scrub(self) -> None:
        """What was deleted stands nowhere on disk any more; SQLite keeps a log beside the file."""
        if self._engine.dialect.name == "sqlite":
            outside = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            with outside.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """No connection is open."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """The database at `url` with every table in place. Raises: `SettingsError`."""
    from sqlalchemy import create_engine, event, make_url
    from sqlalchemy.exc import SQLAlchemyError

    try:
        place = _with_driver(make_url(url))
        _make_folder(place.database if place.drivername.startswith("sqlite") else None)
        engine = create_engine(place, pool_pre_ping=True)
        if place.drivername.startswith("sqlite"):
            event.listen(engine, "connect", _tune_sqlite)
        database = Database(engine)
        with database.transaction() as run:
            if engine.dialect.name == "postgresql":  # replicas start together; one makes tables
                run("SELECT pg_advisory_xact_lock(13929)")
            for table in TABLES:
                run(table)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise SettingsError(
            f"The bot's state cannot be opened ({type(error).__name__}); check SAFEPOLICING_HOME "
            "and SAFEPOLICING_DATABASE_URL."
        ) from None
    return database


def _with_driver(place: URL) -> URL:
    """Any usual way to write a PostgreSQL address means the driver that is an extra here."""
    plain = place.drivername in ("postgres", "postgresql")
    return place.set(drivername="postgresql+psycopg") if plain else place


def _runner(connection: Connection) -> Any:
    from sqlalchemy import text

    return lambda sql, **values: connection.execute(text(sql), values)


def _make_folder(database: str | None) -> None:
    if database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
        Path(database).touch(mode=0o600)  # tokens may stand in it: nobody else reads it


def _tune_sqlite(connection: Any, _record: Any) -> None:
    """Several processes may write; what is deleted is overwritten on disk."""
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA secure_delete=ON")
