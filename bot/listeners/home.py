"""Opening the app: the home tab is drawn, and the messages tab offers four questions."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.audience import person_or_stranger
from bot.desk import Desk
from bot.failure import failure_of, slack_error
from bot.home import NO_STATE, Seen, home_view, prompts
from bot.intake import Place, tenant
from bot.listeners.pressed import pressed_at
from bot.post import sound_view
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")


def register(app: AsyncApp, desk: Desk) -> None:
    """Which tab was opened decides; whoever looks elsewhere is offered the questions again."""

    async def opened(body: dict[str, Any], client: AsyncWebClient) -> None:
        event = body["event"]
        if event.get("tab") == "home":
            await _draw(desk, client, _person_at(body))
        else:
            await _offer(desk, client, str(event.get("channel") or ""))

    async def looked(event: dict[str, Any], client: AsyncWebClient) -> None:
        # What the person looks at is not read: the bot may not see it, and need not.
        await _offer(desk, client, str(event.get("channel") or ""))

    async def chosen(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        place, poster = pressed_at(body), desk.poster(client)
        value = body["actions"][0]["selected_option"]["value"]
        desk.start(guarded(desk, poster, place, _set_state(desk, client, place, value)))

    app.event("app_home_opened")(opened)
    app.event("app_context_changed")(looked)
    app.action("home_state")(chosen)


async def _draw(desk: Desk, client: AsyncWebClient, place: Place) -> None:
    seen = Seen(
        release=desk.advisor.release,
        days=desk.settings.memory_days,
        today=date.today(),
        state=await desk.stored(desk.workspaces.state, place.team),
        admin=(await person_or_stranger(client, desk.people, place)).admin,
        shared_shelves=desk.settings.shared_shelves,
    )
    view = await desk.think(home_view, desk.wording, seen)
    await client.views_publish(user_id=place.person, view=sound_view(view))


async def _set_state(desk: Desk, client: AsyncWebClient, place: Place, value: str) -> None:
    """Only for administrators: the menu is drawn for them, but anybody may send what it sends."""
    if (await desk.people.look(client, place)).admin:
        state = None if value == NO_STATE else value
        await desk.stored(desk.workspaces.set_state, place.team, state)
    await _draw(desk, client, place)


def _person_at(body: dict[str, Any]) -> Place:
    event = body["event"]
    return Place(tenant(body), str(event.get("channel") or ""), "", str(event["user"]), direct=True)


async def _offer(desk: Desk, client: AsyncWebClient, channel: str) -> None:
    """Best effort: not every workspace has the agent view."""
    if not channel:
        return
    # Without a thread: with one, the call fails in the agent view without saying so.
    call = client.assistant_threads_setSuggestedPrompts(
        channel_id=channel,
        thread_ts=None,
        title=desk.wording.prompts["title"],
        prompts=prompts(desk.wording),
    )
    error = await failure_of(call)
    if error:
        _LOG.info("no prompts offered: %s", slack_error(error))
