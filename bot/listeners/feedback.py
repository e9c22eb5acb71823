"""Thumbs on an answer, and the reason for a thumb down from a fixed list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.feedback import Mark, read_mark
from bot.feedback_blocks import thanks_reply, why_reply
from bot.intake import Place
from bot.kept import asked_key
from bot.listeners.pressed import posting_at, pressed_at
from bot.message import simple
from bot.post import Posting
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient


def register(app: AsyncApp, desk: Desk) -> None:
    """A thumb is kept at once; a reason replaces it; the question only if the person agrees."""

    async def thumb(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        place, pressed = pressed_at(body), body["actions"][0]
        mark = read_mark(pressed["value"], place.team, place.person)
        if str(pressed["action_id"]).startswith("why_"):
            mark = replace(mark, reason=str(pressed["action_id"]).removeprefix("why_"))
        posting = posting_at(desk, body, client, respond)
        desk.start(guarded(desk, posting, place, _note(desk, posting, body, mark)))

    async def keep(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        place = pressed_at(body)
        mark = read_mark(body["actions"][0]["value"], place.team, place.person)
        posting = posting_at(desk, body, client, respond)
        desk.start(guarded(desk, posting, place, _keep(desk, posting, place, mark)))

    app.action("feedback")(thumb)
    app.action(re.compile(r"^why_"))(thumb)
    app.action("keep_question")(keep)


async def _note(desk: Desk, posting: Posting, body: dict[str, Any], mark: Mark) -> None:
    await desk.stored(desk.feedback.note, mark)
    if not mark.helpful and not mark.reason:
        reply = why_reply(mark, desk.wording)
    else:
        mine = bool(await _own_question(desk, mark))
        reply = thanks_reply(mark, desk.wording, own_question=mine)
    await posting.whisper(pressed_at(body), reply)


async def _keep(desk: Desk, posting: Posting, place: Place, mark: Mark) -> None:
    question = await _own_question(desk, mark)
    if question:
        await desk.stored(desk.feedback.keep_question, mark, question)
    said = desk.wording.say("question_kept" if question else "gone")
    await posting.whisper(place, simple(said))


async def _own_question(desk: Desk, mark: Mark) -> str:
    """The question of the answer, if it was this person's and is still at hand; else ""."""
    key = asked_key(mark.record, mark.team, mark.person)
    asked = await desk.stored(desk.shelves.asked.get, key)
    return asked.question if asked else ""
