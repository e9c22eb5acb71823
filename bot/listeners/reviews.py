"""The buttons of a review: details, export and share."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.desk import Desk, Reviewed
from bot.intake import Place
from bot.listeners.pressed import pressed_at
from bot.message import contexts, simple
from bot.pages import review_page
from bot.post import Posting, Responder, open_direct, upload
from bot.review_blocks import details_reply, review_reply
from bot.telling import guarded
from knowledge.records import review_record

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

Work = Callable[[Desk, Posting, Reviewed, Place], Awaitable[None]]


def register(app: AsyncApp, desk: Desk) -> None:
    """Each button works for the review's owner for half an hour."""
    for action, work in (
        ("review_details", _details),
        ("review_export", _export),
        ("review_share", _share),
    ):
        app.action(action)(_listener(desk, work))


def _listener(desk: Desk, work: Work) -> Callable[..., Awaitable[None]]:
    async def press(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        place = pressed_at(body)
        ephemeral = (body.get("container") or {}).get("is_ephemeral")
        posting = Responder(client, respond) if ephemeral else desk.poster(client)
        key = body["actions"][0]["value"]
        desk.start(guarded(desk, posting, place, _owned(desk, posting, place, key, work)))

    return press


async def _owned(desk: Desk, posting: Posting, place: Place, key: str, work: Work) -> None:
    kept = desk.reviews.get(key)
    if kept is None:
        await posting.whisper(place, simple(desk.wording.say("gone")))
    elif kept.place.person != place.person:
        await posting.whisper(place, simple(desk.wording.say("not_yours")))
    else:
        await work(desk, posting, kept, place)


async def _details(desk: Desk, posting: Posting, kept: Reviewed, place: Place) -> None:
    await posting.whisper(place, details_reply(kept.review, desk.wording))


async def _export(desk: Desk, posting: Posting, kept: Reviewed, place: Place) -> None:
    """The files go by direct message, wherever the button was pressed."""
    channel = place.channel
    thread = place.thread
    if not place.direct:
        channel, thread = await open_direct(posting.client, place.person), ""
    name = f"review-{kept.review.id.removeprefix('r-')}"
    record = json.dumps(review_record(kept.review), ensure_ascii=False, indent=2)
    files = {f"{name}.html": review_page(kept.review), f"{name}.json": record}
    direct = replace(place, channel=channel, thread=thread, direct=True)
    await desk.poster(posting.client).reply(direct, simple(desk.wording.say("exported")))
    await upload(posting.client, direct, files)


async def _share(desk: Desk, posting: Posting, kept: Reviewed, place: Place) -> None:
    """Everybody in the thread, or in the channel of a command, sees the review."""
    key = desk.reviews.put(kept)
    reply = review_reply(kept.review, desk.wording, key=key, private=False)
    by = contexts([desk.wording.say("shared_by", person=f"<@{place.person}>")])
    shared = (replace(reply[0], blocks=(*by, *reply[0].blocks)), *reply[1:])
    if isinstance(posting, Responder) and not kept.place.thread:
        await posting.share(shared)
    else:
        await desk.poster(posting.client).reply(kept.place, shared)
