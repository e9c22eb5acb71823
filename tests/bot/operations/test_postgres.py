"""The bot's state on PostgreSQL, run for real: the same contract as SQLite, and two replicas."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from copy import copy
from pathlib import Path

import pytest

from bot.database import Database, open_database
from bot.memory import Memory, Thread
from bot.operations.audit import Audit
from bot.seen import Accepted, Seen
from bot.serve import open_door
from bot.settings import EVENTS_PATH
from knowledge.errors import SettingsError
from knowledge.types import Turn
from tests.bot.conftest import settings_for
from tests.bot.small import SmallAdvisor
from tests.services.postgres import running_postgres
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, message

KEY = b"k" * 32
EVENTS = 200


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url)
    yield opened
    opened.close()


def test_a_delivery_is_claimed_once_across_processes(database: Database, url: str) -> None:
    other = open_database(url)
    work = Accepted("T1/C1/7.7", "T1", "C1", "7.7", "U1")
    ours, theirs = Seen(database, "one/1/a"), Seen(other, "two/2/b")
    assert [ours.claim("E1", work), theirs.claim("E1", work), theirs.claim("E2", work)] == [
        True, False, False,
    ]  # fmt: skip
    ours.done(work.mark)
    other.close()


def test_a_thread_is_remembered(database: Database) -> None:
    memory, thread = Memory(database, 30), Thread("T1", "C9", "1.1")
    memory.join(thread)
    memory.remember(thread, "U1", Turn("Is it in force?", "No."))
    assert memory.joined(thread)
    assert memory.turns(thread) == (Turn("Is it in force?", "No."),)


def test_the_audit_record_is_append_only_in_the_database_itself(database: Database) -> None:
    from sqlalchemy.exc import DatabaseError

    audit = Audit(database, KEY)
    audit.prepare()
    audit.append("T1", "U1", {"kind": "answer"})
    for change in ("UPDATE audit SET entry = 'x'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError, match="append-only"):
            database.change(change)
    assert audit.check().wrong == ""


def test_an_unknown_database_is_told_in_one_sentence() -> None:
    with pytest.raises(SettingsError, match="SAFEPOLICING_DATABASE_URL"):
        open_database("postgresql://nobody@127.0.0.1:1/none")


@pytest.mark.asyncio
async def test_two_replicas_answer_every_event_once(
    postgres: str, slack: SlackDouble, tmp_path: Path
) -> None:
    advisors = [SmallAdvisor(), SmallAdvisor()]
    more = {"database_url": postgres, "per_user_minute": 10_000, "per_workspace_minute": 10_000,
            "audit_key": KEY.decode()}  # fmt: skip
    async with AsyncExitStack() as doors:
        ways = []
        for number, advisor in enumerate(advisors):
            settings = settings_for(slack, "http", tmp_path / str(number), **more)
            port = await doors.enter_async_context(open_door(advisor, settings))
            ways.append(copy(slack))
            ways[-1].bot_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
        for start in range(0, EVENTS, 10):
            asked = [event(message(f"Question {start + n}?", channel="D1")) for n in range(10)]
            sent = [way.deliver("event", one) for one in asked for way in ways]
            told = await asyncio.gather(*sent)
            assert {attempts[-1].status for attempts in told} == {200}
        await slack.until(lambda: len(slack.in_thread("D1")) >= EVENTS, seconds=90)
        await asyncio.sleep(0.5)  # a second answer would come now
    heard = [question.text for advisor in advisors for question in advisor.questions]
    assert len(heard) == len(set(heard)) == EVENTS
    assert len(slack.in_thread("D1")) == EVENTS
    assert all(advisor.questions for advisor in advisors)
    checked = open_database(postgres)
    record = Audit(checked, KEY)
    record.prepare()
    found = record.check()
    checked.close()
    assert (found.wrong, found.entries >= EVENTS) == ("", True)
