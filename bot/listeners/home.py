"""Opening the app: the home tab is drawn, and the messages tab offers four questions."""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.home import home_view, prompts

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")


def register(app: AsyncApp, desk: Desk) -> None:
    """Which tab was opened decides."""

    async def opened(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("tab") == "home":
            view = await desk.think(_view, desk)
            await client.views_publish(user_id=event["user"], view=view)
        elif event.get("channel"):
            await _offer(desk, client, str(event["channel"]))

    app.event("app_home_opened")(opened)


def _view(desk: Desk) -> dict[str, Any]:
    days = desk.settings.memory_days
    return home_view(desk.wording, release=desk.advisor.release, days=days, today=date.today())


async def _offer(desk: Desk, client: AsyncWebClient, channel: str) -> None:
    """Best effort: not every workspace has the agent view."""
    from slack_sdk.errors import SlackClientError

    try:
        # Without a thread: with one, the call fails in the agent view without saying so.
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=channel,
            thread_ts=None,
            title=desk.wording.prompts["title"],
            prompts=prompts(desk.wording),
        )
    except SlackClientError as error:
        _LOG.info("no prompts offered: %s", type(error).__name__)
