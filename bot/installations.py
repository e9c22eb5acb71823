"""Workspaces that installed the app themselves: their tokens, in Slack's own SQLAlchemy stores.

Everything here runs in the thread of the bot's state, one call after the other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, cast

from bot.database import Database
from bot.settings import BotSettings

if TYPE_CHECKING:
    from logging import Logger

    from slack_bolt.authorization import AuthorizeResult
    from slack_bolt.context.async_context import AsyncBoltContext
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_sdk.oauth.installation_store import Bot, Installation
    from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
    from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
    from slack_sdk.web.async_client import AsyncWebClient
    from sqlalchemy import Engine

STATE_SECONDS = 600  # between opening the install page and coming back from Slack
ROTATE_MINUTES = 120  # before a token expires
Stored = Callable[..., Awaitable[Any]]
AGAIN_SECONDS = 1.0
InTurn = Callable[[object], Any]
Authorize = Callable[..., Awaitable["AuthorizeResult | None"]]


class Store(Protocol):
    """What is asked of Slack's store; both of its kinds have it."""

    def save(self, installation: Installation) -> None: ...

    def save_bot(self, bot: Bot) -> None: ...

    def find_bot(self, **where: Any) -> Bot | None: ...

    def find_installation(self, **where: Any) -> Installation | None: ...

    def delete_all(self, **where: Any) -> None: ...


class Installations:
    """Slack's installation store with awaitable methods, as Bolt calls them."""

    def __init__(self, store: Store, stored: Stored, logger: Logger) -> None:
        self._store = store
        self.stored = stored
        self.logger = logger

    async def async_save(self, installation: Installation) -> None:
        """The workspace's tokens are kept."""
        await self.stored(self._store.save, installation)

    async def async_save_bot(self, bot: Bot) -> None:
        """A rotated token is kept."""
        await self.stored(self._store.save_bot, bot)

    async def async_find_bot(self, **where: Any) -> Bot | None:
        """The bot's token for a workspace, or None where the app is not installed."""
        found: Bot | None = await self.stored(self._store.find_bot, **where)
        return found

    async def async_find_installation(self, **where: Any) -> Installation | None:
        """The latest installation for a workspace."""
        found: Installation | None = await self.stored(self._store.find_installation, **where)
        return found

    async def async_delete_all(self, **where: Any) -> None:
        """No token of the workspace is kept."""
        await self.stored(self._store.delete_all, **where)


class States:
    """Slack's store of install pages that were opened; each may come back once."""

    def __init__(self, store: Any, stored: Stored) -> None:
        self._store = store
        self._stored = stored

    async def async_issue(self, *_args: Any, **_more: Any) -> str:
        """A new state that nobody can guess."""
        return str(await self._stored(self._store.issue))

    async def async_consume(self, state: str) -> bool:
        """True once for a state that was issued and has not expired."""
        return bool(await self._stored(self._store.consume, state))


def open_installations(engine: Engine, settings: BotSettings, stored: Stored) -> Installations:
    """The store over the bot's database, its tables in place."""
    from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore

    logger = _logger()
    store = SQLAlchemyInstallationStore(str(settings.slack_client_id), engine, logger=logger)
    store.create_tables()  # type: ignore[no-untyped-call]
    return Installations(cast(Store, store), stored, logger)


def open_flow(
    engine: Engine, settings: BotSettings, installations: Installations, scopes: list[str]
) -> AsyncOAuthFlow:
    """The install pages: /slack/install sends to Slack, /slack/oauth_redirect comes back."""
    from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
    from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
    from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

    states = SQLAlchemyOAuthStateStore(STATE_SECONDS, engine, logger=_logger())
    states.create_tables()  # type: ignore[no-untyped-call]
    told = AsyncOAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        scopes=scopes,
        redirect_uri=settings.slack_redirect_uri,
        authorization_url=settings.authorization_url,
        installation_store=cast("AsyncInstallationStore", installations),
        state_store=cast("AsyncOAuthStateStore", States(states, installations.stored)),
        token_rotation_expiration_minutes=ROTATE_MINUTES,
        logger=_logger(),
    )
    return AsyncOAuthFlow(settings=told, logger=_logger())


def open_authorize(
    settings: BotSettings, installations: Installations, client: AsyncWebClient, in_turn: InTurn
) -> Authorize:
    """Finds a workspace's token, a new one in time; `auth.test` is asked once a token.

    One after the other in a workspace: a refresh token is good for one rotation.
    """
    from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize

    find = AsyncInstallationStoreAuthorize(
        logger=_logger(),
        installation_store=cast("AsyncInstallationStore", installations),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        token_rotation_expiration_minutes=ROTATE_MINUTES,
        bot_only=True,
        cache_enabled=True,
        client=client,
    )

    async def authorize(
        context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None
    ) -> AuthorizeResult | None:
        where = {"enterprise_id": enterprise_id, "team_id": team_id}
        async with in_turn(("token", enterprise_id, team_id)):
            found = await find(context=context, user_id=None, **where)
            if found is None and await installations.async_find_bot(**where):
                # Another process may have used the refresh token a moment ago.
                await asyncio.sleep(AGAIN_SECONDS)
                found = await find(context=context, user_id=None, **where)
        return found

    return authorize


def enterprise_of(database: Database, team: str) -> str | None:
    """The organization under which `team` has installed the app, if it is part of one."""
    found = database.rows(
        "SELECT enterprise_id FROM slack_bots WHERE team_id = :team ORDER BY installed_at DESC",
        team=team,
    )
    return found[0][0] if found else None


def _logger() -> Logger:
    return logging.getLogger("safepolicing.bolt")
