"""Sharing: what one person saw stands where everybody sees it, once, however often they press."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable

from bot.desk import Desk
from bot.failure import failure_of
from bot.intake import Place
from bot.message import simple
from bot.post import Posting


async def share_once(
    desk: Desk, posting: Posting, place: Place, key: str, share: Callable[[], Awaitable[None]]
) -> None:
    """`share` is done for the first press of all replicas; of a failure the next may try again.

    The key itself opens what lies under it, so that only its hash is noted.
    """
    mark = f"{place.team}/shared/{hashlib.sha256(key.encode()).hexdigest()}"
    if not await desk.stored(desk.seen.once, mark):
        await posting.whisper(place, simple(desk.wording.say("shared")))
        return
    error = await failure_of(share())
    if error:
        await desk.stored(desk.seen.unsee, mark)
        raise error
