"""Buttons on two replicas with one PostgreSQL, run for real: whichever gets the press can serve it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.database import Database, open_database
from bot.intake import Place
from bot.kept import Part
from bot.serve import open_door
from bot.settings import EVENTS_PATH
from bot.shelves import shared_shelves
from tests.bot.conftest import settings_for
from tests.bot.small import SmallAdvisor
from tests.bot.test_slack_reviews import button
from tests.services.postgres import program, running_postgres
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import command, event, mention, message, press

KEY = "k" * 32
CANARY = "canary-4711"
EXCERPT = f"Officers {CANARY} shall not use chokeholds. Officers must intervene."
PLACE = Place("T1", "C1", "1.1", "U1", direct=False)
GONE = "no longer have that text"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def database(postgres: str) -> Iterator[Database]:
    opened = open_database(postgres)
    shared_shelves(opened, KEY.encode())
    yield opened
    opened.change("DELETE FROM shelf")
    opened.close()


@dataclass
class Pair:
    """Two replicas; `first` and `second` deliver to one of them, and share what is posted."""

    first: SlackDouble
    second: SlackDouble
    advisors: tuple[SmallAdvisor, SmallAdvisor]

    async def reviewed(self, user: str = "U1") -> dict[str, Any]:
        """The review that the first replica showed to its author alone."""
        asked = mention(f"review: {EXCERPT}", user=user)
        await self.first.deliver("event", event(asked))
        slack = self.first
        await slack.until(lambda: [item for item in slack.whispered("C1") if item["to"] == user])
        return dict(slack.whispered("C1")[-1]) | {"asked": asked["ts"]}

    async def push(
        self, to: SlackDouble, shown: dict[str, Any], action: str, url: str
    ) -> list[dict[str, Any]]:
        """What the person who presses a button of a whisper sees."""
        told = press(button(shown, action), channel="C1", thread="", message=None)
        told |= {"container": {"channel_id": "C1", "is_ephemeral": True}}
        await to.deliver("interactive", told | {"response_url": to.response_url(url)})
        if action != "review_details":
            return []
        found: list[dict[str, Any]] = await to.until(lambda: to.in_thread("response", url))
        return found


@asynccontextmanager
async def replicas(slack: SlackDouble, postgres: str, home: Path) -> AsyncIterator[Pair]:
    advisors = SmallAdvisor(), SmallAdvisor()
    more = {"database_url": postgres, "audit_key": KEY, "per_user_minute": 1_000}
    async with AsyncExitStack() as doors:
        ways = []
        for number, advisor in enumerate(advisors):
            settings = settings_for(slack, "http", home / str(number), **more)
            port = await doors.enter_async_context(open_door(advisor, settings))
            ways.append(copy(slack))
            ways[-1].bot_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
        yield Pair(ways[0], ways[1], advisors)


def details(found: list[dict[str, Any]]) -> str:
    return json.dumps(found[0]["blocks"]) + found[0]["text"]


@pytest.mark.asyncio
async def test_the_other_replica_serves_the_buttons_of_a_review(
    database: Database, postgres: str, slack: SlackDouble, tmp_path: Path
) -> None:
    async with replicas(slack, postgres, tmp_path) as pair:
        shown = await pair.reviewed()
        second = pair.second
        found = await pair.push(second, shown, "review_details", "r1")
        assert "Recruitment-Retention" in details(found)
        await pair.push(second, shown, "review_export", "r2")
        await second.until(lambda: any(item["kind"] == "file" for item in slack.posted))
        page = next(data for data in slack.uploads.values() if b"<html" in data)
        assert CANARY.encode() in page
        await pair.push(second, shown, "review_share", "r3")
        shared = (await second.until(lambda: slack.in_thread("C1", shown["asked"])))[0]
        assert "Shared by <@U1>" in json.dumps(shared["blocks"])
    assert not pair.advisors[1].excerpts, "shown as it was, not judged anew"
    async with replicas(slack, postgres, tmp_path) as pair:
        found = await pair.push(pair.first, shown, "review_details", "r4")
        assert "Recruitment-Retention" in details(found), "after a restart too"


@pytest.mark.asyncio
async def test_the_other_replica_serves_what_is_no_review(
    database: Database, postgres: str, slack: SlackDouble, tmp_path: Path
) -> None:
    async with replicas(slack, postgres, tmp_path) as pair:
        first, second = pair.first, pair.second
        told = command("ask Is it over?", slack.response_url("ask"))
        await first.deliver("command", told)
        await first.until(lambda: len(slack.in_thread("response", "ask")) == 2)
        share = button(slack.in_thread("response", "ask")[-1], "answer_share")
        pressed = press(share, channel="C9", thread="", response_url=slack.response_url("share"))
        await second.deliver("interactive", pressed)
        shared = await second.until(lambda: slack.in_thread("response", "share"))
        assert shared[0]["response_type"] == "in_channel"

        doubtful = message("Officers must intervene.", channel="D1")
        await first.deliver("event", event(doubtful))
        offered = (await first.until(lambda: slack.in_thread("D1", doubtful["ts"])))[0]
        check = press(button(offered, "unsure_review"), channel="D1", thread=doubtful["ts"])
        await second.deliver("interactive", check)
        await second.until(lambda: len(slack.in_thread("D1", doubtful["ts"])) == 2)
        more = message("more: And report it.", channel="D1", thread_ts=doubtful["ts"])
        await first.deliver("event", event(more))
        await first.until(lambda: len(slack.in_thread("D1", doubtful["ts"])) == 3)
        whole = "Officers must intervene.\n\nAnd report it."
        assert pair.advisors[0].excerpts[-1].text == whole

        asked = message("Is it over?", channel="D1")
        await first.deliver("event", event(asked))
        answer = (await first.until(lambda: slack.in_thread("D1", asked["ts"])))[0]
        thumb = answer["blocks"][-1]["elements"][0]["positive_button"]
        mark = {"action_id": "feedback", "type": "feedback_buttons", "value": thumb["value"]}
        await second.deliver("interactive", press(mark, channel="D1", thread=asked["ts"]))
        thanks = (await second.until(lambda: slack.in_thread("D1", asked["ts"])[1:]))[0]
        assert button(thanks, "keep_question")


@pytest.mark.asyncio
async def test_who_is_forgotten_is_forgotten_by_all_replicas(
    database: Database, postgres: str, slack: SlackDouble, tmp_path: Path
) -> None:
    async with replicas(slack, postgres, tmp_path) as pair:
        shown = await pair.reviewed()
        theirs = await pair.reviewed(user="U2")
        assert len(database.rows("SELECT DISTINCT person FROM shelf")) == 2
        await pair.second.deliver("command", command("forget", slack.response_url("forget")))
        await pair.second.until(lambda: slack.in_thread("response", "forget"))
        assert GONE in details(await pair.push(pair.first, shown, "review_details", "r1"))
        assert len(database.rows("SELECT DISTINCT person FROM shelf")) == 1
        removed = event({"type": "app_uninstalled"})
        assert (await pair.second.deliver("event", removed))[0].status == 200
        assert not database.rows("SELECT id FROM shelf")
        assert GONE in details(await pair.push(pair.first, theirs, "review_details", "r2"))


@pytest.mark.asyncio
async def test_after_an_update_the_text_must_be_sent_again(
    database: Database, postgres: str, slack: SlackDouble, tmp_path: Path
) -> None:
    async with replicas(slack, postgres, tmp_path) as pair:
        shown = await pair.reviewed()
        pair.advisors[1].release = "a newer one"  # type: ignore[misc]
        found = await pair.push(pair.second, shown, "review_details", "r1")
        assert "updated after that. Please send it again" in details(found)
        found = await pair.push(pair.first, shown, "review_details", "r2")
        assert "Recruitment-Retention" in details(found)


@pytest.mark.asyncio
async def test_upkeep_deletes_what_has_expired(
    database: Database, postgres: str, slack: SlackDouble, tmp_path: Path
) -> None:
    shelves = shared_shelves(database, KEY.encode())
    shelves.parts.keep("old", Part("text", PLACE))
    database.change("UPDATE shelf SET until = until - 3600")
    shelves.parts.keep("new", Part("text", PLACE))
    async with replicas(slack, postgres, tmp_path) as pair:
        await pair.reviewed()  # by now upkeep has been round once
        assert database.rows("SELECT count(*) FROM shelf") == [(3,)], "new, the part, the review"
    assert shelves.parts.get("new")


def test_a_press_counts_once_on_all_replicas(database: Database, postgres: str) -> None:
    others = [open_database(postgres) for _ in range(4)]
    shelves = [shared_shelves(other, KEY.encode()) for other in others]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(20):
            list(pool.map(lambda one: one.parts.keep("a", Part("text", PLACE)), shelves))
            taken = list(pool.map(lambda one: one.parts.take("a"), shelves))
            assert sorted(map(bool, taken)) == [False, False, False, True]
    for other in others:
        other.close()


def test_neither_a_dump_nor_the_disk_shows_a_word_or_a_person(
    database: Database, postgres: str
) -> None:
    place = Place("TCANARY", "CCANARY", "1.1", "UCANARY", direct=False)
    shared_shelves(database, KEY.encode()).parts.keep("KCANARY", Part(CANARY * 50, place))
    database.change("INSERT INTO seen (mark, at) VALUES ('control-4711', 1)")
    database.change("CHECKPOINT")
    dump = subprocess.run(
        [str(program("pg_dump")), "--inserts", postgres], capture_output=True, check=True
    ).stdout
    (folder,) = database.rows("SHOW data_directory")[0]
    files = [Path(top, name) for top, _, names in os.walk(folder) for name in names]
    disk = b"".join(file.read_bytes() for file in files)
    assert b"INSERT INTO public.shelf" in dump, "a plain dump has the rows, sealed"
    for place_to_look in (dump, disk):
        assert b"control-4711" in place_to_look, "what is not sealed is found this way"
        for hidden in (CANARY, "TCANARY", "CCANARY", "UCANARY", "KCANARY"):
            assert hidden.encode() not in place_to_look
            assert hidden.encode().hex().encode() not in place_to_look
    kind = database.rows("SELECT relpersistence::text FROM pg_class WHERE relname = 'shelf'")
    assert kind == [("u",)], "unlogged: in no write-ahead log, and empty after a crash"
