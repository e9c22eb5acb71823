"""Whether this replica can take on work."""

from __future__ import annotations

import asyncio

from bot.database import Database
from bot.desk import Desk
from bot.failure import failure_of

PATIENCE = 3.0  # seconds for the state to answer


class Health:
    """Ready from the start, until it is told that the bot ends, or while the state is away."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.ending = False

    async def ready(self) -> bool:
        """A message that is delivered now would be accepted."""
        if self.ending:
            return False
        look = self._desk.stored(_touch, self._desk.database)
        return await failure_of(asyncio.wait_for(look, PATIENCE)) is None


def _touch(database: Database) -> None:
    database.rows("SELECT 1")
