"""Who may see what: guests, people of other organizations, and channels shared with them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.failure import slack_error
from bot.intake import Place
from bot.people import STRANGER, People, Person
from bot.progress import trouble
from knowledge.types import Answer

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")
OWN = "agency:"  # begins the id of a source that is an agency's own


async def person_or_stranger(client: AsyncWebClient, people: People, place: Place) -> Person:
    """What Slack says of the person; where it says nothing they see what a guest sees."""
    try:
        return await people.look(client, place)
    except trouble() as error:
        _LOG.info("taken for a guest: %s", slack_error(error))
        return STRANGER


async def among_ourselves(client: AsyncWebClient, channel: str) -> bool:
    """Slack says that the channel is not shared with another organization."""
    try:
        told = (await client.conversations_info(channel=channel))["channel"]
    except trouble() as error:
        _LOG.info("nothing known of a channel: %s", slack_error(error))
        return False
    shared = ("is_ext_shared", "is_pending_ext_shared")
    return not any(told.get(mark) for mark in shared)


def is_public(answer: Answer) -> bool:
    """The answer rests on public sources alone."""
    cited = (item for statement in answer.statements for item in statement.citations)
    return not any(item.source.startswith(OWN) for item in cited)
