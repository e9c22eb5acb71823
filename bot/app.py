"""The Bolt app: one, for both transports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.desk import Desk
from bot.failure import log_failure
from bot.installations import Installations, enterprise_of, open_authorize, open_flow
from bot.listeners import (
    commands,
    doubts,
    feedback,
    home,
    messages,
    quietly,
    removal,
    reviews,
    shortcuts,
    stops,
)
from bot.logs import quiet_logger
from bot.manifest import wanted_scopes

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

ClientFor = Callable[[str], Awaitable["AsyncWebClient | None"]]
LISTENERS = (
    stops,
    messages,
    doubts,
    reviews,
    feedback,
    commands,
    shortcuts,
    home,
    removal,
    quietly,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The app, and the client of each workspace for what no delivery asks for."""

    app: AsyncApp
    client_for: ClientFor


def open_app(desk: Desk) -> Opened:
    """An app whose listeners are registered; it has not spoken to Slack yet."""
    settings = desk.settings
    client = open_client(
        None if desk.installations else settings.slack_bot_token, settings.slack_api_url
    )
    options, client_for = (
        _many_workspaces(desk, desk.installations, client)
        if desk.installations
        else ({}, _always(client))
    )
    app = _bolt_app(desk, client, options)
    for module in LISTENERS:
        module.register(app, desk)
    return Opened(app, client_for)


def _bolt_app(desk: Desk, client: AsyncWebClient, options: dict[str, Any]) -> AsyncApp:
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.response import BoltResponse

    app = AsyncApp(
        client=client,
        # Socket Mode needs no signature; without a secret Bolt refuses to start.
        signing_secret=desk.settings.slack_signing_secret or "socket-mode",
        request_verification_enabled=not desk.settings.socket_mode,
        logger=quiet_logger(),
        **options,
    )

    async def failed(error: Exception) -> BoltResponse:
        """Slack is told that it failed, so that it delivers again."""
        log_failure(error)
        return BoltResponse(status=500)

    app.error(failed)
    return app


def _many_workspaces(
    desk: Desk, installations: Installations, client: AsyncWebClient
) -> tuple[dict[str, Any], ClientFor]:
    """What Bolt is given to find each workspace's token, and the same for what it does not ask."""
    from slack_bolt.authorization.async_authorize import AsyncCallableAuthorize
    from slack_bolt.context.async_context import AsyncBoltContext

    settings, engine = desk.settings, desk.database.engine
    authorize = open_authorize(settings, installations, client, desk.running.in_turn)
    flow = open_flow(engine, settings, installations, wanted_scopes())

    async def client_for(team: str) -> AsyncWebClient | None:
        enterprise = await desk.stored(enterprise_of, desk.database, team)
        context = AsyncBoltContext({"client": client})
        found = await authorize(context, enterprise, team)
        return open_client(found.bot_token, settings.slack_api_url) if found else None

    bolt = AsyncCallableAuthorize(logger=quiet_logger(), func=cast(Any, authorize))
    return {"authorize": bolt, "oauth_flow": flow}, client_for


def _always(client: AsyncWebClient) -> ClientFor:
    async def client_for(_team: str) -> AsyncWebClient | None:
        return client

    return client_for


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
