"""The buttons of a review: details, export and share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.audience import among_ourselves
from bot.desk import Desk
from bot.exports import export_files
from bot.intake import Place
from bot.kept import Reviewed
from bot.listeners.pressed import posting_at, pressed_at
from bot.message import simple
from bot.post import Posting, Responder, open_direct, upload
from bot.review_blocks import details_reply, shared_reply
from bot.sharing import share_once
from bot.shelf import new_key
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient


@dataclass(frozen=True, slots=True)
class Pressed:
    """Where a button was pressed and by whom, and the key that stands on it."""

    place: Place
    key: str


Work = Callable[[Desk, Posting, Reviewed, Pressed], Awaitable[None]]


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
        pressed = Pressed(pressed_at(body), str(body["actions"][0]["value"]))
        posting = posting_at(desk, body, client, respond)
        desk.start(guarded(desk, posting, pressed.place, _owned(desk, posting, pressed, work)))

    return press


async def _owned(desk: Desk, posting: Posting, pressed: Pressed, work: Work) -> None:
    place = pressed.place
    kept = await desk.stored(desk.shelves.reviews.get, pressed.key)
    if kept is None:
        await posting.whisper(place, simple(desk.wording.say("gone")))
    elif kept.place.person != place.person:
        await posting.whisper(place, simple(desk.wording.say("not_yours")))
    elif kept.review.release != desk.advisor.release:
        await posting.whisper(place, simple(desk.wording.say("outdated")))
    else:
        await work(desk, posting, kept, pressed)


async def _details(desk: Desk, posting: Posting, kept: Reviewed, pressed: Pressed) -> None:
    await posting.whisper(pressed.place, details_reply(kept.review, desk.wording))


async def _export(desk: Desk, posting: Posting, kept: Reviewed, pressed: Pressed) -> None:
    """The files go by direct message, wherever the button was pressed."""
    direct = pressed.place
    if not direct.direct:
        channel = await open_direct(posting.client, direct.person)
        direct = replace(direct, channel=channel, thread="", direct=True)
    said, files = await desk.think(export_files, kept, desk.wording)
    await desk.poster(posting.client).reply(direct, simple(said))
    await upload(posting.client, direct, files)


async def _share(desk: Desk, posting: Posting, kept: Reviewed, pressed: Pressed) -> None:
    """Everybody in the thread, or in the channel of a command, sees the review."""
    if not kept.internal and not await among_ourselves(posting.client, kept.place.channel):
        await posting.whisper(pressed.place, simple(desk.wording.say("not_shared")))
        return
    show = partial(_show_all, desk, posting, kept)
    await share_once(desk, posting, pressed.place, pressed.key, show)


async def _show_all(desk: Desk, posting: Posting, kept: Reviewed) -> None:
    key = new_key()
    await desk.stored(desk.shelves.reviews.keep, key, kept)
    shared = shared_reply(kept.review, desk.wording, key=key, person=kept.place.person)
    if isinstance(posting, Responder) and not kept.place.thread:
        await posting.share(shared)
    else:
        await desk.poster(posting.client).reply(kept.place, shared)
