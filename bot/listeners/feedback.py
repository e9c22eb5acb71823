"""Thumbs on an answer, and the reason for a thumb down from a fixed list."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.feedback import REASONS, Mark, read_mark
from bot.listeners.pressed import pressed_at
from bot.message import Reply, actions, button, simple
from bot.post import Posting, Responder
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient


def register(app: AsyncApp, desk: Desk) -> None:
    """A thumb is kept at once; a reason replaces it."""

    async def thumb(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        place = pressed_at(body)
        mark = read_mark(body["actions"][0]["value"], place.team, place.person)
        posting = Responder(client, respond) if body.get("response_url") else desk.poster(client)
        desk.start(guarded(desk, posting, place, _note(desk, posting, body, mark)))

    async def why(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        place, pressed = pressed_at(body), body["actions"][0]
        mark = read_mark(pressed["value"], place.team, place.person)
        mark = replace(mark, reason=str(pressed["action_id"]).removeprefix("why_"))
        posting = Responder(client, respond) if body.get("response_url") else desk.poster(client)
        desk.start(guarded(desk, posting, place, _note(desk, posting, body, mark)))

    app.action("feedback")(thumb)
    app.action(re.compile(r"^why_"))(why)


async def _note(desk: Desk, posting: Posting, body: dict[str, Any], mark: Mark) -> None:
    await desk.stored(desk.feedback.note, mark)
    ask_why = not mark.helpful and not mark.reason
    reply = _why(desk, mark) if ask_why else simple(desk.wording.say("feedback_thanks"))
    await posting.whisper(pressed_at(body), reply)


def _why(desk: Desk, mark: Mark) -> Reply:
    told = {"id": mark.record, "release": mark.release, "evidence": list(mark.evidence)}
    value = f"-{json.dumps(told)}"
    buttons = [
        button(f"why_{reason}", desk.wording.say(f"why_{reason}"), value) for reason in REASONS
    ]
    return simple(desk.wording.say("feedback_why"), actions(*buttons))
