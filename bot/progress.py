"""The one message that shows work going on, and then becomes the answer.

Where the workspace streams, it is a stream with a task card, and Slack's own Stop works. Elsewhere
it is a message with a Stop button that is updated. If neither can be had, the answer is posted.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.failure import failure_of, slack_code
from bot.intake import Place
from bot.message import Message, Sources, sections
from bot.mrkdwn import escape

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")
TASK = "work"
WINDOW = 60.0  # seconds
STARTS = 15  # streams that a workspace begins in a minute; Slack promises twenty
OFF_SECONDS = 600.0
PATIENCE = 10  # seconds that a sign of work may take; the answer does not wait longer for it
NOT_HERE = frozenset(
    {"unknown_method", "missing_scope", "feature_not_enabled", "not_allowed_token_type"}
    | {"access_denied", "team_access_not_granted", "no_permission"}
)


class Streams:
    """Whether a workspace streams, and has starts left in this minute. For one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._off: dict[str, float] = {}
        self._starts: dict[str, deque[float]] = defaultdict(deque)

    def may_start(self, team: str) -> bool:
        """True when a stream may begin now; it is counted."""
        now, starts = self._clock(), self._starts[team]
        while starts and starts[0] <= now - WINDOW:
            starts.popleft()
        if now < self._off.get(team, now) or len(starts) >= STARTS:
            return False
        starts.append(now)
        return True

    def refused(self, team: str, code: str) -> None:
        """Slack has refused a stream with `code`: for a while none is begun there."""
        if code in NOT_HERE:
            self._off[team] = self._clock() + OFF_SECONDS
        if code == "ratelimited":
            self._off[team] = self._clock() + WINDOW / 2


@dataclass(frozen=True, slots=True)
class Shown:
    """The message that shows the work."""

    channel: str
    thread: str
    ts: str
    title: str
    streaming: bool


async def show(
    client: AsyncWebClient, streams: Streams, place: Place, working: Message
) -> Shown | None:
    """`working` is seen in the thread of `place`; None when Slack takes neither form of it."""
    quick = _impatient(client)
    if streams.may_start(place.team):
        try:
            ts = await _start(quick, place, working.text)
        except trouble() as error:
            code = slack_code(error)
            streams.refused(place.team, code)
            _LOG.info("no stream here: %s", code or type(error).__name__)
            if not code:  # it may have begun, and only the word of it was lost
                return None
        else:
            return Shown(place.channel, place.thread, ts, working.text, streaming=True)
    return await _post(quick, place, working)


async def finish(client: AsyncWebClient, shown: Shown, message: Message) -> bool:
    """`message` stands where the work was shown; False when it must be posted anew.

    Both ways may be tried twice without anything standing there twice.
    """
    if shown.streaming:
        if await _worked(_stop(client, shown, message)):
            return True
        await at_rest(client, shown.channel, shown.thread)
    return await _worked(_update(client, shown, message))


async def step(client: AsyncWebClient, shown: Shown, text: str) -> Shown:
    """The work that is shown is called `text` now, as far as Slack lets us say so."""
    if shown.streaming:
        chunk = _task(text, "in_progress")
        call = _impatient(client).chat_appendStream(
            channel=shown.channel, ts=shown.ts, chunks=[chunk]
        )
        await failure_of(call)
    return replace(shown, title=text)


async def take_away(client: AsyncWebClient, shown: Shown) -> None:
    """Nothing shows the work any more."""
    if shown.streaming:
        stop = client.chat_stopStream(channel=shown.channel, ts=shown.ts, session_status="active")
        if await failure_of(stop):
            await at_rest(client, shown.channel, shown.thread)
    await failure_of(client.chat_delete(channel=shown.channel, ts=shown.ts))


async def at_rest(client: AsyncWebClient, channel: str, thread: str) -> None:
    """Slack shows nothing as going on in the thread, as far as it lets us say so."""
    await failure_of(
        client.agents_sessions_setStatus(channel_id=channel, thread_ts=thread, status="active")
    )


async def _start(client: AsyncWebClient, place: Place, title: str) -> str:
    started = await client.chat_startStream(
        channel=place.channel,
        thread_ts=place.thread,
        # The team of the person, not ours: they may be of another workspace.
        recipient_team_id=place.person_team or place.team,
        recipient_user_id=place.person,
        chunks=[_task(title, "in_progress")],
        task_display_mode="timeline",
    )
    session = client.agents_sessions_setStatus(
        channel_id=place.channel,
        thread_ts=place.thread,
        status="processing",
        initiator_user_id=place.person,
    )
    await failure_of(session)
    return str(started["ts"])


async def _post(client: AsyncWebClient, place: Place, working: Message) -> Shown | None:
    try:
        posted = await client.chat_postMessage(
            channel=place.channel,
            thread_ts=place.thread or None,
            text=working.text,
            blocks=[dict(block) for block in working.blocks],
            unfurl_links=False,
            unfurl_media=False,
        )
    except trouble() as error:
        _LOG.info("no sign of work: %s", slack_code(error) or type(error).__name__)
        return None
    return Shown(place.channel, place.thread, str(posted["ts"]), working.text, streaming=False)


async def _stop(client: AsyncWebClient, shown: Shown, message: Message) -> None:
    blocks = message.blocks or sections(escape(message.text))
    await client.chat_stopStream(
        channel=shown.channel,
        ts=shown.ts,
        chunks=[_task(shown.title, "complete", message.sources)],
        blocks=[dict(block) for block in blocks],
        session_status="active",
    )


async def _update(client: AsyncWebClient, shown: Shown, message: Message) -> None:
    blocks = message.blocks or sections(escape(message.text))
    await client.chat_update(
        channel=shown.channel,
        ts=shown.ts,
        text=message.text,
        blocks=[dict(block) for block in blocks],
    )


async def _worked(call: Awaitable[None]) -> bool:
    try:
        await call
    except trouble() as error:
        _LOG.info("the sign of work is left: %s", slack_code(error) or type(error).__name__)
        return False
    return True


def _task(title: str, status: str, sources: Sources = ()) -> dict[str, Any]:
    task = {"type": "task_update", "id": TASK, "title": title, "status": status}
    listed = [{"type": "url", "text": text, "url": url} for text, url in sources]
    return task | ({"sources": listed} if listed else {})


def _impatient(client: AsyncWebClient) -> AsyncWebClient:
    """The same client, but it neither waits nor tries again."""
    from slack_sdk.web.async_client import AsyncWebClient

    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        timeout=PATIENCE,
        ssl=client.ssl,
        proxy=client.proxy,
        headers=client.headers,
        retry_handlers=[],
        logger=client.logger,
    )


def trouble() -> tuple[type[BaseException], ...]:
    """What a call of Slack may fail with."""
    from aiohttp import ClientError
    from slack_sdk.errors import SlackClientError

    return (SlackClientError, ClientError, OSError, TimeoutError)
