"""Where a reply stands: in the thread, in the channel for one person, or in direct message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.intake import read_message, tenant
from bot.listeners.pressed import pressed_at
from tests.bot.conftest import TRANSPORTS, running, settings_for
from tests.bot.small import SmallAdvisor
from tests.bot.test_slack_reviews import EXCERPT, button
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import command, event, mention, message, opened, press

REVIEW = f"review: {EXCERPT}"


@pytest.mark.asyncio
async def test_a_whisper_stands_in_a_thread_that_others_have_begun(bot: SlackDouble) -> None:
    asked = mention(REVIEW, thread_ts="1.1")
    await bot.deliver("event", event(asked))
    shown = (await bot.until(lambda: bot.in_thread("C1", "1.1")))[0]
    assert shown["kind"] == "ephemeral"
    told = press(button(shown, "review_details"), channel="C1", thread="1.1", message=None)
    told |= {"container": {"channel_id": "C1", "thread_ts": "1.1", "is_ephemeral": True}}
    await bot.deliver("interactive", told | {"response_url": bot.response_url("r")})
    seen = (await bot.until(lambda: bot.in_thread("C1", "1.1")[1:]))[0]
    assert (seen["kind"], "Recruitment-Retention" in json.dumps(seen["blocks"])) == (
        "ephemeral", True,
    )  # fmt: skip
    assert not bot.in_thread("response"), "what comes through that URL stands in no thread"


@pytest.mark.asyncio
async def test_a_review_follows_the_answer_into_the_thread_that_it_began(bot: SlackDouble) -> None:
    asked = mention(f"{EXCERPT}\nWho certifies agencies in Kansas?")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: len(bot.in_thread("C1", asked["ts"])) == 2)
    assert bot.in_thread("C1", asked["ts"])[1]["kind"] == "ephemeral"


@pytest.mark.asyncio
async def test_a_thumb_in_a_thread_is_thanked_for_in_that_thread(bot: SlackDouble) -> None:
    asked = mention("Is it over?")
    await bot.deliver("event", event(asked))
    shown = (await bot.until(lambda: bot.in_thread("C1", asked["ts"])))[0]
    value = button(shown, "feedback")["negative_button"]["value"]
    thumb = {"action_id": "feedback", "type": "feedback_buttons", "value": value}
    pressed = press(thumb, channel="C1", thread=asked["ts"], response_url=bot.response_url("r"))
    await bot.deliver("interactive", pressed)
    seen = (await bot.until(lambda: bot.in_thread("C1", asked["ts"])[1:]))[0]
    assert (seen["kind"], seen["to"]) == ("ephemeral", "U1")


@pytest.mark.asyncio
async def test_what_a_used_up_url_does_not_take_comes_by_direct_message(bot: SlackDouble) -> None:
    for _ in range(5):
        bot.posted.append({"channel": "response", "thread_ts": "old", "kind": "response"})
    await bot.deliver("command", command(REVIEW, bot.response_url("old")))
    shown = (await bot.until(lambda: bot.in_thread("DU1")))[0]
    assert "Chokeholds" in json.dumps(shown["blocks"])


@pytest.mark.asyncio
async def test_a_share_that_slack_refuses_is_told(bot: SlackDouble) -> None:
    await bot.deliver("command", command("ask Is it over?", bot.response_url("r")))
    await bot.until(lambda: len(bot.in_thread("response", "r")) == 2)
    share = button(bot.in_thread("response", "r")[-1], "answer_share")
    for _ in range(5):
        bot.posted.append({"channel": "response", "thread_ts": "old", "kind": "response"})
    pressed = press(share, channel="C9", thread="", response_url=bot.response_url("old"))
    await bot.deliver("interactive", pressed)
    assert "reference" in (await bot.until(lambda: bot.in_thread("DU1")))[0]["text"]


@pytest.mark.asyncio
async def test_the_home_is_drawn_even_if_slack_says_nothing_of_the_person(bot: SlackDouble) -> None:
    bot.fail("users.info", "missing_scope", extra={"needed": "users:read"})
    await bot.deliver("event", event(opened("home")))
    home = json.dumps(await bot.until(lambda: bot.homes.get("U1")))
    assert "with their answers stay in my memory" in home


@pytest.mark.asyncio
async def test_what_fails_in_the_home_is_told_directly(bot: SlackDouble) -> None:
    bot.fail("users.info", "missing_scope", extra={"needed": "users:read"})
    choice = {"action_id": "home_state", "selected_option": {"value": "KS"}}
    told = press(choice, channel="", thread="")
    told |= {"container": {"type": "view"}, "channel": None, "message": None}
    await bot.deliver("interactive", told)
    told = await bot.until(lambda: bot.posted)
    assert "permission users:read" in told[0]["text"]
    assert told[0]["channel"] == "DU1"


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_the_home_says_where_texts_are_kept(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    more = {"database_url": f"sqlite:///{tmp_path / 'shared.sqlite3'}", "audit_key": "k" * 32}
    async with running(SmallAdvisor(), slack, settings_for(slack, transport, tmp_path, **more)):
        await slack.deliver("event", event(opened("home")))
        home = json.dumps(await slack.until(lambda: slack.homes.get("U1")))
    assert "For half an hour" in home
    assert "encrypted, in my database" in home


@pytest.mark.asyncio
@pytest.mark.parametrize(("key", "warned"), [("k" * 32, False), (None, True)])
async def test_replicas_without_a_key_are_warned_about(
    slack: SlackDouble,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    key: str | None,
    warned: bool,
) -> None:
    more = {"database_url": f"sqlite:///{tmp_path / 'shared.sqlite3'}", "audit_key": key}
    async with running(SmallAdvisor(), slack, settings_for(slack, "http", tmp_path, **more)):
        assert ("SAFEPOLICING_AUDIT_KEY" in caplog.text) is warned


@pytest.mark.asyncio
async def test_a_stream_that_slack_has_ended_leaves_nothing_going_on(bot: SlackDouble) -> None:
    bot.fail("chat.stopStream", "message_not_in_streaming_state")
    asked = mention("Is it over?")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    await bot.until(lambda: bot.called("agents.sessions.setStatus")[-1]["status"] == "active")


@pytest.mark.asyncio
async def test_what_a_person_says_of_themselves_is_answered(bot: SlackDouble) -> None:
    asked = message("Is it over?", channel="D1", subtype="me_message")
    await bot.deliver("event", event(asked))
    assert await bot.until(lambda: bot.in_thread("D1", asked["ts"]))


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"team_id": "T1"}, "T1"),
        ({"team_id": "T9", "authorizations": [{"team_id": "T1"}]}, "T1"),
        ({"team": {"id": "T1"}, "user": {"id": "U9", "team_id": "T9"}}, "T1"),
        ({"team": None, "user": {"id": "U1", "team_id": "T1"}}, "T1"),
        ({"team": {"id": "T9"}, "view": {"app_installed_team_id": "T1"}}, "T1"),
        ({}, ""),
    ],
)
def test_the_workspace_is_the_one_that_installed_the_app(body: dict[str, Any], team: str) -> None:
    assert tenant(body) == team


def test_whoever_is_of_the_other_organization_stays_of_it() -> None:
    told = event(mention("Is it over?", team="T9", user_team="T9"), team="T9")
    told["authorizations"] = [{"team_id": "T1"}]
    read = read_message(told, "UBOT")
    assert read
    assert (read.place.team, read.place.person_team) == ("T1", "T9")


def test_a_button_outside_any_message_belongs_to_its_presser() -> None:
    body = {"user": {"id": "U1", "team_id": "T1"}, "container": {"type": "view"}, "actions": []}
    place = pressed_at(body)
    assert (place.channel, place.direct, place.thread) == ("U1", True, "")


@pytest.mark.asyncio
async def test_whoever_presses_share_twice_shares_once(bot: SlackDouble) -> None:
    asked = mention(REVIEW)
    await bot.deliver("event", event(asked))
    shown = (await bot.until(lambda: bot.whispered("C1")))[0]
    bot.fail("chat.postMessage", "is_archived")
    for number in range(3):
        told = press(button(shown, "review_share"), channel="C1", thread="", message=None)
        told |= {"response_url": bot.response_url(f"r{number}")}
        await bot.deliver("interactive", told)
        seen = ("response", f"r{number}") if number != 1 else ("C1", asked["ts"])
        await bot.until(lambda seen=seen: bot.in_thread(*seen))
    assert "reference" in bot.in_thread("response", "r0")[0]["text"], "it failed, and may be tried"
    assert "shared already" in bot.in_thread("response", "r2")[0]["text"]
    assert len(bot.in_thread("C1", asked["ts"])) == 1


@pytest.mark.asyncio
async def test_stop_on_a_replica_that_is_not_at_work_tells_the_truth(
    slack: SlackDouble, tmp_path: Path
) -> None:
    slack.streaming = False
    settings = settings_for(slack, "http", tmp_path)
    async with running(SmallAdvisor(seconds=0.6), slack, settings):
        there = slack.bot_url
        async with running(SmallAdvisor(), slack, settings):
            elsewhere, slack.bot_url = slack.bot_url, there
            asked = mention("Is it over?")
            await slack.deliver("event", event(asked))
            shown = (await slack.until(lambda: slack.all_in_thread("C1", asked["ts"])))[0]
            slack.bot_url = elsewhere
            stop = press(button(shown, "stop"), channel="C1", thread=asked["ts"])
            await slack.deliver("interactive", stop)
            late = "the answer is on its way"
            await slack.until(lambda: late in json.dumps(slack.in_thread("C1", asked["ts"])))
            await slack.until(lambda: "The order was revoked" in json.dumps(slack.posted))
