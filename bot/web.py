"""The web side: signed deliveries, the install pages, and a sign of life, under uvicorn.

Bolt's ASGI adapter serves the paths that belong to Slack; this file serves it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.operations.page import READY, Ready, say, say_ready
from bot.settings import EVENTS_PATH, BotSettings
from knowledge.errors import AdvisorError

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

HEALTH_PATH = "/healthz"
BODY_LIMIT = 4 * 1024 * 1024  # bytes; Slack's deliveries are far smaller
BACKLOG = 512
GRACE_SECONDS = 10
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Served = Callable[[Scope, Receive, Send], Awaitable[None]]


@asynccontextmanager
async def listening(app: AsyncApp, settings: BotSettings, ready: Ready) -> AsyncIterator[int]:
    """The app answers over HTTP inside the `with`; the value is its port. Raises: `AdvisorError`.

    On leaving, requests that have begun are answered first.
    """
    served = web_app(app, ready, events=not settings.socket_mode)
    async with serving(served, settings.host, settings.port) as port:
        yield port


@asynccontextmanager
async def serving(served: Served, host: str, port: int) -> AsyncIterator[int]:
    """`served` answers on `host` inside the `with`; the value is its port, 0 takes a free one."""
    import uvicorn

    config = uvicorn.Config(
        served,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    with _listen(host, port) as door:
        serving = asyncio.create_task(server.serve(sockets=[door]))
        try:
            while not server.started and not serving.done():
                await asyncio.sleep(0.005)
            yield int(door.getsockname()[1])
        finally:
            server.should_exit = True
            await serving


def web_app(app: AsyncApp, ready: Ready, *, events: bool) -> Served:
    """What uvicorn runs. In Socket Mode there are only the install pages."""
    from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler

    slack: Served = AsyncSlackRequestHandler(app, path=EVENTS_PATH if events else "")

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == HEALTH_PATH:
            await say(send, 200, b'{"ok": true}')
        elif scope["type"] == "http" and scope["path"] == READY:
            await say_ready(send, await ready())
        elif scope["type"] == "http" and not _short(scope):
            await say(send, 413, b'{"ok": false}')
        else:
            await slack(scope, receive, send)

    return served


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port),
            family=socket.AF_INET6 if ":" in host else socket.AF_INET,
            backlog=BACKLOG,
        )
    except OSError as error:
        raise AdvisorError(
            f"Cannot listen on {host}:{port} ({error.strerror}); set HOST and "
            "PORT to an address of this machine that is free."
        ) from None


def _short(scope: Scope) -> bool:
    """The body's length is told, where there is one, and is not over the limit."""
    if scope["method"] in ("GET", "HEAD"):
        return True
    told = dict(scope["headers"]).get(b"content-length", b"")
    return told.isdigit() and int(told) <= BODY_LIMIT
