"""A Slack on loopback, a small advisor that is real code, and the bot between them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from bot.engines import Engines
from bot.serve import open_door
from bot.settings import EVENTS_PATH, BotSettings
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.state import APP_TOKEN, BOT_TOKEN, SECRET

TRANSPORTS = ("http", "socket")


@pytest.fixture(autouse=True)
def _no_outer_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No token, no proxy and no .env of the machine reaches a test."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "SAFEPOLICING_")):
            monkeypatch.delenv(name)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def advisor() -> SmallAdvisor:
    return SmallAdvisor()


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    double = SlackDouble()
    await double.start()
    yield double
    await double.stop()


def settings_for(slack: SlackDouble, transport: str, home: Path, **more: object) -> BotSettings:
    """Both secrets are set either way: the app token alone decides."""
    told: dict[str, object] = {
        "slack_bot_token": BOT_TOKEN,
        "slack_app_token": APP_TOKEN if transport == "socket" else None,
        "slack_signing_secret": SECRET,
        "slack_api_url": slack.api_url,
        "port": 0,
        "home": home,
    }
    return BotSettings.model_validate(told | more)


@asynccontextmanager
async def running(
    advisor: Engines, slack: SlackDouble, settings: BotSettings
) -> AsyncIterator[None]:
    """The bot runs, and the double delivers to it."""
    async with open_door(advisor, settings) as port:
        slack.bot_url = f"http://127.0.0.1:{port}{EVENTS_PATH}" if port else ""
        if not port:
            await slack.until(slack.socket_count)
        yield


@pytest_asyncio.fixture(params=TRANSPORTS)
async def bot(
    request: pytest.FixtureRequest, advisor: SmallAdvisor, slack: SlackDouble, tmp_path: Path
) -> AsyncIterator[SlackDouble]:
    """The double with the bot behind it, once over each transport."""
    async with running(advisor, slack, settings_for(slack, request.param, tmp_path)):
        yield slack
