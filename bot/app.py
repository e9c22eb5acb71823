"""The Bolt app: one, for both transports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.failure import log_failure
from bot.listeners import (
    commands,
    doubts,
    feedback,
    home,
    messages,
    quietly,
    reviews,
    shortcuts,
    stops,
)
from bot.logs import quiet_logger

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

LISTENERS = (stops, messages, doubts, reviews, feedback, commands, shortcuts, home, quietly)


def open_app(desk: Desk) -> AsyncApp:
    """An app whose listeners are registered; it has not spoken to Slack yet."""
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.response import BoltResponse

    app = AsyncApp(
        client=open_client(desk.settings.slack_bot_token, desk.settings.slack_api_url),
        # Socket Mode needs no signature; without a secret Bolt refuses to start.
        signing_secret=desk.settings.slack_signing_secret or "socket-mode",
        request_verification_enabled=not desk.settings.socket_mode,
        logger=quiet_logger(),
    )
    for module in LISTENERS:
        module.register(app, desk)

    async def failed(error: Exception) -> BoltResponse:
        """Slack is told that it failed, so that it delivers again."""
        log_failure(error)
        return BoltResponse(status=500)

    app.error(failed)
    return app


def open_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A client that waits when Slack says "too many requests", and tries again after faults."""
    from slack_sdk.http_retry.builtin_async_handlers import (
        AsyncConnectionErrorRetryHandler,
        AsyncRateLimitErrorRetryHandler,
        AsyncServerErrorRetryHandler,
    )
    from slack_sdk.web.async_client import AsyncWebClient

    handlers: list[Any] = [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=4),
        AsyncServerErrorRetryHandler(max_retry_count=2),
    ]
    base = api_url if api_url.endswith("/") else api_url + "/"
    return AsyncWebClient(
        token=token, base_url=base, timeout=20, retry_handlers=handlers, logger=quiet_logger()
    )
