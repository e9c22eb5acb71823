"""Runs the Slack bot until it is told to stop: Socket Mode with an app token, else signed HTTP."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import open_app
from bot.desk import open_desk
from bot.engines import Engines
from bot.operations.health import Health
from bot.operations.meters import counting_failures
from bot.operations.page import operations_app
from bot.settings import EVENTS_PATH, BotSettings
from bot.upkeep import keep_up
from bot.web import listening, serving
from knowledge.errors import AdvisorError, SettingsError

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

_LOG = logging.getLogger("safepolicing.slack")
_REFUSED = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"}
)


def serve(advisor: Engines, settings: BotSettings) -> int:
    """0 after a stop by SIGINT or SIGTERM; accepted messages were answered before.

    Raises: `SettingsError` when a token is missing or refused, `AdvisorError` when Slack or the
    port cannot be reached.
    """
    settings.check()
    asyncio.run(_until_stopped(advisor, settings))
    return 0


@asynccontextmanager
async def open_door(advisor: Engines, settings: BotSettings) -> AsyncIterator[int]:
    """The bot listens inside the `with`; the value is its port, 0 without HTTP."""
    desk = open_desk(advisor, settings)
    if settings.database_url and not settings.shared_shelves:
        _LOG.warning("buttons work in this process only; replicas need SAFEPOLICING_AUDIT_KEY")
    try:
        opened = open_app(desk)
        await _check_token(opened.app, settings)
        ended = asyncio.Event()
        health = Health(desk)
        desk.meters.watch_queue(desk.running.__len__)
        upkeep = asyncio.create_task(keep_up(desk, opened.client_for, ended))
        async with AsyncExitStack() as doors:
            doors.enter_context(counting_failures(desk.meters))
            if settings.ops_port is not None:
                page = operations_app(desk.meters, health.ready)
                await doors.enter_async_context(serving(page, settings.host, settings.ops_port))
            yield await _open_doors(doors, opened.app, settings, health)
            health.ending = True
        ended.set()
        await asyncio.wait({upkeep}, timeout=10)
        await desk.drain()
    finally:
        await desk.close()


async def _open_doors(
    doors: AsyncExitStack, app: AsyncApp, settings: BotSettings, health: Health
) -> int:
    """Socket Mode, HTTP, or both where workspaces install the app over HTTP."""
    port = 0
    if not settings.socket_mode or settings.many_workspaces:
        port = await doors.enter_async_context(listening(app, settings, health.ready))
    if settings.socket_mode:
        await doors.enter_async_context(_socket(app, settings))
    return port


async def _until_stopped(advisor: Engines, settings: BotSettings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with open_door(advisor, settings) as port:
        web = f"on http://{settings.host}:{port}{EVENTS_PATH}"
        where = "over Socket Mode" if settings.socket_mode else web
        _LOG.warning("the bot is listening %s", where)
        await stop.wait()
        _LOG.warning("the bot stops after the messages that it has accepted")


@asynccontextmanager
async def _socket(app: AsyncApp, settings: BotSettings) -> AsyncIterator[int]:
    from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
    from slack_sdk.errors import SlackApiError

    handler = AsyncSocketModeHandler(app, settings.slack_app_token)
    try:
        # Bolt would go on trying with a refused token for ever.
        opened = await app.client.apps_connections_open(app_token=str(settings.slack_app_token))
        handler.client.wss_uri = opened["url"]
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield 0
    except SlackApiError as error:
        raise SettingsError(_refusal("SLACK_APP_TOKEN", error.response["error"])) from None
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _check_token(app: AsyncApp, settings: BotSettings) -> None:
    """Slack can be reached and knows the bot token. Raises: `SettingsError`, `AdvisorError`."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        await (app.client.api_test() if settings.many_workspaces else app.client.auth_test())
    except SlackApiError as error:
        raise SettingsError(_refusal("SLACK_BOT_TOKEN", error.response["error"])) from None
    except (SlackClientError, OSError, TimeoutError):
        raise AdvisorError(
            "Slack cannot be reached; check the network, the proxy and SLACK_API_URL, and start "
            "again."
        ) from None


def _refusal(name: str, code: str) -> str:
    if code in _REFUSED:
        return f"Slack refuses {name} ({code}); copy the token again from your app's pages."
    return f"Slack answered {code} when {name} was used; run safepolicing doctor."
