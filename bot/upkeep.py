"""What nobody asks for: apologies after a crash, and letting go of what has expired."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.app import ClientFor
from bot.desk import Desk
from bot.failure import failure_of, log_failure
from bot.intake import Place
from bot.message import simple
from bot.post import Poster
from bot.seen import Accepted

_LOG = logging.getLogger("safepolicing.slack")
EVERY_SECONDS = 60.0


async def keep_up(desk: Desk, client_for: ClientFor, ended: asyncio.Event) -> None:
    """Runs until `ended` is set. `client_for` gives the client of a workspace."""
    while not ended.is_set():
        error = await failure_of(_once(desk, client_for))
        if error:
            log_failure(error)
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), EVERY_SECONDS)


async def _once(desk: Desk, client_for: ClientFor) -> None:
    await apologize(desk, client_for)
    await desk.stored(desk.seen.expire)
    await desk.stored(desk.memory.expire)
    await desk.stored(desk.shelves.expire)


async def apologize(desk: Desk, client_for: ClientFor) -> int:
    """Whoever waits for a process that has ended is asked to send again; how many read it."""
    told = 0
    for work in await desk.stored(desk.seen.abandoned):
        error = await failure_of(_apologize(desk, client_for, work))
        if error:
            log_failure(error)
            await desk.stored(desk.seen.put_back, work.mark)
        else:
            told += 1
            await desk.stored(desk.seen.done, work.mark)
    if told:
        _LOG.warning("%d messages of an earlier run went unanswered; their authors know", told)
    return told


async def _apologize(desk: Desk, client_for: ClientFor, work: Accepted) -> None:
    """Nobody is told in a workspace that has taken the app away."""
    client = await client_for(work.team)
    if client is None:
        return
    direct = work.channel.startswith("D")
    place = Place(work.team, work.channel, work.thread, work.person, direct)
    poster = Poster(client)
    await poster.reply(place, simple(desk.wording.say("interrupted")))
    await poster.status(place, "")
