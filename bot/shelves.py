"""The shelves of one program: what its buttons, and the next part of a text, will need.

In this process by default. Where several replicas share a database and a key, they share the
shelves too, so that a button works on whichever of them it reaches.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.database import Database
from bot.kept import Answered, Asked, Doubt, Part, Reviewed
from bot.seals import Seals
from bot.shared_shelf import SharedShelf, prepare_table
from bot.shelf import OwnShelf, Shelf


@dataclass(frozen=True, slots=True)
class Shelves:
    """One shelf for each kind of thing. Every call is made in the thread of the bot's state."""

    reviews: Shelf[Reviewed] = field(default_factory=OwnShelf)
    answers: Shelf[Answered] = field(default_factory=OwnShelf)
    asked: Shelf[Asked] = field(default_factory=OwnShelf)
    doubts: Shelf[Doubt] = field(default_factory=OwnShelf)
    parts: Shelf[Part] = field(default_factory=OwnShelf)

    def forget(self, team: str, person: str) -> None:
        """Nothing of `person` lies ready."""
        for shelf in self._all():
            shelf.forget(team, person)

    def forget_team(self, team: str) -> None:
        """Nothing of anybody in the workspace lies ready."""
        for shelf in self._all():
            shelf.forget_team(team)

    def expire(self) -> None:
        """Nothing that is older than half an hour lies anywhere."""
        for shelf in self._all():
            shelf.expire()

    def _all(self) -> Iterator[Shelf[Any]]:
        yield from (self.reviews, self.answers, self.asked, self.doubts, self.parts)


def shared_shelves(database: Database, secret: bytes) -> Shelves:
    """Shelves that all replicas with this database and this secret share."""
    prepare_table(database)
    seals = Seals(secret)
    return Shelves(
        reviews=SharedShelf("review", Reviewed, database, seals),
        answers=SharedShelf("answer", Answered, database, seals),
        asked=SharedShelf("asked", Asked, database, seals),
        doubts=SharedShelf("doubt", Doubt, database, seals),
        parts=SharedShelf("part", Part, database, seals),
    )
