"""The two buttons that ask whether a message is a question or an excerpt, and the choices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.intent import Intent, Kind
from bot.job import Job
from bot.listeners.pressed import pressed_at
from bot.message import simple
from bot.post import Poster
from bot.respond import start
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

KINDS = {"unsure_ask": Kind.QUESTION, "unsure_review": Kind.REVIEW}


def register(app: AsyncApp, desk: Desk) -> None:
    """A pressed button does what it says, for the person whose message it was."""

    async def settle(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        pressed = body["actions"][0]
        poster = desk.poster(client)
        work = _settled(desk, poster, body, KINDS[pressed["action_id"]])
        desk.start(guarded(desk, poster, pressed_at(body), work))

    async def choose(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        intent = Intent(Kind.QUESTION, question=body["actions"][0]["value"])
        start(desk, desk.poster(client), Job(intent, pressed_at(body)))

    app.action("unsure_ask")(settle)
    app.action("unsure_review")(settle)
    app.action(re.compile(r"^choice_\d+$"))(choose)


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
        start(desk, poster, Job(replace(doubt.intent, kind=kind), doubt.place))
