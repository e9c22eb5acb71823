"""Who somebody is to this workspace: a member, or a guest who gets public answers only."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.intake import Place

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

KNOWN_SECONDS = 600.0
KNOWN_PEOPLE = 2_000


class People:
    """Asks Slack about a person once in ten minutes. For one process, on its event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[bool, float]] = {}

    async def guest(self, client: AsyncWebClient, place: Place) -> bool:
        """True for guest accounts and for people of another workspace."""
        if place.person_team and place.person_team != place.team:
            return True
        key = (place.team, place.person)
        known = self._known.get(key)
        if known and known[1] > self._clock():
            return known[0]
        told = (await client.users_info(user=place.person))["user"]
        marks = ("is_restricted", "is_ultra_restricted", "is_stranger")
        guest = any(told.get(mark) for mark in marks)
        if len(self._known) >= KNOWN_PEOPLE:
            self._known.clear()
        self._known[key] = (guest, self._clock() + KNOWN_SECONDS)
        return guest
