"""Runs the Slack bot until it is told to stop: Socket Mode with an app token, else signed HTTP."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.app import open_app
from bot.desk import Engines, open_desk
from bot.settings import EVENTS_PATH, BotSettings
from bot.upkeep import ClientFor, keep_up
from knowledge.errors import AdvisorError, SettingsError

if TYPE_CHECKING:
    from aiohttp import web
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

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
    """The bot listens inside the `with`; the value is its port, 0 in Socket Mode."""
    desk = open_desk(advisor, settings)
    try:
        app = open_app(desk)
        await _check_token(app)
        ended = asyncio.Event()
        upkeep = asyncio.create_task(keep_up(desk, _client_for(app), ended))
        opened = _socket(app, settings) if settings.socket_mode else _http(app, settings)
        async with opened as port:
            yield port
        ended.set()
        await asyncio.wait({upkeep}, timeout=10)
        await desk.drain()
    finally:
        await desk.close()


async def _until_stopped(advisor: Engines, settings: BotSettings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with open_door(advisor, settings) as port:
        where = f"on http://{settings.host}:{port}{EVENTS_PATH}" if port else "over Socket Mode"
        _LOG.warning("the bot is listening %s", where)
        await stop.wait()
        _LOG.warning("the bot stops after the messages that it has accepted")


def _client_for(app: AsyncApp) -> ClientFor:
    async def client(_team: str) -> AsyncWebClient:
        return app.client

    return client


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


@asynccontextmanager
async def _http(app: AsyncApp, settings: BotSettings) -> AsyncIterator[int]:
    from aiohttp import web

    runner = web.AppRunner(_web_app(app), access_log=None)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, settings.host, settings.port, backlog=512), settings)
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _listen(site: web.TCPSite, settings: BotSettings) -> None:
    try:
        await site.start()
    except OSError as error:
        raise AdvisorError(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}); set HOST and "
            "PORT to an address of this machine that is free."
        ) from None


def _web_app(app: AsyncApp) -> web.Application:
    from aiohttp import web
    from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

    async def deliver(request: web.Request) -> web.Response:
        asked = await to_bolt_request(request)
        return await to_aiohttp_response(await app.async_dispatch(asked))

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    served = web.Application(client_max_size=4 * 1024 * 1024)
    served.add_routes([web.post(EVENTS_PATH, deliver), web.get("/healthz", alive)])
    return served


async def _check_token(app: AsyncApp) -> None:
    """Slack knows the bot token. Raises: `SettingsError`, `AdvisorError`."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        await app.client.auth_test()
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
