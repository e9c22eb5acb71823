"""What the double remembers: calls, messages, people, channels, files, and faults to come."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TEAM, APP_ID, BOT_USER, BOT_ID = "T1", "A1", "UBOT", "BBOT"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-double", "xapp-double", "shhh-signing-secret"
SCOPES = (
    "app_mentions:read,assistant:write,channels:history,channels:read,chat:write,commands,"
    "files:read,files:write,groups:history,groups:read,im:history,im:write,"
    "mpim:history,mpim:read,users:read"
)


class SlackError(Exception):
    """A call that Slack refuses, with its code."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra


@dataclass(frozen=True)
class Call:
    """One call of the Web API."""

    method: str
    args: dict[str, Any]
    token: str
    at: float


@dataclass(frozen=True)
class Fault:
    """What the next call of a method meets instead of an answer."""

    code: str
    status: int = 200
    retry_after: int = 0
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivered:
    """One attempt of a delivery: the status, and after how many seconds it was acknowledged."""

    status: int
    seconds: float
    body: Any = None


class State:
    """Everything that the double knows. Tests read it and put faults in."""

    def __init__(self) -> None:
        self.base = ""
        self.calls: list[Call] = []
        self.posted: list[dict[str, Any]] = []
        self.deleted: list[str] = []  # response URLs through which their message was taken away
        self.views: list[dict[str, Any]] = []
        self.homes: dict[str, dict[str, Any]] = {}
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.lost: list[str] = []
        self.members = {"C1", "C2", "CEXT"}  # channels that the bot is in
        self.shared_channels = {"CEXT"}  # with another organization
        self.hidden_channels: set[str] = set()  # private ones that the bot is not in
        self.threads: set[tuple[str, str]] = set()  # that people have written in
        self.users: dict[str, dict[str, Any]] = {}
        self.tokens = {BOT_TOKEN: TEAM}
        self.files: dict[str, dict[str, Any]] = {}
        self.uploads: dict[str, bytes] = {}
        self.streams: dict[str, dict[str, Any]] = {}
        self.signs: list[tuple[str, str, float]] = []  # channel, thread, and when it was seen
        self.stream_life = 300.0
        self.token_life = 0  # seconds; 0 for tokens that never expire
        self.refreshed: dict[str, str] = {}
        self.streaming = True  # whether this workspace streams
        self.triggers: dict[str, float] = {}
        self.scopes = SCOPES
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()

    def ts(self) -> str:
        """A time stamp that no other message has."""
        return f"1700000000.{next(self._numbers):06d}"

    def trigger(self) -> str:
        """A trigger that opens one view within three seconds."""
        name = f"trigger.{next(self._numbers)}"
        self.triggers[name] = time.monotonic() + 3.0
        return name

    def fail(self, method: str, code: str, times: int = 1, **more: Any) -> None:
        """The next `times` calls of `method` fail with `code`."""
        self.faults[method].extend([Fault(code, **more)] * times)

    def lose(self, method: str) -> None:
        """The next call of `method` does what it should, and its reply is lost."""
        self.lost.append(method)

    async def changed(self) -> None:
        """Whoever waits looks again."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, true: Callable[[], Any], seconds: float = 20.0) -> Any:
        """What `true` returns, as soon as it is something. Raises: `TimeoutError`."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(true), seconds)
            return true()

    def in_thread(self, channel: str, thread: str | None = None) -> list[dict[str, Any]]:
        """What was posted in a channel, or in one of its threads, and is no work in progress."""
        return [item for item in self.all_in_thread(channel, thread) if not self.working(item)]

    def all_in_thread(self, channel: str, thread: str | None = None) -> list[dict[str, Any]]:
        """The same, with what only shows that work goes on."""
        return [
            item
            for item in self.posted
            if item["channel"] == channel and (thread is None or item.get("thread_ts") == thread)
        ]

    def begun(self, channel: str, thread: str) -> bool:
        """Somebody has replied in the thread; before that, Slack shows no ephemeral message there."""
        seen = (item for item in self.all_in_thread(channel, thread) if item["kind"] != "ephemeral")
        return (channel, thread) in self.threads or any(seen)

    def whispered(self, channel: str) -> list[dict[str, Any]]:
        """What somebody alone sees in a channel, outside its threads."""
        posted = self.in_thread(channel)
        return [
            item for item in posted if item["kind"] == "ephemeral" and not item.get("thread_ts")
        ]

    def working(self, item: dict[str, Any]) -> bool:
        """The message only shows that work goes on: a stream that runs, or one with Stop."""
        blocks = item.get("blocks") or []
        shows = any(block.get("block_id") == "working" for block in blocks)
        return shows or bool(item.get("streaming"))

    def end_stream(self, ts: str) -> None:
        """The stream has run out, or its reader has stopped it; what it shows stays."""
        self.streams.pop(ts, None)
        for message in self.posted:
            if message.get("ts") == ts:
                message["streaming"] = False

    def called(self, method: str) -> list[dict[str, Any]]:
        """The arguments of every call of `method`."""
        return [call.args for call in self.calls if call.method == method]
