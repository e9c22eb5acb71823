"""Mentions, direct messages, and follow-ups in a thread where the bot has answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.intake import Incoming, read_message
from bot.job import read_job
from bot.memory import Thread
from bot.respond import start
from bot.seen import Accepted

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp, AsyncBoltContext
    from slack_sdk.web.async_client import AsyncWebClient

KEY = "safepolicing_message"


def register(app: AsyncApp, desk: Desk) -> None:
    """Messages are accepted before Slack gets its acknowledgement, and answered after it."""

    async def accept(
        body: dict[str, Any], context: AsyncBoltContext, next: Callable[[], Awaitable[None]]
    ) -> None:
        if body.get("type") == "event_callback":
            context[KEY] = await accepted(desk, body, context.bot_user_id or "")
        await next()

    async def answer(context: AsyncBoltContext, client: AsyncWebClient) -> None:
        message: Incoming | None = context.get(KEY)
        if message:
            start(desk, desk.poster(client), read_job(message))

    app.middleware(accept)
    app.event("app_mention")(answer)
    app.event("message")(answer)


async def accepted(desk: Desk, body: dict[str, Any], us: str) -> Incoming | None:
    """The message in `body` if it is for us and no other process or delivery has it."""
    if (body.get("event") or {}).get("type") not in ("app_mention", "message"):
        return None
    message = read_message(body, us)
    if message is None or not await _addressed(desk, message):
        return None
    place = message.place
    work = Accepted(message.mark, place.team, place.channel, place.thread, place.person)
    if not await desk.stored(desk.seen.claim, message.event, work):
        return None
    if not place.direct:  # at once: the next message of the thread may come before the answer
        await desk.stored(desk.memory.join, Thread(place.team, place.channel, place.thread))
    return message


async def _addressed(desk: Desk, message: Incoming) -> bool:
    if message.place.direct or message.mentions_us:
        return True
    if not message.in_thread or message.mentions_others:
        return False
    place = message.place
    return await desk.stored(desk.memory.joined, Thread(place.team, place.channel, place.thread))
