"""Telling a person that something went wrong. No failure stays silent."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace

from bot.desk import Desk
from bot.failure import failure_of, log_failure, needed_scope, slack_code, told
from bot.intake import Place
from bot.message import Reply, simple
from bot.post import Posting, open_direct

NOT_A_MEMBER = frozenset({"not_in_channel", "channel_not_found", "user_not_in_channel"})


async def guarded(desk: Desk, posting: Posting, place: Place, work: Awaitable[None]) -> None:
    """`work` is done, or the person has read why not."""
    error = await failure_of(work)
    if error:
        await tell(desk, posting, place, error)


async def tell(desk: Desk, posting: Posting, place: Place, error: Exception) -> None:
    """The person has read what `error` means; if Slack itself fails, the log has it."""
    said = simple(_meaning(desk, error))
    for way in (posting, desk.poster(posting.client)):
        failed = await failure_of(_told(way, place, error, said))
        if not failed:
            break
        log_failure(failed)
    await posting.status(place, "")


async def _told(posting: Posting, place: Place, error: Exception, said: Reply) -> None:
    await posting.whisper(await _where_read(posting, place, error), said)


def _meaning(desk: Desk, error: Exception) -> str:
    scope = needed_scope(error)
    if scope:
        return desk.wording.say("missing_scope", scope=scope)
    if slack_code(error) in NOT_A_MEMBER:
        return desk.wording.say("not_in_channel")
    return told(error, desk.wording)


async def _where_read(posting: Posting, place: Place, error: Exception) -> Place:
    """A direct message, where the bot cannot write in the channel."""
    if slack_code(error) not in NOT_A_MEMBER or place.direct:
        return place
    channel = await open_direct(posting.client, place.person)
    return replace(place, channel=channel, thread="", direct=True)
