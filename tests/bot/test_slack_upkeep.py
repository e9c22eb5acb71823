"""Crashes, the checks of `doctor`, and the manifest against what the code uses."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from pathlib import Path

import pytest

from bot.database import open_database
from bot.doctor_slack import check_slack, clock_check
from bot.owner import is_gone, name_owner
from bot.seen import Accepted, Seen
from tests.bot.conftest import running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble

WORK = Accepted("T1/C1/1.1", "T1", "C1", "1.1", "U1")


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_after_a_crash_the_author_is_asked_to_send_again_once(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path, transport: str
) -> None:
    settings = settings_for(slack, transport, tmp_path)
    database = open_database(settings.state_url)
    assert Seen(database, f"{socket.gethostname()}/{os.getpid()}/earlier").claim("Ev1", WORK)
    for _ in range(2):
        async with running(advisor, slack, settings):
            await slack.until(lambda: slack.in_thread("C1", "1.1"))
    assert len(slack.in_thread("C1")) == 1
    assert "Please send it again" in slack.in_thread("C1")[0]["text"]


@pytest.mark.asyncio
async def test_an_apology_that_fails_is_not_lost(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    settings = settings_for(slack, "http", tmp_path)
    database = open_database(settings.state_url)
    Seen(database, f"{socket.gethostname()}/{os.getpid()}/earlier").claim("Ev1", WORK)
    slack.fail("chat.postMessage", "is_archived")
    async with running(advisor, slack, settings):
        await slack.until(lambda: slack.called("chat.postMessage"))
        await asyncio.sleep(0.2)
    assert database.rows("SELECT mark, owner FROM pending") == [(WORK.mark, "")]


def test_two_processes_never_both_get_a_message(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.sqlite3'}"
    first, second = (Seen(open_database(url), name) for name in ("a", "b"))
    assert first.claim("Ev1", WORK)
    assert not second.claim("Ev1", WORK)
    assert not second.claim("Ev2", WORK)


def test_a_process_that_runs_keeps_its_work() -> None:
    here = socket.gethostname()
    assert is_gone(f"{here}/{os.getpid()}/earlier", time.time())
    assert not is_gone(f"{here}/{os.getppid()}/other", 0.0)
    assert not is_gone("elsewhere/7/x", time.time())
    assert is_gone("elsewhere/7/x", time.time() - 3600)
    assert name_owner() != name_owner()


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_the_doctor_finds_what_is_well_and_what_is_not(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    settings = settings_for(slack, transport, tmp_path)
    well = await asyncio.to_thread(check_slack, settings)
    assert all(check.ok for check in well), well
    slack.scopes = "chat:write"
    ill = await asyncio.to_thread(check_slack, settings)
    assert [check.name for check in ill if not check.ok] == ["Permissions"]
    wrong = settings_for(slack, transport, tmp_path, slack_bot_token="xoxb-wrong")
    refused = await asyncio.to_thread(check_slack, wrong)
    assert "SLACK_BOT_TOKEN" in refused[-1].message


def test_the_doctor_looks_at_the_clock() -> None:
    assert not clock_check("Tue, 24 Nov 2026 00:00:00 GMT", 0.0).ok
    assert clock_check("Thu, 01 Jan 1970 00:00:00 GMT", 10.0).ok
