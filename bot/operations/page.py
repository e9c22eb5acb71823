"""The operator's port: /metrics, /healthz and /readyz. Never the port that Slack reaches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.operations.meters import Meters

Ready = Callable[[], Awaitable[bool]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
METRICS, HEALTH, READY = "/metrics", "/healthz", "/readyz"
_TEXT = b"text/plain; version=0.0.4; charset=utf-8"
_JSON = b"application/json"


def operations_app(meters: Meters, ready: Ready) -> Callable[..., Awaitable[None]]:
    """What uvicorn runs on the operator's port."""

    async def served(scope: dict[str, Any], _receive: object, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] == METRICS:
            await say(send, 200, meters.page(), _TEXT)
        elif scope["path"] == HEALTH:
            await say(send, 200, b'{"ok": true}')
        elif scope["path"] == READY:
            await say_ready(send, await ready())
        else:
            await say(send, 404, b'{"ok": false}')

    return served


async def say_ready(send: Send, ready: bool) -> None:
    """200 when the bot can take on work, else 503: a balancer sends it nothing then."""
    await say(send, 200 if ready else 503, b'{"ok": true}' if ready else b'{"ok": false}')


async def say(send: Send, status: int, body: bytes, kind: bytes = _JSON) -> None:
    """One whole response."""
    headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
