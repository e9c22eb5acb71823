"""Stopping: Slack's own Stop, our button where there is none, and messages that are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.intake import Place, tenant
from bot.listeners.pressed import pressed_at
from bot.message import simple
from bot.post import Poster
from bot.progress import at_rest
from bot.running import Reason, message_name, thread_name
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient


def register(app: AsyncApp, desk: Desk) -> None:
    """What is stopped is cancelled, not only hidden. Registered before the messages."""

    async def stopped(body: dict[str, Any], client: AsyncWebClient) -> None:
        place = stopped_at(body)
        if not desk.running.stop(thread_name(place)):
            desk.start(at_rest(client, place.channel, place.thread))  # it was answered already

    async def pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place, poster = pressed_at(body), desk.poster(client)
        if not desk.running.stop(thread_name(place, place.person)):
            desk.start(guarded(desk, poster, place, _not_stopped(desk, poster, place)))

    async def deleted(body: dict[str, Any]) -> None:
        event = body["event"]
        mark = f"{tenant(body)}/{event.get('channel')}/{event.get('deleted_ts')}"
        desk.running.stop(message_name(mark), Reason.DELETED)

    app.event("agent_session_stopped")(stopped)
    app.action("stop")(pressed)
    app.event({"type": "message", "subtype": "message_deleted"})(deleted)


async def _not_stopped(desk: Desk, poster: Poster, place: Place) -> None:
    """There is nothing to stop, or it has its result already, or another replica is at work."""
    late = await desk.stored(desk.seen.at_work, place)
    said = desk.wording.say("stop_too_late" if late else "nothing_to_stop")
    await poster.whisper(place, simple(said))


def stopped_at(body: dict[str, Any]) -> Place:
    """The thread whose work Slack has stopped."""
    event = body["event"]
    channel = str(event.get("channel") or event.get("channel_id") or "")
    thread, person = str(event.get("thread_ts") or ""), str(event.get("user") or "")
    direct = channel.startswith("D")
    return Place(tenant(body), channel, thread, person, direct)
