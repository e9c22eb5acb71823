"""Guests, other organizations and shared channels: who sees reviews and own documents."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bot.small import SmallAdvisor
from tests.bot.test_slack_reviews import EXCERPT, button, push
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import command, event, mention, message, message_shortcut, press

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(
    ("user", "more", "said"),
    [
        ("UGUEST", {}, "Guest accounts"),
        ("UELSE", {"team": "T9", "user_team": "T9"}, "Guest accounts"),
        ("U1", {"_external": True}, "shared with another organization"),
    ],
    ids=["guest", "another workspace", "shared channel"],
)
async def test_guests_and_shared_channels_get_answers_but_no_reviews(
    bot: SlackDouble, advisor: SmallAdvisor, user: str, more: dict[str, Any], said: str
) -> None:
    bot.users["UGUEST"] = {"is_restricted": True}
    asked = mention(f"review: {EXCERPT}", user=user, **more)
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.whispered("C1"))
    assert said in posted[0]["text"]
    assert not advisor.excerpts
    asked = mention("Is it over?", user=user, **more)
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    assert "The order was revoked." in posted[0]["text"]


@pytest.mark.parametrize(("hidden", "shared"), [(False, True), (True, False), (False, False)])
async def test_a_shortcuts_review_is_shared_only_among_ourselves(
    bot: SlackDouble, hidden: bool, shared: bool
) -> None:
    if shared:
        bot.shared_channels.add("C1")
    if hidden:
        bot.hidden_channels.add("C1")
    said = message(EXCERPT, user="U2")
    await bot.deliver("interactive", message_shortcut(said, bot.response_url("r1")))
    shown = (await bot.until(lambda: bot.in_thread("response", "r1")))[0]
    await push(bot, shown | {"channel": "C1"}, "review_share")
    if hidden or shared:
        told = await bot.until(lambda: bot.in_thread("response", "push"))
        assert "I did not share it" in told[0]["text"]
        assert not bot.in_thread("C1")
    else:
        assert await bot.until(lambda: bot.in_thread("C1", said["ts"]))


@pytest.mark.parametrize(
    ("user", "more", "own"),
    [
        ("U1", {}, "T1"),
        ("UGUEST", {}, ""),
        ("UELSE", {"team": "T9", "user_team": "T9"}, ""),
        ("U1", {"_external": True}, ""),
    ],
    ids=["member", "guest", "another workspace", "shared channel"],
)
async def test_an_agencys_own_documents_are_for_its_members(
    bot: SlackDouble, advisor: SmallAdvisor, user: str, more: dict[str, Any], own: str
) -> None:
    bot.users["UGUEST"] = {"is_restricted": True}
    asked = mention("Is it over?", user=user, **more)
    await bot.deliver("event", event(asked))
    await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    assert advisor.questions[0].workspace == own


async def test_of_whom_slack_says_nothing_is_answered_as_a_guest(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    bot.fail("users.info", "missing_scope", extra={"needed": "users:read"})
    asked = mention("Is it over?")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    assert advisor.questions[0].workspace == ""


async def test_in_doubt_a_shared_channel_stays_a_shared_channel(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    asked = mention("Officers must intervene.", _external=True)
    await bot.deliver("event", event(asked))
    offered = (await bot.until(lambda: bot.whispered("C1")))[0]
    check = button(offered, "unsure_review")
    await bot.deliver("interactive", press(check, channel="C1", thread=""))
    await bot.until(lambda: "shared with another" in json.dumps(bot.in_thread("C1")))
    assert not advisor.excerpts


@pytest.mark.parametrize(("channel", "own"), [("C1", "T1"), ("CEXT", "")])
async def test_a_choice_in_a_shared_channel_is_answered_from_public_sources(
    bot: SlackDouble, advisor: SmallAdvisor, channel: str, own: str
) -> None:
    asked = mention("something unclear", channel=channel, _external=channel == "CEXT")
    await bot.deliver("event", event(asked))
    shown = (await bot.until(lambda: bot.in_thread(channel, asked["ts"])))[0]
    choice = press(button(shown, "choice_0"), channel=channel, thread=asked["ts"])
    await bot.deliver("interactive", choice)
    await bot.until(lambda: len(bot.in_thread(channel, asked["ts"])) == 2)
    assert advisor.questions[-1].workspace == own


async def test_a_choice_after_a_command_is_answered_to_the_same_person(bot: SlackDouble) -> None:
    await bot.deliver("command", command("ask something unclear", bot.response_url("r1")))
    shown = (await bot.until(lambda: bot.in_thread("response", "r1")))[0]
    pressed = press(button(shown, "choice_0"), channel="C1", thread="")
    pressed |= {"container": {"is_ephemeral": True, "channel_id": "C1"}}
    pressed |= {"response_url": bot.response_url("r2")}
    await bot.deliver("interactive", pressed)
    await bot.until(lambda: bot.in_thread("response", "r2"))
    assert not bot.in_thread("C1")
