"""Who somebody is to this workspace: a member, or a guest who gets public answers only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.intake import Place

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

KNOWN_SECONDS = 600.0
KNOWN_PEOPLE = 2_000


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack says of somebody."""

    guest: bool
    admin: bool


STRANGER = Person(guest=True, admin=False)
GUEST_MARKS = ("is_restricted", "is_ultra_restricted", "is_stranger")
ADMIN_MARKS = ("is_admin", "is_owner", "is_primary_owner")


class People:
    """Asks Slack about a person once in ten minutes. For one process, on its event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[Person, float]] = {}

    async def look(self, client: AsyncWebClient, place: Place) -> Person:
        """What Slack says of the person of `place`; whoever is of another workspace is a guest."""
        if place.person_team and place.person_team != place.team:
            return STRANGER
        key = (place.team, place.person)
        known = self._known.get(key)
        if known and known[1] > self._clock():
            return known[0]
        told = (await client.users_info(user=place.person))["user"]
        person = Person(
            guest=any(told.get(mark) for mark in GUEST_MARKS),
            admin=any(told.get(mark) for mark in ADMIN_MARKS),
        )
        if len(self._known) >= KNOWN_PEOPLE:
            self._known.clear()
        self._known[key] = (person, self._clock() + KNOWN_SECONDS)
        return person
