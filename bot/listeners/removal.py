"""A workspace takes the app away: everything that was kept for it is deleted."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.intake import tenant

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_LOG = logging.getLogger("safepolicing.slack")


def register(app: AsyncApp, desk: Desk) -> None:
    """Deleted before Slack gets its acknowledgement: if it fails, Slack says it again."""

    async def remove(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> None:
        event = body.get("event") or {}
        revoked = (event.get("tokens") or {}).get("bot")
        if event.get("type") == "app_uninstalled" or (
            event.get("type") == "tokens_revoked" and revoked
        ):
            await _remove(desk, body)
        await next()

    app.middleware(remove)


async def _remove(desk: Desk, body: dict[str, Any]) -> None:
    team = tenant(body)
    enterprise = body.get("enterprise_id")
    if desk.installations:
        await desk.installations.async_delete_all(enterprise_id=enterprise, team_id=team)
    await desk.forget_workspace(team)
    _LOG.warning("a workspace has taken the app away; what was kept for it is deleted")
