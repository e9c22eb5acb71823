"""The slash command, the shortcuts, the modal and the home tab, over both transports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import (
    command,
    event,
    global_shortcut,
    message,
    message_shortcut,
    opened,
    press,
    submission,
)

pytestmark = pytest.mark.asyncio
EXCERPT = "Officers shall not use chokeholds unless deadly force is authorized by law."


async def typed(bot: SlackDouble, text: str, key: str = "r1") -> Any:
    """What the command was acknowledged with."""
    delivered = await bot.deliver("command", command(text, bot.response_url(key)))
    assert delivered[0].status == 200
    body = delivered[0].body
    return json.loads(body) if isinstance(body, str) else body


async def responses(bot: SlackDouble, key: str = "r1", count: int = 1) -> list[dict[str, Any]]:
    await bot.until(lambda: len(bot.in_thread("response", key)) >= count)
    return bot.in_thread("response", key)


@pytest.mark.parametrize("text", ["", "help", "  HELP "])
async def test_an_empty_command_shows_the_help(bot: SlackDouble, text: str) -> None:
    assert "/safepolicing forget" in (await typed(bot, text))["text"]
    assert not bot.posted


@pytest.mark.parametrize("word", ["ask", "review"])
async def test_a_command_without_words_says_what_is_missing(bot: SlackDouble, word: str) -> None:
    assert f"`/safepolicing {word}`" in (await typed(bot, word))["text"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("ask Is it &lt;over&gt;?", "Is it <over>?"),
        ("status", "Is Executive Order 13929 still in force?"),
        ("bodies Kansas", "Which independent credentialing bodies are there for Kansas?"),
        ("bodies", "Which independent credentialing bodies are there for any state?"),
        ("Who certifies agencies?", "Who certifies agencies?"),
    ],
)
async def test_a_command_is_answered_to_one_person(
    bot: SlackDouble, advisor: SmallAdvisor, text: str, question: str
) -> None:
    assert (await typed(bot, text))["text"]
    found = await responses(bot, count=2)
    assert [item["response_type"] for item in found] == ["ephemeral", "ephemeral"]
    assert [asked.text.casefold() for asked in advisor.questions] == [question.casefold()]


async def test_the_answer_of_a_command_can_be_shared(bot: SlackDouble) -> None:
    await typed(bot, "ask Is it over?")
    share = (await responses(bot, count=2))[-1]["blocks"][-1]["elements"][0]
    by_another = press(share, channel="C9", thread="", user="U2")
    by_another |= {"response_url": bot.response_url("r2")}
    await bot.deliver("interactive", by_another)
    assert "Only the person" in (await responses(bot, "r2"))[0]["text"]
    await bot.deliver(
        "interactive",
        press(share, channel="C9", thread="", response_url=bot.response_url("r3")),
    )
    shared = (await responses(bot, "r3"))[0]
    assert shared["response_type"] == "in_channel"
    assert "The order was revoked." in json.dumps(shared["blocks"])


@pytest.mark.parametrize("before", ["review ", "review: ", "REVIEW ", ""])
async def test_a_command_reviews_an_excerpt(
    bot: SlackDouble, advisor: SmallAdvisor, before: str
) -> None:
    await typed(bot, f"{before}{EXCERPT}")
    found = await responses(bot)
    assert "Chokeholds" in json.dumps(found[0]["blocks"])
    assert advisor.excerpts[0].text == EXCERPT


async def test_a_long_answer_to_a_command_goes_on_in_direct_message(bot: SlackDouble) -> None:
    await typed(bot, "ask a very long one long longer")
    await bot.until(lambda: "Only you can see" in json.dumps(bot.posted))
    everything = json.dumps([item["blocks"] for item in bot.posted])
    assert all(f"Part {at}." in everything for at in range(59))
    assert len(bot.in_thread("response")) <= 5


async def test_forget_deletes_what_is_remembered(bot: SlackDouble, advisor: SmallAdvisor) -> None:
    asked = message("Is it over?", channel="D1")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: bot.in_thread("D1"))
    thumb = bot.in_thread("D1")[0]["blocks"][-1]["elements"][0]
    pressed = {"action_id": "feedback", "type": "feedback_buttons"}
    pressed |= {"value": thumb["positive_button"]["value"]}
    await bot.deliver("interactive", press(pressed, channel="D1", thread=asked["ts"]))
    await bot.until(lambda: len(bot.in_thread("D1")) == 2)
    await typed(bot, "forget")
    said = (await responses(bot))[0]["text"]
    assert "deleted 1 remembered questions and 1 notes" in said
    await bot.deliver("event", event(message("And now?", channel="D1", thread_ts=asked["ts"])))
    await bot.until(lambda: len(advisor.questions) == 2)
    assert advisor.questions[1].history == ()


async def test_a_thumb_down_asks_why(bot: SlackDouble) -> None:
    asked = message("Is it over?", channel="D1")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: bot.in_thread("D1"))
    thumb = bot.in_thread("D1")[0]["blocks"][-1]["elements"][0]
    pressed = {"action_id": "feedback", "value": thumb["negative_button"]["value"]}
    await bot.deliver("interactive", press(pressed, channel="D1", thread=asked["ts"]))
    await bot.until(lambda: len(bot.in_thread("D1")) == 2)
    reason = bot.in_thread("D1")[1]["blocks"][-1]["elements"][2]
    await bot.deliver("interactive", press(reason, channel="D1", thread=asked["ts"]))
    await bot.until(lambda: len(bot.in_thread("D1")) == 3)
    assert "I noted this" in bot.in_thread("D1")[2]["text"]


async def test_the_message_shortcut_reviews_that_message(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    said = message(EXCERPT.replace("law", "law &amp; policy"), user="U2")
    told = message_shortcut(said, bot.response_url("r1"))
    assert (await bot.deliver("interactive", told))[0].status == 200
    assert (await responses(bot))[0]["response_type"] == "ephemeral"
    assert advisor.excerpts[0].text == EXCERPT.replace("law", "law & policy")


async def test_the_message_shortcut_on_an_empty_message_says_so(bot: SlackDouble) -> None:
    told = message_shortcut(message("", user="U2"), bot.response_url("r1"))
    await bot.deliver("interactive", told)
    assert "no text to check" in (await responses(bot))[0]["text"]


async def test_the_global_shortcut_opens_a_modal_and_the_review_comes_directly(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    await bot.deliver("interactive", global_shortcut(bot.trigger()))
    await bot.until(lambda: bot.views)
    view = bot.views[0]
    empty = await bot.deliver("interactive", submission(view, {"text": {"value": ""}}))
    assert "choose a file" in json.dumps(empty[0].body)
    nowhere = {"text": {"value": EXCERPT}, "state": {"value": "Atlantis"}}
    wrong = await bot.deliver("interactive", submission(view, nowhere))
    assert "not a U.S. state" in json.dumps(wrong[0].body)
    good = {"text": {"value": EXCERPT}, "state": {"value": "kansas"}}
    sent = await bot.deliver("interactive", submission(view, good))
    assert "direct message" in json.dumps(sent[0].body)
    posted = await bot.until(lambda: bot.in_thread("DU1"))
    assert "Chokeholds" in json.dumps(posted[0]["blocks"])
    assert (advisor.excerpts[0].text, advisor.excerpts[0].state) == (EXCERPT, "KS")


async def test_the_home_tab_shows_what_is_known(bot: SlackDouble) -> None:
    assert (await bot.deliver("event", event(opened("home"))))[0].status == 200
    home = await bot.until(lambda: bot.homes.get("U1"))
    shown = json.dumps(home)
    assert "13929" in shown
    assert "revoked" in shown
    assert "test-release" in shown
    assert "/safepolicing forget" in shown


async def test_the_messages_tab_offers_four_questions(bot: SlackDouble) -> None:
    await bot.deliver("event", event(opened("messages")))
    await bot.until(lambda: bot.called("assistant.threads.setSuggestedPrompts"))
    offered = bot.called("assistant.threads.setSuggestedPrompts")[0]
    assert len(offered["prompts"]) == 4
    assert "thread_ts" not in offered


async def test_events_that_nothing_is_done_about_are_acknowledged(bot: SlackDouble) -> None:
    for kind in ("agent_session_stopped", "app_context_changed", "reaction_added", "file_shared"):
        told = event({"type": kind, "channel": "C1", "user": "U1", "thread_ts": "1.1"})
        assert (await bot.deliver("event", told))[0].status == 200
