"""Streams with task cards, the fallback of post-and-update, and Stop; over both transports."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.progress import STARTS, Streams
from tests.bot.conftest import TRANSPORTS, running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, mention, message, press, stopped

EXCERPT = "Officers shall not use chokeholds. Officers must intervene."


@pytest.mark.asyncio
async def test_work_is_shown_as_a_task_and_the_answer_takes_its_place(bot: SlackDouble) -> None:
    asked = mention("Is the chokehold ban absolute?")
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    assert [item["kind"] for item in posted] == ["stream"]
    begun, done = posted[0]["tasks"][0], posted[0]["tasks"][-1]
    assert (begun["status"], done["status"]) == ("in_progress", "complete")
    assert [source["url"] for source in done["sources"]] == [
        "https://www.example.gov/eo-13929?a=1&b=2"
    ]
    assert "The order was revoked." in json.dumps(posted[0]["blocks"])
    assert bot.called("chat.startStream")[0]["recipient_user_id"] == "U1"
    assert bot.called("agents.sessions.setStatus")[0]["status"] == "processing"
    assert bot.called("chat.stopStream")[0]["session_status"] == "active"


@pytest.mark.asyncio
async def test_where_nothing_streams_a_message_is_posted_and_updated(bot: SlackDouble) -> None:
    bot.streaming = False
    for _ in range(2):
        asked = mention("Is the chokehold ban absolute?")
        await bot.deliver("event", event(asked))
        posted = await bot.until(lambda ts=asked["ts"]: bot.in_thread("C1", ts))
        assert [item["kind"] for item in posted] == ["message"]
        assert "The order was revoked." in json.dumps(posted[0]["blocks"])
        assert posted[0]["unfurl_links"] in (False, "0", "false")
    assert len(bot.called("chat.update")) == 2
    assert len(bot.called("chat.startStream")) == 1, "a workspace that refused is not asked again"


@pytest.mark.asyncio
@pytest.mark.parametrize("direct", [True, False], ids=["direct message", "channel"])
async def test_where_no_work_can_be_shown_the_answer_is_posted(
    bot: SlackDouble, direct: bool
) -> None:
    bot.streaming = False
    bot.fail("chat.postMessage", "internal_error")
    asked = message("Is it over?", channel="D1") if direct else mention("Is it over?")
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.in_thread(asked["channel"], asked["ts"]))
    assert "The order was revoked." in json.dumps(posted[0]["blocks"])


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_stream_that_has_run_out_is_completed(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    slack.stream_life = 0.1
    async with running(SmallAdvisor(seconds=0.3), slack, settings_for(slack, transport, tmp_path)):
        asked = mention("Is it over?")
        await slack.deliver("event", event(asked))
        await slack.until(lambda: slack.called("chat.update"))
        slack.fail("chat.stopStream", "message_not_in_streaming_state")
        slack.fail("chat.update", "cant_update_message")
        again = mention("Is it over?")
        await slack.deliver("event", event(again))
        await slack.until(lambda: slack.called("chat.postMessage"))
    for thread in (asked["ts"], again["ts"]):
        shown = json.dumps(slack.in_thread("C1", thread))
        assert shown.count("The order was revoked. [2][1]") >= 1


@pytest.mark.asyncio
async def test_a_review_of_a_paste_is_shown_in_direct_messages(bot: SlackDouble) -> None:
    asked = message(EXCERPT, channel="D1")
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.in_thread("D1", asked["ts"]))
    assert [item["kind"] for item in posted] == ["stream"]
    assert posted[0]["tasks"][0]["title"] == "Checking the text against the standards"


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_stop_cancels_the_work(slack: SlackDouble, tmp_path: Path, transport: str) -> None:
    advisor = SmallAdvisor(seconds=0.4)
    settings = settings_for(slack, transport, tmp_path, workers=1)
    async with running(advisor, slack, settings):
        first, second = mention("First?"), mention("Second?", channel="C2")
        for asked in (first, second):
            await slack.deliver("event", event(asked))
        await slack.until(lambda: len(slack.called("agents.sessions.setStatus")) == 2)
        shown = slack.all_in_thread("C2", second["ts"])[0]["ts"]
        slack.end_stream(shown)
        await slack.deliver("event", event(stopped("C2", second["ts"], [shown])))
        await slack.until(lambda: "Stopped." in json.dumps(slack.in_thread("C2")))
        await slack.until(lambda: slack.in_thread("C1", first["ts"]))
        await asyncio.sleep(0.5)
    assert [question.text for question in advisor.questions] == ["First?"]
    assert len(slack.in_thread("C2", second["ts"])) == 1
    assert "I have not answered" in slack.in_thread("C2")[0]["text"]


@pytest.mark.asyncio
async def test_stop_after_the_answer_puts_the_session_to_rest(bot: SlackDouble) -> None:
    asked = mention("Is it over?")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    await bot.deliver("event", event(stopped("C1", asked["ts"], [])))
    await bot.until(lambda: bot.called("agents.sessions.setStatus")[-1]["status"] == "active")
    assert len(bot.in_thread("C1", asked["ts"])) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_the_stop_button_is_the_askers(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    slack.streaming = False
    async with running(SmallAdvisor(seconds=0.5), slack, settings_for(slack, transport, tmp_path)):
        asked = mention("Is it over?")
        await slack.deliver("event", event(asked))
        shown = (await slack.until(lambda: slack.all_in_thread("C1", asked["ts"])))[0]
        button = shown["blocks"][-1]["elements"][0]
        by_another = press(button, channel="C1", thread=asked["ts"], user="U2")
        await slack.deliver("interactive", by_another)
        await slack.until(lambda: "not working on" in json.dumps(slack.in_thread("C1")))
        await slack.deliver("interactive", press(button, channel="C1", thread=asked["ts"]))
        await slack.until(lambda: "Stopped." in shown["text"])
    assert "The order was revoked" not in json.dumps(slack.posted)


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_message_that_is_deleted_is_not_answered(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    async with running(SmallAdvisor(seconds=0.4), slack, settings_for(slack, transport, tmp_path)):
        asked = message("Is it over?", channel="D1")
        await slack.deliver("event", event(asked))
        await slack.until(lambda: slack.called("agents.sessions.setStatus"))
        gone = {"subtype": "message_deleted", "deleted_ts": asked["ts"], "hidden": True}
        await slack.deliver("event", event(message("", channel="D1") | gone))
        await slack.until(lambda: not slack.all_in_thread("D1"))
    assert not slack.all_in_thread("D1")


def test_streams_are_begun_as_often_as_slack_allows() -> None:
    now = [0.0]
    streams = Streams(clock=lambda: now[0])
    assert sum(streams.may_start("T1") for _ in range(40)) == STARTS
    assert streams.may_start("T2")
    now[0] = 61.0
    assert streams.may_start("T1")
    streams.refused("T1", "unknown_method")
    assert not streams.may_start("T1")
    streams.refused("T2", "not_in_channel")
    assert streams.may_start("T2"), "one channel is not the workspace"
