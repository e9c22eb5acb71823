"""Checks of the Slack side: tokens, permissions, clock. Each says what to do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from bot.app import open_client
from bot.doctor import Check
from bot.manifest import wanted_scopes
from bot.settings import BotSettings
from knowledge.errors import SettingsError

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

SKEW = 240.0  # seconds; Slack's signatures are refused from 300 on


def check_slack(settings: BotSettings) -> list[Check]:
    """Every check of the Slack side, in the order in which they should be mended."""
    try:
        settings.check()
    except SettingsError as error:
        return [Check("Slack settings", False, str(error))]
    mode = "Socket Mode" if settings.socket_mode else "signed HTTP"
    found = [Check("Slack settings", True, f"The bot would run over {mode}.")]
    if not settings.slack_bot_token:
        said = "Workspaces install the app themselves; there is no single token to check."
        return [*found, Check("Bot token", True, said)]
    return found + asyncio.run(_ask_slack(settings))


async def _ask_slack(settings: BotSettings) -> list[Check]:
    from slack_sdk.errors import SlackApiError, SlackClientError

    client = open_client(settings.slack_bot_token, settings.slack_api_url)
    client.retry_handlers.clear()
    try:
        told = await client.auth_test()
    except SlackApiError as error:
        return [_refused("Bot token", "SLACK_BOT_TOKEN", error.response["error"])]
    except (SlackClientError, OSError, TimeoutError):
        said = "Slack cannot be reached; check the network, the proxy and SLACK_API_URL."
        return [Check("Bot token", False, said)]
    bot = Check("Bot token", True, f"Slack knows it, for the workspace {told.get('team')}.")
    found = [bot, scope_check(_header(told.headers, "x-oauth-scopes"), wanted_scopes())]
    found.append(clock_check(_header(told.headers, "date"), time.time()))
    if settings.slack_app_token:
        found.append(await _app_token(client, settings.slack_app_token))
    return found


async def _app_token(client: AsyncWebClient, token: str) -> Check:
    from slack_sdk.errors import SlackApiError

    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return _refused("App token", "SLACK_APP_TOKEN", error.response["error"])
    return Check("App token", True, "Socket Mode can be opened with it.")


def scope_check(granted: str, wanted: Sequence[str]) -> Check:
    """Every permission that the manifest asks for was granted."""
    have = {scope.strip() for scope in granted.split(",")}
    missing = [scope for scope in wanted if scope not in have]
    if not granted:
        return Check("Permissions", True, "Slack did not say which permissions were granted.")
    if missing:
        said = f"Missing: {', '.join(missing)}; add them to the app and install it again."
        return Check("Permissions", False, said)
    return Check("Permissions", True, "Everything that the manifest asks for was granted.")


def clock_check(date: str, now: float) -> Check:
    """This machine's clock is near Slack's: signatures are refused otherwise."""
    if not date:
        return Check("Clock", True, "Slack did not tell its time.")
    skew = now - parsedate_to_datetime(date).timestamp()
    if abs(skew) > SKEW:
        said = f"This machine's clock is {abs(skew):.0f} seconds off; set it by a time server."
        return Check("Clock", False, said)
    return Check("Clock", True, "It agrees with Slack's.")


def _refused(name: str, setting: str, code: str) -> Check:
    return Check(name, False, f"Slack refuses it ({code}); copy {setting} again from your app.")


def _header(headers: Any, name: str) -> str:
    for key, value in dict(headers or {}).items():
        if str(key).lower() == name:
            return str(value)
    return ""
