"""Every entry point over both transports: what is done, and what its author then sees, and who else.

`pytest -k scenario -s` prints the table.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import (
    command,
    event,
    global_shortcut,
    mention,
    message,
    message_shortcut,
    opened,
    press,
    submission,
)

EXCERPT = "Officers shall not use chokeholds. Officers must intervene."
Shown = dict[str, Any]
Enter = Callable[[SlackDouble], Awaitable[Shown]]


async def _said(bot: SlackDouble, inner: Shown) -> Shown:
    await bot.deliver("event", event(inner))
    channel = inner["channel"]
    seen = await bot.until(lambda: bot.in_thread(channel, inner["ts"]) or bot.whispered(channel))
    return dict(seen[-1])


async def _mention(bot: SlackDouble) -> Shown:
    return await _said(bot, mention("Is it over?"))


async def _follow_up(bot: SlackDouble) -> Shown:
    first = mention("Is it over?")
    await _said(bot, first)
    await bot.deliver("event", event(message("Since when?", thread_ts=first["ts"])))
    await bot.until(lambda: len(bot.in_thread("C1", first["ts"])) == 2)
    return bot.in_thread("C1", first["ts"])[1]


async def _direct(bot: SlackDouble) -> Shown:
    return await _said(bot, message("Is it over?", channel="D1"))


async def _mention_review(bot: SlackDouble) -> Shown:
    return await _said(bot, mention(f"review: {EXCERPT}"))


async def _direct_review(bot: SlackDouble) -> Shown:
    return await _said(bot, message(EXCERPT, channel="D1"))


async def _upload(bot: SlackDouble) -> Shown:
    file = bot.hold_file("policy.txt", EXCERPT.encode())
    return await _said(bot, message("", channel="D1", subtype="file_share", files=[file]))


async def _typed(bot: SlackDouble, text: str) -> Shown:
    told = await bot.deliver("command", command(text, bot.response_url("r")))
    found = bot.in_thread("response", "r")
    if text in ("", "help"):
        body = told[0].body
        return {"kind": "ephemeral", "text": str(body), "blocks": []}
    found = await bot.until(lambda: bot.in_thread("response", "r"))
    return dict(found[0])


def _command(text: str) -> Enter:
    async def enter(bot: SlackDouble) -> Shown:
        return await _typed(bot, text)

    return enter


async def _message_shortcut(bot: SlackDouble) -> Shown:
    told = message_shortcut(message(EXCERPT, user="U2"), bot.response_url("r"))
    await bot.deliver("interactive", told)
    return dict((await bot.until(lambda: bot.in_thread("response", "r")))[0])


async def _modal(bot: SlackDouble) -> Shown:
    await bot.deliver("interactive", global_shortcut(bot.trigger()))
    view = (await bot.until(lambda: bot.views))[0]
    file = bot.hold_file("policy.txt", EXCERPT.encode())
    await bot.deliver("interactive", submission(view, {"file": {"files": [file]}}))
    return dict((await bot.until(lambda: bot.in_thread("DU1")))[0])


async def _doubt(bot: SlackDouble) -> Shown:
    return await _said(bot, mention("Officers must intervene."))


async def _choice(bot: SlackDouble) -> Shown:
    asked = message("something unclear", channel="D1")
    shown = await _said(bot, asked)
    choice = shown["blocks"][1]["elements"][0]
    await bot.deliver("interactive", press(choice, channel="D1", thread=asked["ts"]))
    await bot.until(lambda: len(bot.in_thread("D1", asked["ts"])) == 2)
    return bot.in_thread("D1", asked["ts"])[1]


async def _home(bot: SlackDouble) -> Shown:
    await bot.deliver("event", event(opened("home")))
    view = await bot.until(lambda: bot.homes.get("U1"))
    return {"kind": "home", "text": "", "blocks": view["blocks"]}


async def _messages_tab(bot: SlackDouble) -> Shown:
    await bot.deliver("event", event(opened("messages")))
    offered = await bot.until(lambda: bot.called("assistant.threads.setSuggestedPrompts"))
    return {"kind": "prompts", "text": json.dumps(offered[0]["prompts"]), "blocks": []}


PUBLIC, PRIVATE = {"stream", "message"}, {"ephemeral", "response"}
SCENARIOS: dict[str, tuple[Enter, set[str], str]] = {
    "mention": (_mention, PUBLIC, "The order was revoked."),
    "follow-up without a mention": (_follow_up, PUBLIC, "The order was revoked."),
    "direct message": (_direct, PUBLIC, "The order was revoked."),
    "mention with an excerpt": (_mention_review, {"ephemeral"}, "Chokeholds"),
    "direct message with an excerpt": (_direct_review, PUBLIC, "Chokeholds"),
    "uploaded file": (_upload, PUBLIC, "policy.txt"),
    "command": (_command(""), PRIVATE, "/safepolicing forget"),
    "command help": (_command("help"), PRIVATE, "/safepolicing forget"),
    "command ask": (_command("ask Is it over?"), PRIVATE, "The order was revoked."),
    "command review": (_command(f"review {EXCERPT}"), PRIVATE, "Chokeholds"),
    "command status": (_command("status"), PRIVATE, "The order was revoked."),
    "command bodies": (_command("bodies Kansas"), PRIVATE, "The order was revoked."),
    "command forget": (_command("forget"), PRIVATE, "I deleted 0 remembered questions"),
    "message shortcut": (_message_shortcut, PRIVATE, "Chokeholds"),
    "global shortcut, form with a file": (_modal, PUBLIC, "policy.txt"),
    "question or excerpt?": (_doubt, {"ephemeral"}, "policy text for me to check"),
    "choice after a doubtful question": (_choice, PUBLIC, "The order was revoked."),
    "app home": (_home, {"home"}, "Where the law stands"),
    "messages tab": (_messages_tab, {"prompts"}, "Is the order still in force?"),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("name", SCENARIOS)
async def test_scenario(bot: SlackDouble, name: str) -> None:
    enter, seen_by, wanted = SCENARIOS[name]
    shown = await enter(bot)
    print(f"| {name} | {shown['kind']} | {wanted} |")
    assert shown["kind"] in seen_by
    assert wanted in shown["text"] + json.dumps(shown["blocks"], ensure_ascii=False)
