"""Puts a reply where it belongs. Every payload is checked before it is sent."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from bot.failure import failure_of
from bot.intake import Place
from bot.message import PIECE, Message, Reply
from bot.mrkdwn import pieces
from bot.progress import Shown, Streams, finish, show, step, take_away
from bot.validate import message_problems, view_problems

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")
RESPONSES = 5  # uses of a response URL that Slack allows


class ResponseError(Exception):
    """Slack did not take what went to a response URL."""


class Posting(Protocol):
    """A way to the people: the thread of a message, or the response URL of a command."""

    @property
    def client(self) -> AsyncWebClient: ...

    async def reply(self, place: Place, reply: Reply) -> None: ...

    async def whisper(self, place: Place, reply: Reply) -> None: ...

    async def status(self, place: Place, text: str) -> None: ...

    async def begin(self, place: Place, working: Message) -> None: ...

    async def drop(self) -> None: ...


class Poster:
    """Posts as the bot. One for each request, because each workspace has a token of its own."""

    def __init__(self, client: AsyncWebClient, streams: Streams | None = None) -> None:
        self.client = client
        self._streams = streams
        self._shown: Shown | None = None
        self._replied = False

    async def begin(self, place: Place, working: Message) -> None:
        """Everybody in the thread sees that work goes on; the next reply takes its place."""
        if self._shown:
            self._shown = await step(self.client, self._shown, working.text)
        elif place.thread and self._streams:
            self._shown = await show(self.client, self._streams, place, working)

    async def drop(self) -> None:
        """Nobody sees that work went on."""
        shown, self._shown = self._shown, None
        if shown:
            await take_away(self.client, shown)

    async def reply(self, place: Place, reply: Reply) -> None:
        """`reply` stands in the thread, in order; without a thread it begins one."""
        shown, self._shown = self._shown, None
        left = sound(reply)
        finished = shown and await finish(self.client, shown, left[0])
        self._replied = True
        await self._post(place, left[1:] if finished else left)
        if shown and not finished:
            await take_away(self.client, shown)

    async def _post(self, place: Place, reply: Reply) -> None:
        thread = place.thread
        for message in reply:
            posted = await self.client.chat_postMessage(
                channel=place.channel,
                thread_ts=thread or None,
                unfurl_links=False,
                unfurl_media=False,
                **payload(message),
            )
            thread = thread or str(posted["ts"])

    async def whisper(self, place: Place, reply: Reply) -> None:
        """Only the person of `place` sees `reply`: in a direct message all of it is theirs.

        Where everybody has seen that work goes on, everybody sees how it ended. In a thread that
        nobody has begun, Slack accepts a whisper and never shows it: it goes to the channel then.
        """
        if place.direct or self._shown:
            await self.reply(place, reply)
            return
        begun = place.begun or self._replied
        for message in sound(reply):
            await self.client.chat_postEphemeral(
                channel=place.channel,
                thread_ts=place.thread if begun and place.thread else None,
                user=place.person,
                **payload(message),
            )

    async def status(self, place: Place, text: str) -> None:
        """Slack shows `text` as what the bot is doing; "" takes it away. Never an error."""
        if not place.thread:
            return
        failed = await failure_of(
            self.client.assistant_threads_setStatus(
                channel_id=place.channel, thread_ts=place.thread, status=text
            )
        )
        if failed:
            _LOG.info("no status shown: %s", type(failed).__name__)


class Responder:
    """Answers a command, a shortcut or a button through its response URL.

    Only the person who gave the command sees it, and the bot need not be in the channel.
    """

    def __init__(self, client: AsyncWebClient, respond: Callable[..., Awaitable[Any]]) -> None:
        self.client = client
        self._respond = respond
        self._used = 0

    async def reply(self, place: Place, reply: Reply) -> None:
        """Only the person of `place` sees `reply`; what is too long goes on in direct message."""
        left = list(sound(reply))
        while left and await self._sent(left[0], "ephemeral"):
            left.pop(0)
        if left:
            channel = await open_direct(self.client, place.person)
            direct = replace(place, channel=channel, thread="", direct=True)
            await Poster(self.client).reply(direct, tuple(left))

    async def whisper(self, place: Place, reply: Reply) -> None:
        """The same as `reply`: nobody else sees either."""
        await self.reply(place, reply)

    async def status(self, _place: Place, _text: str) -> None:
        """A command's acknowledgement has said it already."""

    async def begin(self, _place: Place, _working: Message) -> None:
        """The same."""

    async def drop(self) -> None:
        """Nothing was shown."""

    async def share(self, reply: Reply) -> None:
        """Everybody in the channel sees `reply`. Raises: `ResponseError` when Slack refuses it."""
        messages = sound(reply)
        if len(messages) > RESPONSES - self._used:
            raise ResponseError
        for message in messages:
            if not await self._sent(message, "in_channel"):
                raise ResponseError

    async def _sent(self, message: Message, seen_by: str) -> bool:
        """Whether Slack took `message`; of a URL that is used up or too old Bolt says nothing."""
        if self._used >= RESPONSES:
            return False
        self._used += 1
        answer = await self._respond(
            response_type=seen_by,
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
            **payload(message),
        )
        if answer.status_code != 200:
            _LOG.warning("a response URL was refused: status %d", answer.status_code)
        return bool(answer.status_code == 200)


async def open_direct(client: AsyncWebClient, person: str) -> str:
    """The channel of the direct message with `person`."""
    opened = await client.conversations_open(users=person)
    return str(opened["channel"]["id"])


async def upload(client: AsyncWebClient, place: Place, files: Mapping[str, str | bytes]) -> None:
    """`files`, name to content, stand in the channel of `place`."""
    uploads: list[dict[str, Any]] = [
        {"filename": name, "title": name, "content": content} for name, content in files.items()
    ]
    await client.files_upload_v2(
        channel=place.channel, thread_ts=place.thread or None, file_uploads=uploads
    )


def sound_view(view: dict[str, Any]) -> dict[str, Any]:
    """`view` as it is; the log says where it breaks Slack's limits."""
    problems = view_problems(view)
    if problems:
        _LOG.error("a view breaks Slack's limits: %s", "; ".join(problems))
    return view


def payload(message: Message) -> dict[str, Any]:
    """The arguments that post `message`."""
    return {"text": message.text} | ({"blocks": list(message.blocks)} if message.blocks else {})


def sound(reply: Reply) -> Reply:
    """`reply` as it is, or, where Slack would refuse a message, its plain words instead."""
    found: list[Message] = []
    for message in reply:
        problems = message_problems(payload(message))
        if not problems:
            found.append(message)
            continue
        _LOG.error("a message breaks Slack's limits: %s", "; ".join(problems))
        found += [Message(text=part) for part in pieces(message.text, PIECE)]
    return tuple(found)
