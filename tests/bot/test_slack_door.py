"""The door: signatures, load, reconnects, stopping, settings, and what the logs hold."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from pathlib import Path

import pytest

from bot.serve import serve
from bot.settings import BotSettings, read_settings
from knowledge.errors import AdvisorError, SettingsError
from tests.bot.conftest import running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, mention, message
from tests.slackdouble.state import APP_TOKEN, BOT_TOKEN, SECRET


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_thirty_mentions_at_once_are_each_acknowledged_and_answered_once(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    advisor = SmallAdvisor(seconds=0.1)
    settings = settings_for(slack, transport, tmp_path, per_user_minute=100)
    async with running(advisor, slack, settings):
        asked = [mention(f"Question {number}?") for number in range(30)]
        began = time.monotonic()
        delivered = await asyncio.gather(*(slack.deliver("event", event(one)) for one in asked))
        slowest = max(attempts[0].seconds for attempts in delivered)
        await slack.until(lambda: len(slack.in_thread("C1")) >= 30, seconds=20)
        print(f"{transport}: slowest ack {slowest:.3f} s, all in {time.monotonic() - began:.2f} s")
    assert all(attempts[0].status == 200 for attempts in delivered)
    assert slowest < 3.0
    assert sorted(item["thread_ts"] for item in slack.posted) == sorted(one["ts"] for one in asked)


@pytest.mark.asyncio
async def test_only_slack_is_listened_to_over_http(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps(event(message("canary-0815?", channel="D1")))
    async with running(advisor, slack, settings_for(slack, "http", tmp_path)):
        forged = await slack.send_signed(body, form=False, secret="another")
        stale = await slack.send_signed(body, form=False, age=600)
        hello = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "x"})
        greeted = await slack.send_signed(hello, form=False)
    assert (forged.status, stale.status, greeted.status) == (401, 401, 200)
    assert "c-1" in greeted.body
    assert not advisor.questions
    assert "canary-0815" not in caplog.text


@pytest.mark.asyncio
async def test_a_new_connection_is_opened_when_slack_asks(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    async with running(advisor, slack, settings_for(slack, "socket", tmp_path)):
        await slack.refresh()
        await slack.until(slack.socket_count)
        await slack.deliver("event", event(message("Still there?", channel="D1")))
        await slack.until(lambda: slack.in_thread("D1"))
    assert len(slack.called("apps.connections.open")) == 2


@pytest.mark.asyncio
async def test_a_connection_that_breaks_is_opened_again(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    async with running(advisor, slack, settings_for(slack, "socket", tmp_path)):
        await slack.drop()
        await slack.until(lambda: len(slack.called("apps.connections.open")) == 2, seconds=20)
        await slack.until(slack.socket_count, seconds=20)
        await slack.deliver("event", event(message("Still there?", channel="D1")))
        await slack.until(lambda: slack.in_thread("D1"))


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_accepted_messages_are_answered_before_it_stops(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    async with running(SmallAdvisor(seconds=0.5), slack, settings_for(slack, transport, tmp_path)):
        await slack.deliver("event", event(message("In time?", channel="D1")))
    assert len(slack.in_thread("D1")) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_what_people_write_reaches_no_log_and_what_they_paste_no_file(
    slack: SlackDouble,
    advisor: SmallAdvisor,
    tmp_path: Path,
    transport: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    pasted = "review: Officers shall not choke canary-1111. Officers must intervene canary-1111."
    async with running(advisor, slack, settings_for(slack, transport, tmp_path)):
        slack.fail("chat.postMessage", "fatal_error")
        for text in ("explode canary-1111", pasted, f"Is it canary-2222? {pasted}"):
            await slack.deliver("event", event(message(text, channel="D1")))
        await slack.until(lambda: len(slack.in_thread("D1")) >= 2)
    assert "canary" not in caplog.text
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert stored
    assert b"canary-1111" not in stored


@pytest.mark.asyncio
async def test_too_many_requests_are_waited_for(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    slack.streaming = False  # the sign of work does not wait, the answer does
    slack.fail("chat.postMessage", "ratelimited", times=2, status=429, retry_after=1)
    async with running(advisor, slack, settings_for(slack, "http", tmp_path)):
        await slack.deliver("event", event(message("Is it?", channel="D1")))
        began = time.monotonic()
        await slack.until(lambda: slack.in_thread("D1"))
    assert time.monotonic() - began > 0.9
    assert len(slack.in_thread("D1")) == 1


@pytest.mark.asyncio
async def test_who_asks_too_fast_is_told_when_to_come_back(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    settings = settings_for(slack, "http", tmp_path, per_user_minute=2)
    async with running(advisor, slack, settings):
        for number in range(3):
            await slack.deliver("event", event(message(f"{number}?", channel="D1")))
        await slack.deliver("event", event(message("me?", channel="D2", user="U2")))
        await slack.until(lambda: len(slack.posted) == 4)
    assert len(advisor.questions) == 3
    assert sum("asking faster" in item["text"] for item in slack.in_thread("D1")) == 1


@pytest.mark.asyncio
async def test_refused_tokens_are_named_at_the_start(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    wrong = settings_for(slack, "http", tmp_path, slack_bot_token="xoxb-wrong")
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        async with running(advisor, slack, wrong):
            pass
    wrong = settings_for(slack, "socket", tmp_path, slack_app_token="xapp-wrong")
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN"):
        async with running(advisor, slack, wrong):
            pass


@pytest.mark.asyncio
async def test_a_taken_port_is_told(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    taken = settings_for(slack, "http", tmp_path, port=int(slack.base.rsplit(":", 1)[1]))
    with pytest.raises(AdvisorError, match="set HOST and PORT"):
        async with running(advisor, slack, taken):
            pass


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "Neither SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}, "does not start with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1"}, "does not start with xapp-"),
    ],
)
def test_missing_settings_are_named(
    given: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, advisor: SmallAdvisor
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=said):
        serve(advisor, read_settings())


def test_an_unreadable_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "secret-value")
    with pytest.raises(SettingsError, match="PORT") as caught:
        read_settings()
    assert "secret-value" not in str(caught.value)


def test_an_app_token_means_socket_mode() -> None:
    both = {"slack_bot_token": BOT_TOKEN, "slack_signing_secret": SECRET}
    assert BotSettings.model_validate(both | {"slack_app_token": APP_TOKEN}).socket_mode
    assert not BotSettings.model_validate(both).socket_mode


def test_secrets_are_not_shown() -> None:
    shown = repr(BotSettings(slack_bot_token=BOT_TOKEN, slack_signing_secret=SECRET))
    assert BOT_TOKEN not in shown
    assert SECRET not in shown
