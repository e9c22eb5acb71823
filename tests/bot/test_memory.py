"""What the bot remembers: bounded, expiring, and gone when asked."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import memory as memories
from bot.database import Database, open_database
from bot.memory import LENGTH_KEPT, TURNS_KEPT, Memory, Thread
from bot.seen import Accepted, Seen
from bot.settings import BotSettings
from bot.workspaces import Workspaces
from knowledge.answering.gates import gate_for
from knowledge.errors import SettingsError
from knowledge.types import Turn

THREAD = Thread("T1", "C1", "1.1")
OTHER = Thread("T2", "C1", "1.1")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'deep' / 'bot.sqlite3'}")
    yield opened
    opened.close()


def test_only_the_latest_turns_are_kept_and_none_is_long(database: Database) -> None:
    memory = Memory(database, days=30)
    for number in range(TURNS_KEPT + 3):
        memory.remember(THREAD, "U1", Turn(f"{number}?" + "x" * 9_000, "yes"))
    kept = memory.turns(THREAD)
    assert [turn.question.partition("?")[0] for turn in kept] == [
        str(number) for number in range(3, TURNS_KEPT + 3)
    ]
    assert max(len(turn.question) for turn in kept) == LENGTH_KEPT
    assert not memory.turns(OTHER), "another workspace's thread of the same name"


def test_threads_and_turns_expire(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory(database, days=2)
    memory.join(THREAD)
    memory.remember(THREAD, "U1", Turn("Q?", "A"))
    now = memories.time.time()
    monkeypatch.setattr(memories.time, "time", lambda: now + 3 * memories.DAY)
    assert not memory.joined(THREAD)
    assert not memory.turns(THREAD)
    memory.expire()
    assert not database.rows("SELECT * FROM turns")
    assert not database.rows("SELECT * FROM threads")


def test_with_no_days_no_word_is_kept(database: Database) -> None:
    memory = Memory(database, days=0)
    memory.join(THREAD)
    memory.remember(THREAD, "U1", Turn("Q?", "A"))
    assert memory.joined(THREAD)
    assert not database.rows("SELECT * FROM turns")


def test_a_person_and_a_workspace_are_forgotten_alone(database: Database) -> None:
    memory, spaces = Memory(database, days=30), Workspaces(database)
    for thread in (THREAD, OTHER):
        memory.join(thread)
        for person in ("U1", "U2"):
            memory.remember(thread, person, Turn(f"{person}?", "A"))
        spaces.set_state(thread.team, "KS")
    assert memory.forget("T1", "U1") == 1
    assert [turn.question for turn in memory.turns(THREAD)] == ["U2?"]
    memory.forget_team("T2")
    spaces.forget_team("T2")
    assert (memory.joined(THREAD), memory.joined(OTHER)) == (True, False)
    assert (spaces.state("T1"), spaces.state("T2")) == ("KS", None)


def test_deliveries_are_remembered_for_two_days(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(database, "me")
    work = Accepted("T1/C1/1.1", "T1", "C1", "1.1", "U1")
    assert seen.claim("Ev1", work)
    seen.expire()
    assert not seen.claim("Ev1", work)
    now = memories.time.time()
    monkeypatch.setattr(memories.time, "time", lambda: now + 49 * 3600)
    seen.expire()
    assert not database.rows("SELECT * FROM seen")


def test_the_file_is_its_owners_alone(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "deep" / "bot.sqlite3"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(SettingsError, match="SAFEPOLICING_DATABASE_URL"):
        open_database("nonsense://x")


def test_the_reply_on_what_is_kept_tells_the_days_that_are_set_by_default() -> None:
    gate = gate_for("Do you keep what I paste?")
    assert gate is not None
    days = BotSettings.model_fields["memory_days"].default
    assert f"for {days} days by default" in gate.abstention.message
