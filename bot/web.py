"""The web side: signed deliveries, the install pages, and a sign of life, under uvicorn.

Bolt's ASGI adapter serves the paths that belong to Slack; this file serves it.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

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
async def listening(app: AsyncApp, settings: BotSettings) -> AsyncIterator[int]:
    """The app answers over HTTP inside the `with`; the value is its port. Raises: `AdvisorError`.

    On leaving, requests that have begun are answered first.
    """
    import uvicorn

    config = uvicorn.Config(
        web_app(app, events=not settings.socket_mode),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    with _listen(settings) as door:
        serving = asyncio.create_task(server.serve(sockets=[door]))
        try:
            while not server.started and not serving.done():
                await asyncio.sleep(0.005)
            yield int(door.getsockname()[1])
        finally:
            server.should_exit = True
            await serving


def web_app(app: AsyncApp, *, events: bool) -> Served:
    """What uvicorn runs. In Socket Mode there are only the install pages."""
    from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler

    slack: Served = AsyncSlackRequestHandler(app, path=EVENTS_PATH if events else "")

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == HEALTH_PATH:
            await _say(send, 200, b'{"ok": true}')
        elif scope["type"] == "http" and not _short(scope):
            await _say(send, 413, b'{"ok": false}')
        else:
            await slack(scope, receive, send)

    return served


def _listen(settings: BotSettings) -> socket.socket:
    try:
        return socket.create_server(
            (settings.host, settings.port),
            family=socket.AF_INET6 if ":" in settings.host else socket.AF_INET,
            backlog=BACKLOG,
        )
    except OSError as error:
        raise AdvisorError(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}); set HOST and "
            "PORT to an address of this machine that is free."
        ) from None


def _short(scope: Scope) -> bool:
    """The body's length is told, where there is one, and is not over the limit."""
    if scope["method"] in ("GET", "HEAD"):
        return True
    told = dict(scope["headers"]).get(b"content-length", b"")
    return told.isdigit() and int(told) <= BODY_LIMIT


async def _say(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
