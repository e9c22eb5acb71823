"""Many workspaces: the install pages, tokens that rotate, and workspaces that leave."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.settings import EVENTS_PATH
from tests.bot.conftest import running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, mention, message

pytestmark = pytest.mark.asyncio
MANY: dict[str, Any] = {
    "slack_bot_token": None,
    "slack_client_id": "1.2",
    "slack_client_secret": "client-secret",
    "slack_redirect_uri": "https://bot.example.gov/slack/oauth_redirect",
}


async def page(slack: SlackDouble, path: str, cookie: str = "") -> tuple[int, str, str]:
    """Status, text and cookie of a page that the bot shows to a browser."""
    base = slack.bot_url.removesuffix(EVENTS_PATH)
    headers = {"Cookie": cookie} if cookie else {}
    async with (
        aiohttp.ClientSession(trust_env=False) as browser,
        browser.get(base + path, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.text(), answer.headers.get("Set-Cookie", "")


async def install(slack: SlackDouble, team: str) -> str:
    """The page that a person sees after letting the app into `team`."""
    _, shown, cookie = await page(slack, "/slack/install")
    state = re.search(r"state=([0-9a-f-]+)", shown)
    assert state
    path = f"/slack/oauth_redirect?code={team}&state={state.group(1)}"
    return (await page(slack, path, cookie.partition(";")[0]))[1]


async def ask(slack: SlackDouble, team: str, channel: str) -> dict[str, Any]:
    asked = mention("Is it over?", channel=channel, team=team)
    await slack.deliver("event", event(asked, team=team))
    posted: list[dict[str, Any]] = await slack.until(lambda: slack.in_thread(channel, asked["ts"]))
    return posted[-1]


async def test_each_workspace_installs_the_app_and_is_answered_with_its_own_token(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    async with running(advisor, slack, settings_for(slack, "http", tmp_path, **MANY)):
        _, shown, _ = await page(slack, "/slack/install")
        assert f"{slack.base}/oauth/v2/authorize?state=" in shown
        assert "app_mentions:read" in shown
        for team in ("T1", "T2"):
            assert "Thank you" in await install(slack, team)
        await ask(slack, "T1", "C1")
        await ask(slack, "T2", "C2")
        tokens = {
            call.token: call.args["channel"] for call in slack.calls if "Stream" in call.method
        }
        assert {slack.tokens[token] for token in tokens} == {"T1", "T2"}
        for _ in range(3):
            await ask(slack, "T1", "C1")
        assert len([call for call in slack.calls if call.method == "auth.test"]) == 4


async def test_a_forged_or_repeated_return_from_slack_installs_nothing(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    async with running(advisor, slack, settings_for(slack, "http", tmp_path, **MANY)):
        _, shown, cookie = await page(slack, "/slack/install")
        state = re.search(r"state=([0-9a-f-]+)", shown)
        assert state
        path = f"/slack/oauth_redirect?code=T1&state={state.group(1)}"
        assert (await page(slack, path))[0] == 400, "another browser"
        assert (await page(slack, path, cookie.partition(";")[0]))[0] == 200
        assert (await page(slack, path, cookie.partition(";")[0]))[0] == 401, "used before"
        assert (await page(slack, "/slack/oauth_redirect?error=access_denied"))[0] == 200
    assert len(slack.called("oauth.v2.access")) == 1


async def test_tokens_are_rotated_once_however_many_ask(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    settings = settings_for(slack, "http", tmp_path, **MANY)
    slack.token_life = 3600  # within the two hours before the end
    async with running(advisor, slack, settings):
        await install(slack, "T1")
        slack.token_life = 43_200
        await asyncio.gather(*(ask(slack, "T1", "C1") for _ in range(6)))
    renewals = [args for args in slack.called("oauth.v2.access") if args.get("refresh_token")]
    assert len(renewals) == 1
    assert len(slack.in_thread("C1")) == 6


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_a_workspace_that_leaves_leaves_nothing_behind(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path, kind: str
) -> None:
    async with running(advisor, slack, settings_for(slack, "http", tmp_path, **MANY)):
        for team in ("T1", "T2"):
            await install(slack, team)
            asked = message(f"canary-{team} over?", channel=f"D{team}", team=team)
            await slack.deliver("event", event(asked, team=team))
            await slack.until(lambda team=team: slack.in_thread(f"D{team}"))
        gone = {"type": kind, "tokens": {"bot": ["UBOT"]}, "event_ts": "1.1"}
        assert (await slack.deliver("event", event(gone, team="T1")))[0].status == 200
        stored = b"".join(file.read_bytes() for file in tmp_path.rglob("bot.sqlite3*"))
        assert b"canary-T1" not in stored
        assert b"xoxb-T1" not in stored
        assert b"canary-T2" in stored
        before = len(slack.posted)
        await slack.deliver("event", event(mention("Still there?"), team="T1"))
        await ask(slack, "T2", "C2")
        assert len(slack.posted) == before + 1


async def test_revoked_tokens_of_people_change_nothing(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    async with running(advisor, slack, settings_for(slack, "http", tmp_path, **MANY)):
        await install(slack, "T1")
        mine = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}, "event_ts": "1.1"}
        await slack.deliver("event", event(mine, team="T1"))
        assert await ask(slack, "T1", "C1")


async def test_in_socket_mode_only_the_install_pages_are_served(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    settings = settings_for(slack, "socket", tmp_path, **MANY)
    async with running(advisor, slack, settings):
        await install(slack, "T1")
        body = '{"type": "url_verification", "challenge": "x"}'
        assert (await slack.send_signed(body, form=False)).status == 404
        slack.bot_url, over_http = "", slack.bot_url
        assert over_http
        await slack.until(slack.socket_count)
        assert await ask(slack, "T1", "C1")
