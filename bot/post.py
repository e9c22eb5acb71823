"""Puts a reply where it belongs. Every payload is checked before it is sent."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.intake import Place
from bot.message import PIECE, Message, Reply
from bot.mrkdwn import pieces
from bot.validate import message_problems

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")


class Poster:
    """Posts as the bot. One for each request, because each workspace has a token of its own."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def reply(self, place: Place, reply: Reply) -> None:
        """`reply` stands in the thread, in order."""
        for message in _sound(reply):
            await self._client.chat_postMessage(
                channel=place.channel,
                thread_ts=place.thread,
                unfurl_links=False,
                unfurl_media=False,
                **_payload(message),
            )

    async def whisper(self, place: Place, reply: Reply) -> None:
        """Only the person of `place` sees `reply`: in a direct message all of it is theirs."""
        if place.direct:
            await self.reply(place, reply)
            return
        for message in _sound(reply):
            await self._client.chat_postEphemeral(
                channel=place.channel,
                thread_ts=place.thread,
                user=place.person,
                **_payload(message),
            )

    async def status(self, place: Place, text: str) -> None:
        """Slack shows `text` as what the bot is doing; "" takes it away. Never an error."""
        from slack_sdk.errors import SlackClientError

        try:
            await self._client.assistant_threads_setStatus(
                channel_id=place.channel, thread_ts=place.thread, status=text
            )
        except (SlackClientError, OSError, TimeoutError) as error:
            _LOG.info("no status shown: %s", type(error).__name__)

    async def upload(self, place: Place, files: Mapping[str, str], comment: str) -> None:
        """`files`, name to content, stand in the thread of a direct message."""
        uploads: list[dict[str, Any]] = [
            {"filename": name, "title": name, "content": content} for name, content in files.items()
        ]
        await self._client.files_upload_v2(
            channel=place.channel,
            thread_ts=place.thread,
            file_uploads=uploads,
            initial_comment=comment,
        )

    async def direct(self, person: str) -> str:
        """The channel of the direct message with `person`."""
        opened = await self._client.conversations_open(users=person)
        return str(opened["channel"]["id"])


def _payload(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks) or None}


def _sound(reply: Reply) -> Reply:
    """`reply` as it is, or, where Slack would refuse a message, its plain words instead."""
    found: list[Message] = []
    for message in reply:
        problems = message_problems(_payload(message))
        if not problems:
            found.append(message)
            continue
        _LOG.error("a message breaks Slack's limits: %s", "; ".join(problems))
        found += [Message(text=part) for part in pieces(message.text, PIECE)]
    return tuple(found)
