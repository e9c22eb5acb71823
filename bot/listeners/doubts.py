"""The two buttons that ask whether a message is a question or an excerpt, and the choices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.intake import Place
from bot.intent import Intent, Kind
from bot.message import simple
from bot.post import Poster
from bot.respond import Job, do

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

KINDS = {"unsure_ask": Kind.QUESTION, "unsure_review": Kind.REVIEW}


def register(app: AsyncApp, desk: Desk) -> None:
    """A pressed button does what it says, for the person whose message it was."""

    async def settle(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = body["actions"][0]
        desk.start(_settled(desk, Poster(client), body, KINDS[pressed["action_id"]]))

    async def choose(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        intent = Intent(Kind.QUESTION, question=body["actions"][0]["value"])
        desk.start(do(desk, Poster(client), Job(intent, pressed_at(body))))

    app.action("unsure_ask")(settle)
    app.action("unsure_review")(settle)
    app.action(re.compile(r"^choice_\d+$"))(choose)


def pressed_at(body: dict[str, Any]) -> Place:
    """Where a button was pressed, and by whom."""
    channel = str((body.get("channel") or body.get("container") or {}).get("id") or "")
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel = channel or str(container.get("channel_id") or "")
    ts = message.get("thread_ts") or container.get("thread_ts")
    return Place(
        team=str((body.get("team") or {}).get("id") or body["user"].get("team_id") or ""),
        channel=channel,
        thread=str(ts or message.get("ts") or container.get("message_ts") or ""),
        person=str(body["user"]["id"]),
        direct=channel.startswith("D"),
    )


async def _settled(desk: Desk, poster: Poster, body: dict[str, Any], kind: Kind) -> None:
    place = pressed_at(body)
    key = body["actions"][0]["value"]
    doubt = desk.doubts.get(key)
    if doubt is None:
        await poster.whisper(place, simple(desk.wording.say("gone")))
    elif doubt.place.person != place.person:
        await poster.whisper(place, simple(desk.wording.say("not_yours")))
    else:
        desk.doubts.take(key)
        await do(desk, poster, Job(replace(doubt.intent, kind=kind), doubt.place))
