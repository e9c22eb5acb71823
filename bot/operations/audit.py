"""The audit record: what was decided, on which evidence, by which release; not what was said.

Entries hang together by marks: each mark is a keyed hash (HMAC-SHA-256) over the entry and the
mark before it, so an entry that is changed, left out or put in between is noticed by whoever has
the key. Who asked, and the number of the record, are keyed hashes too. Nothing is ever deleted.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.database import Database
from knowledge.errors import SettingsError
from knowledge.types import Answer, Review

TRIES = 40  # a replica may write at the same moment
FIRST = "0" * 64
_TABLE = (
    "CREATE TABLE IF NOT EXISTS audit (number BIGINT PRIMARY KEY, entry TEXT NOT NULL, "
    "prior TEXT NOT NULL, mark TEXT NOT NULL)"
)
_SQLITE = (
    "CREATE TRIGGER IF NOT EXISTS audit_{what} BEFORE {what} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END"
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS "
    "'BEGIN RAISE EXCEPTION ''the audit record is append-only''; END'",
    "CREATE OR REPLACE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_kept()",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the record found. `wrong` is "" when it hangs together."""

    entries: int
    mark: str
    wrong: str = ""


class Audit:
    """Appends decisions. Every process that shares the database has the same key."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key

    def prepare(self) -> None:
        """The table is there, and this key is the one that its first entry was made with.

        Raises: `SettingsError` when it is another.
        """
        dialect = self._database.engine.dialect.name
        with self._database.transaction() as run:
            if dialect == "postgresql":
                run("SELECT pg_advisory_xact_lock(13930)")
            run(_TABLE)
            kept = [_SQLITE.format(what=what) for what in ("UPDATE", "DELETE")]
            for statement in _POSTGRES if dialect == "postgresql" else kept:
                run(statement)
        first = self._database.rows("SELECT entry, prior, mark FROM audit WHERE number = 1")
        if first and self._mark(first[0][1], first[0][0]) != first[0][2]:
            raise SettingsError(
                "The audit record was begun with another key; set SAFEPOLICING_AUDIT_KEY to the "
                "same value on every replica."
            )

    def answered(self, team: str, person: str, answer: Answer) -> None:
        """The answer's kind and the pinpoints that it rests on are on record."""
        cited = (c for statement in answer.statements for c in statement.citations)
        declined = str(answer.abstention.kind) if answer.abstention else None
        told = {
            "kind": "answer",
            "record": self._hidden(answer.id),
            "as_of": answer.as_of,
            "release": answer.release,
            "decision": {"answered": answer.answered, "abstention": declined},
            "evidence": sorted({f"{c.source}#{c.pinpoint}" for c in cited}),
        }
        self.append(team, person, told)

    def reviewed(self, team: str, person: str, review: Review) -> None:
        """The fourteen verdicts are on record, with the places of the words that decide."""
        told = {
            "kind": "review",
            "record": self._hidden(review.id),
            "as_of": review.as_of,
            "release": review.release,
            "decision": {f.standard: str(f.verdict) for f in review.findings},
            "evidence": [f"{f.standard}:{s.start}-{s.end}" for f in review.findings
                         for s in f.evidence],
        }  # fmt: skip
        self.append(team, person, told)

    def append(self, team: str, person: str, told: Mapping[str, Any]) -> None:
        """`told` is the next entry, whoever else writes at the same moment."""
        from sqlalchemy.exc import IntegrityError, OperationalError

        at = datetime.now(UTC).isoformat(timespec="seconds")
        who = {"at": at, "who": self._hidden(f"{team}/{person}"), "team": self._hidden(team)}
        entry = json.dumps({**who, **told}, sort_keys=True, ensure_ascii=True)
        for attempt in range(TRIES):
            try:
                self._append(entry)
            except (IntegrityError, OperationalError):
                if attempt == TRIES - 1:
                    raise
                time.sleep(0.005 * (attempt + 1) * (1 + os.getpid() % 7))
            else:
                return

    def entries(self) -> Iterator[tuple[int, str, str, str]]:
        """(number, entry, mark before, mark), from the first on."""
        page, last = 1_000, 0
        while rows := self._database.rows(
            "SELECT number, entry, prior, mark FROM audit WHERE number > :last "
            "ORDER BY number LIMIT :page", last=last, page=page,
        ):  # fmt: skip
            for number, entry, prior, mark in rows:
                yield int(number), str(entry), str(prior), str(mark)
            last = int(rows[-1][0])

    def check(self, head: str | None = None) -> Checked:
        """Whether every entry is the one that was written, in its place.

        `head`, a mark noted earlier, must be among them: entries cut off at the end leave no gap.
        """
        count, before, found = 0, FIRST, head is None
        for number, entry, prior, mark in self.entries():
            count += 1
            if number != count:
                return Checked(count - 1, before, f"entry {count} is missing")
            if prior != before or mark != self._mark(prior, entry):
                return Checked(count - 1, before, f"entry {number} is not the one written")
            before = mark
            found = found or mark == head
        return Checked(count, before, "" if found else "the mark given with --head is not in it")

    def _append(self, entry: str) -> None:
        with self._database.transaction() as run:
            last = run("SELECT number, mark FROM audit ORDER BY number DESC LIMIT 1").first()
            number, prior = (int(last[0]) + 1, str(last[1])) if last else (1, FIRST)
            run(
                "INSERT INTO audit (number, entry, prior, mark) "
                "VALUES (:number, :entry, :prior, :mark)",
                number=number, entry=entry, prior=prior, mark=self._mark(prior, entry),
            )  # fmt: skip

    def _mark(self, prior: str, entry: str) -> str:
        return hmac.new(self._key, f"{prior}\n{entry}".encode(), hashlib.sha256).hexdigest()

    def _hidden(self, name: str) -> str:
        """The same for the same name, and no way back to it without the key."""
        return hmac.new(self._key, b"who\0" + name.encode(), hashlib.sha256).hexdigest()[:24]


def audit_key(given: str | None, home: Path) -> bytes:
    """The key that was given, else the one in HOME, made at first use and read by nobody else.

    Raises: `SettingsError` for a key that is too short, or a home that cannot be written.
    """
    if given:
        if len(given) < 32:
            raise SettingsError(
                "SAFEPOLICING_AUDIT_KEY is shorter than 32 characters; take what "
                "`openssl rand -hex 32` prints."
            )
        return given.encode()
    path = home / "audit.key"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(os.urandom(32).hex())
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(
            f"The audit record's key cannot be kept in {home} ({error.strerror}); check "
            "SAFEPOLICING_HOME."
        ) from None
    return path.read_text(encoding="ascii").strip().encode()
