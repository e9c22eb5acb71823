"""Where a button was pressed, and how to answer whoever pressed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.intake import Place, tenant
from bot.post import Posting, Responder

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient


def pressed_at(body: dict[str, Any]) -> Place:
    """The thread of the message that the button hangs on, and the person who pressed it.

    A button of the home hangs on no message: what is said about it goes to the person directly.
    """
    container = body.get("container") or {}
    message = body.get("message") or {}
    person = str(body["user"]["id"])
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    thread = message.get("thread_ts") or container.get("thread_ts")
    return Place(
        team=tenant(body),
        channel=channel or person,
        thread=str(thread or message.get("ts") or ""),
        person=person,
        direct=not channel or channel.startswith("D"),
        person_team=str(body["user"].get("team_id") or ""),
        begun=bool(thread),
    )


def posting_at(
    desk: Desk, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
) -> Posting:
    """In a thread and in a direct message the bot answers as it does there.

    Elsewhere through the URL of the press: only the person sees it, and the bot need not be a
    member of the channel. What comes through that URL never stands in a thread.
    """
    place = pressed_at(body)
    if place.direct or place.begun or not body.get("response_url"):
        return desk.poster(client)
    return Responder(client, respond)
