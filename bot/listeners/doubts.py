"""The two buttons that ask whether a message is a question or an excerpt, and the choices."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.audience import among_ourselves
from bot.desk import Desk
from bot.failure import failure_of
from bot.intent import Intent, Kind
from bot.job import Job
from bot.listeners.pressed import pressed_at
from bot.message import simple
from bot.post import Poster, Posting, Responder
from bot.respond import start
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

KINDS = {"unsure_ask": Kind.QUESTION, "unsure_review": Kind.REVIEW}


def register(app: AsyncApp, desk: Desk) -> None:
    """A pressed button does what it says, for the person whose message it was."""

    async def settle(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        poster = desk.poster(client)
        work = _settled(desk, poster, body, respond)
        desk.start(guarded(desk, poster, pressed_at(body), work))

    async def choose(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        private = bool((body.get("container") or {}).get("is_ephemeral"))
        posting = Responder(client, respond) if private else desk.poster(client)
        work = _chosen(desk, posting, body, private=private)
        desk.start(guarded(desk, posting, pressed_at(body), work))

    app.action("unsure_ask")(settle)
    app.action("unsure_review")(settle)
    app.action(re.compile(r"^choice_\d+$"))(choose)


async def _chosen(desk: Desk, posting: Posting, body: dict[str, Any], *, private: bool) -> None:
    """The question on the button is answered where the button stands, to whom it was shown."""
    place = pressed_at(body)
    intent = Intent(Kind.QUESTION, question=body["actions"][0]["value"])
    ours = place.direct or private or await among_ourselves(posting.client, place.channel)
    start(desk, posting, Job(intent, place, private=private, external=not ours))


async def _settled(desk: Desk, poster: Poster, body: dict[str, Any], respond: AsyncRespond) -> None:
    place, pressed = pressed_at(body), body["actions"][0]
    key, kind = pressed["value"], KINDS[pressed["action_id"]]
    doubt = await desk.stored(desk.shelves.doubts.get, key)
    if doubt is None:
        await poster.whisper(place, simple(desk.wording.say("gone")))
    elif doubt.place.person != place.person:
        await poster.whisper(place, simple(desk.wording.say("not_yours")))
    elif await desk.stored(desk.shelves.doubts.take, key):  # the first press counts, and no other
        if body.get("response_url"):  # what has been answered is not asked any more
            await failure_of(respond(delete_original=True))
        intent = replace(doubt.intent, kind=kind)
        start(desk, poster, Job(intent, doubt.place, external=doubt.external))
