"""Many events at once with faults among them: each is answered once, none is lost, none doubled.

SAFEPOLICING_STORM sets how many events; the full run is 200, twenty at a time.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import TRANSPORTS, running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import command, event, mention, message, message_shortcut

EVENTS = int(os.environ.get("SAFEPOLICING_STORM", "40"))
AT_ONCE = 20
EXCERPT = "review: Officers shall not use chokeholds. Officers must intervene."
FAULTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("chat.startStream", "internal_error", {}),
    ("chat.startStream", "ratelimited", {"status": 429, "retry_after": 1}),
    ("chat.stopStream", "message_not_in_streaming_state", {}),
    ("chat.update", "cant_update_message", {}),
    ("chat.postMessage", "ratelimited", {"status": 429, "retry_after": 1}),
    ("chat.postMessage", "internal_error", {"status": 500}),
    ("chat.postEphemeral", "ratelimited", {"status": 429, "retry_after": 1}),
    ("assistant.threads.setStatus", "internal_error", {}),
    ("agents.sessions.setStatus", "unknown_method", {}),
    ("users.info", "ratelimited", {"status": 429, "retry_after": 1}),
)


class Storm:
    """Sends event after event, and knows how many replies each must have, and where."""

    def __init__(self, slack: SlackDouble) -> None:
        self.slack = slack
        self.wanted: dict[tuple[str, str], int] = {}
        self.sent: dict[tuple[str, str], float] = {}

    async def send(self, number: int) -> None:
        """One event, some of them delivered twice or in two forms, as Slack does."""
        kinds: tuple[Callable[[int], Awaitable[None]], ...] = (
            self._mention,
            self._direct,
            self._twins,
            self._again,
            self._private_review,
            self._command,
            self._shortcut,
            self._noise,
        )
        if number % 3 == 0:
            method, code, more = FAULTS[number // 3 % len(FAULTS)]
            self.slack.fail(method, code, **more)
        await kinds[number % len(kinds)](number)

    async def _deliver(self, inner: dict[str, Any], times: int = 1) -> None:
        self._expect((inner["channel"], inner["ts"]))
        told = event(inner)
        for _ in range(times):
            await self.slack.deliver("event", told)

    def _expect(self, place: tuple[str, str], replies: int = 1) -> None:
        self.wanted[place] = replies
        self.sent[place] = time.monotonic()

    async def _mention(self, number: int) -> None:
        await self._deliver(mention(f"Question {number}?", user=f"U{number}"))

    async def _direct(self, number: int) -> None:
        await self._deliver(message(f"Question {number}?", channel=f"D{number}", user=f"U{number}"))

    async def _twins(self, number: int) -> None:
        asked = mention(f"Question {number}?", user=f"U{number}")
        twin = asked | {"type": "message", "channel_type": "channel"}
        self._expect((asked["channel"], asked["ts"]))
        both = [event(dict(asked)), event(dict(twin))]
        await asyncio.gather(*(self.slack.deliver("event", one) for one in both))

    async def _again(self, number: int) -> None:
        await self._deliver(mention(f"Question {number}?", user=f"U{number}"), times=3)

    async def _private_review(self, number: int) -> None:
        person = f"U{number}"
        self._expect(("C2", person))  # a whisper stands in the channel: nobody has begun a thread
        await self.slack.deliver("event", event(mention(EXCERPT, channel="C2", user=person)))

    async def _command(self, number: int) -> None:
        key = f"command-{number}"
        self._expect(("response", key), replies=2)  # the answer, and the button that shares it
        told = command(f"ask Question {number}?", self.slack.response_url(key), user=f"U{number}")
        await self.slack.deliver("command", told)

    async def _shortcut(self, number: int) -> None:
        key = f"shortcut-{number}"
        self._expect(("response", key))
        told = message_shortcut(message(EXCERPT), self.slack.response_url(key), user=f"U{number}")
        await self.slack.deliver("interactive", told)

    async def _noise(self, number: int) -> None:
        """What nobody answers: another bot, an edit, people among themselves."""
        odd = ({"bot_id": "BOTHER"}, {"subtype": "message_changed"}, {"channel_type": "channel"})
        said = message(f"Question {number}?", channel="C2") | odd[number // 8 % 3]
        self.wanted[("C2", said["ts"])] = 0
        await self.slack.deliver("event", event(said))

    def replies(self, place: tuple[str, str]) -> list[dict[str, Any]]:
        """What stands there now: in a thread, or for one person alone."""
        whispered = [one for one in self.slack.whispered(place[0]) if one["to"] == place[1]]
        return whispered or self.slack.in_thread(*place)

    def missing(self) -> list[tuple[str, str]]:
        """Where fewer replies stand than are due."""
        return [place for place, due in self.wanted.items() if len(self.replies(place)) < due]

    def doubled(self) -> list[tuple[str, str]]:
        """Where more replies stand than are due."""
        return [place for place, due in self.wanted.items() if len(self.replies(place)) > due]

    def first_signs(self) -> list[float]:
        """Seconds from each event to the first thing that its author sees, in order."""
        found = []
        for place, began in self.sent.items():
            if place[0] == "response":  # the acknowledgement was seen before
                continue
            seen = [at for channel, thread, at in self.slack.signs if (channel, thread) == place]
            found.append(min(seen) - began)
        return sorted(found)


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_every_event_is_answered_once_whatever_fails(
    slack: SlackDouble, tmp_path: Path, transport: str
) -> None:
    slack.retry_after = (0.05, 0.1, 0.2)
    allowed = {"per_user_minute": 1_000, "per_workspace_minute": 10_000}
    storm, gate = Storm(slack), asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with gate:
            await storm.send(number)

    advisor = SmallAdvisor(seconds=0.02)
    async with running(advisor, slack, settings_for(slack, transport, tmp_path, **allowed)):
        await asyncio.gather(*(one(number) for number in range(EVENTS)))
        deadline = time.monotonic() + 60
        while storm.missing() and time.monotonic() < deadline:
            await asyncio.sleep(0.1)
    signs = storm.first_signs()
    p95 = signs[int(len(signs) * 0.95)]
    print(
        f"{transport}: {EVENTS} events, first visible sign p95 {p95:.3f} s, worst {signs[-1]:.3f}"
    )
    assert not storm.missing()
    assert not storm.doubled()
    assert not [item for item in slack.posted if slack.working(item)]
    assert "went wrong" not in json.dumps(slack.posted)
    assert p95 < 10.0  # the machine may be busy with other things
