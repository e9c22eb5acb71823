"""What nobody asks for: apologies after a crash, and letting go of what has expired."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.desk import Desk
from bot.failure import log_failure
from bot.intake import Place
from bot.message import simple
from bot.post import Poster
from bot.seen import Accepted

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_LOG = logging.getLogger("safepolicing.slack")
EVERY_SECONDS = 60.0
ClientFor = Callable[[str], Awaitable["AsyncWebClient | None"]]


async def keep_up(desk: Desk, client_for: ClientFor) -> None:
    """Runs until it is cancelled. `client_for` gives the client of a workspace."""
    while True:
        try:
            await apologize(desk, client_for)
            await desk.stored(desk.seen.expire)
            await desk.stored(desk.memory.expire)
        except Exception as error:  # noqa: BLE001 one failing round must not end the upkeep
            log_failure(error)
        await asyncio.sleep(EVERY_SECONDS)


async def apologize(desk: Desk, client_for: ClientFor) -> int:
    """Whoever waits for a process that has ended is asked to send again; how many read it."""
    told = 0
    for work in await desk.stored(desk.seen.abandoned):
        try:
            await _apologize(desk, await client_for(work.team), work)
        except Exception as error:  # noqa: BLE001 one failing round must not end the upkeep
            log_failure(error)
            await desk.stored(desk.seen.put_back, work.mark)
        else:
            told += 1
            await desk.stored(desk.seen.done, work.mark)
    if told:
        _LOG.warning("%d messages of an earlier run went unanswered; their authors know", told)
    return told


async def _apologize(desk: Desk, client: AsyncWebClient | None, work: Accepted) -> None:
    """Nobody is told in a workspace that has taken the app away."""
    if client is None:
        return
    direct = work.channel.startswith("D")
    place = Place(work.team, work.channel, work.thread, work.person, direct)
    poster = Poster(client)
    await poster.reply(place, simple(desk.wording.say("interrupted")))
    await poster.status(place, "")
