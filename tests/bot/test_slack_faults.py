"""What goes wrong between Slack and the bot, and what people read about it."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from pathlib import Path

import pytest

from bot.database import open_database
from bot.message import Message
from bot.post import sound
from bot.running import Running
from bot.validate import message_problems
from knowledge.errors import AdvisorError
from tests.bot.conftest import TRANSPORTS, running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import (
    command,
    event,
    global_shortcut,
    mention,
    message,
    message_shortcut,
    opened,
    submission,
)

ROOT = Path(__file__).parents[2]
EXCERPT = "Officers shall not use chokeholds. Officers must intervene."


@pytest.mark.asyncio
async def test_who_asked_where_the_bot_is_no_member_reads_it_directly(bot: SlackDouble) -> None:
    bot.members.discard("C1")
    asked = mention("Is it over?")
    await bot.deliver("event", event(asked))
    told = await bot.until(lambda: bot.in_thread("DU1"))
    assert "/invite" in told[0]["text"]
    assert not bot.in_thread("C1")


@pytest.mark.asyncio
async def test_a_missing_permission_is_told_by_its_name(bot: SlackDouble) -> None:
    bot.streaming = False
    scope = {"needed": "chat:write", "provided": "none"}
    bot.fail("chat.postMessage", "missing_scope", times=2, extra=scope)
    asked = message("Is it over?", channel="D1")
    await bot.deliver("event", event(asked))
    told = await bot.until(lambda: bot.in_thread("D1", asked["ts"]))
    assert "permission chat:write" in told[0]["text"]


@pytest.mark.asyncio
async def test_when_slack_takes_nothing_the_log_has_it_and_the_next_is_answered(
    bot: SlackDouble, caplog: pytest.LogCaptureFixture
) -> None:
    bot.streaming = False
    bot.fail("chat.postMessage", "is_archived", times=4)
    await bot.deliver("event", event(message("canary-5 over?", channel="D1")))
    await bot.until(lambda: len(bot.called("chat.postMessage")) >= 4)
    await bot.deliver("event", event(message("And now?", channel="D2")))
    await bot.until(lambda: bot.in_thread("D2"))
    assert "SlackApiError is_archived" in caplog.text
    assert "canary-5" not in caplog.text


@pytest.mark.asyncio
async def test_a_slack_that_is_down_is_told_at_the_start(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    settings = settings_for(slack, "http", tmp_path)
    await slack.stop()
    with pytest.raises(AdvisorError, match="cannot be reached"):
        async with running(advisor, slack, settings):
            pass


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_lost_reply_of_slack_doubles_nothing(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    """The answer was taken, but the word of it never came back: it is put there again, once."""
    slack.lose("chat.stopStream")
    async with running(SmallAdvisor(), slack, settings_for(slack, transport, tmp_path)):
        asked = mention("Is it over?")
        await slack.deliver("event", event(asked))
        await slack.until(lambda: slack.in_thread("C1", asked["ts"]))
        await slack.deliver("event", event(message("And you?", channel="D1")))
        await slack.until(lambda: slack.in_thread("D1"))
    assert len(slack.all_in_thread("C1", asked["ts"])) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_delivery_that_cannot_be_kept_is_not_acknowledged(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path, transport: str
) -> None:
    slack.retry_after, slack.ack_seconds = (0.1,), 0.5
    settings = settings_for(slack, transport, tmp_path)
    async with running(advisor, slack, settings):
        database = open_database(settings.state_url)
        database.change("ALTER TABLE seen RENAME TO away")
        asked = mention("Is it over?")
        tried = await slack.deliver("event", event(asked))
        assert [attempt.status == 200 for attempt in tried] == [False, False]
        database.change("ALTER TABLE away RENAME TO seen")
        await slack.deliver("event", event(asked))
        await slack.until(lambda: slack.in_thread("C1", asked["ts"]))
        database.close()


@pytest.mark.asyncio
async def test_whichever_form_of_a_mention_comes_first_it_is_answered_once(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    for number in range(6):
        asked = mention(f"Question {number}?", user=f"U{number}")
        twin = asked | {"type": "message", "channel_type": "channel"}
        pair = [asked, twin] if number % 2 else [twin, asked]
        for inner in pair:
            await bot.deliver("event", event(dict(inner)))
    await bot.until(lambda: len(bot.in_thread("C1")) == 6)
    # An edit that overtakes its message, and a deletion of something that was never answered.
    late = message("Question 7?", channel="D7")
    edit = {"subtype": "message_changed", "message": late, "hidden": True}
    await bot.deliver("event", event(message("", channel="D7") | edit))
    gone = {"subtype": "message_deleted", "deleted_ts": "1.1", "hidden": True}
    await bot.deliver("event", event(message("", channel="D7") | gone))
    await bot.deliver("event", event(late))
    await bot.until(lambda: bot.in_thread("D7", late["ts"]))
    assert len(advisor.questions) == 7


@pytest.mark.asyncio
async def test_after_a_kill_the_author_is_asked_to_send_again(
    slack: SlackDouble, advisor: SmallAdvisor, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.bot.killed", slack.api_url, str(tmp_path)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        await slack.until(slack.socket_count, seconds=30)
        asked = message("canary-31 over?", channel="D1")
        assert (await slack.deliver("event", event(asked)))[0].status == 200
        await slack.until(lambda: slack.called("chat.startStream"))
    finally:
        process.kill()
        await process.wait()
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert asked["ts"].encode() in stored
    assert b"canary-31" not in stored, "accepted work is kept as ids, never as text"
    slack.end_stream(slack.posted[0]["ts"])
    async with running(advisor, slack, settings_for(slack, "socket", tmp_path)):
        await slack.until(lambda: len(slack.in_thread("D1", asked["ts"])) == 2)
    assert "Please send it again" in slack.in_thread("D1", asked["ts"])[1]["text"]


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_no_entry_point_lets_words_into_a_log_or_text_onto_the_disk(
    slack: SlackDouble, tmp_path: Path, transport: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    text = "review: Officers shall not choke canary-9. Officers must intervene canary-9."
    async with running(SmallAdvisor(), slack, settings_for(slack, transport, tmp_path)):
        await slack.deliver("event", event(mention(f"explode canary-9 {text}")))
        await slack.deliver("command", command(text, slack.response_url("r1")))
        await slack.deliver("command", command("ask explode canary-9", slack.response_url("r2")))
        said = message(text.replace("review: ", ""))
        await slack.deliver("interactive", message_shortcut(said, slack.response_url("r3")))
        await slack.deliver("interactive", global_shortcut(slack.trigger()))
        await slack.until(lambda: slack.views)
        form = submission(slack.views[0], {"text": {"value": text}})
        await slack.deliver("interactive", form)
        file = slack.hold_file("canary-9.txt", text.encode())
        await slack.deliver("event", event(message("", channel="D1", files=[file])))
        await slack.deliver("event", event(opened("home")))
        await slack.until(lambda: slack.homes and slack.in_thread("D1") and slack.in_thread("DU1"))
        await slack.until(
            lambda: all(slack.in_thread("response", key) for key in ("r1", "r2", "r3"))
        )
    assert "canary-9" not in caplog.text
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"canary-9" not in stored


@pytest.mark.asyncio
async def test_a_modal_that_does_not_open_is_told(bot: SlackDouble) -> None:
    bot.fail("views.open", "expired_trigger_id")
    await bot.deliver("interactive", global_shortcut(bot.trigger()))
    told = await bot.until(lambda: bot.in_thread("DU1"))
    assert "reference" in told[0]["text"]


def test_a_message_that_slack_would_refuse_goes_out_as_plain_words() -> None:
    broken = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 4_000}}
    text = "word " * 1_500
    found = sound((Message(text, (broken,)),))
    assert len(found) > 1
    assert all(not message_problems({"text": message.text}) for message in found)
    assert " ".join(" ".join(message.text for message in found).split()) == text.strip()


@pytest.mark.asyncio
async def test_work_is_stopped_by_name_and_only_once_begun() -> None:
    running, done = Running(), io.StringIO()

    async def work() -> None:
        running.past_stopping()
        await asyncio.sleep(0.05)
        done.write("done")

    running.start(work(), "a")
    await asyncio.sleep(0.01)
    assert running.stop("a") == 0, "it has its result already"
    await running.drain(1.0)
    assert (done.getvalue(), len(running)) == ("done", 0)
