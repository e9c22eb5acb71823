"""Where things lie for half an hour, each under a key: in this process only, never on disk.

`bot/shared_shelf.py` has the same for several replicas.
"""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.intake import Place

MINUTES = 30
ITEMS = 200


class Owned(Protocol):
    """What belongs to one person of one workspace."""

    @property
    def place(self) -> Place: ...


Item = TypeVar("Item", bound=Owned)


class Shelf(Protocol[Item]):
    """Holds items for half an hour. Every call is made in the thread of the bot's state."""

    def keep(self, key: str, item: Item) -> None:
        """`item` lies under `key`, and what lay there before does not."""

    def get(self, key: str) -> Item | None:
        """The item under `key`, or None when it is gone."""

    def take(self, key: str) -> Item | None:
        """The item under `key`, for one caller only: it is gone afterwards."""

    def forget(self, team: str, person: str) -> None:
        """Nothing of `person` lies here."""

    def forget_team(self, team: str) -> None:
        """Nothing of anybody in the workspace lies here."""

    def expire(self) -> None:
        """Nothing that is older than half an hour lies here."""


def new_key() -> str:
    """A key that nobody can guess."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Item]):
    item: Item
    until: float


class OwnShelf(Generic[Item]):
    """In the memory of this process, the newest few."""

    def __init__(self, *, items: int = ITEMS, clock: Callable[[], float] = time.monotonic) -> None:
        self._items = items
        self._clock = clock
        self._kept: OrderedDict[str, _Kept[Item]] = OrderedDict()

    def keep(self, key: str, item: Item) -> None:
        """`item` lies under `key`; the oldest go when there are too many."""
        self._kept.pop(key, None)
        self._kept[key] = _Kept(item, self._clock() + MINUTES * 60)
        while len(self._kept) > self._items:
            self._kept.popitem(last=False)

    def get(self, key: str) -> Item | None:
        """The item under `key`, or None when it is gone."""
        kept = self._kept.get(key)
        return kept.item if kept and kept.until >= self._clock() else None

    def take(self, key: str) -> Item | None:
        """The item under `key`, which is gone afterwards."""
        item = self.get(key)
        self._kept.pop(key, None)
        return item

    def forget(self, team: str, person: str) -> None:
        """Nothing of `person` lies here."""
        self._drop(lambda kept: (kept.item.place.team, kept.item.place.person) == (team, person))

    def forget_team(self, team: str) -> None:
        """Nothing of anybody in the workspace lies here."""
        self._drop(lambda kept: kept.item.place.team == team)

    def expire(self) -> None:
        """Nothing that is older than half an hour lies here."""
        now = self._clock()
        self._drop(lambda kept: kept.until < now)

    def _drop(self, unwanted: Callable[[_Kept[Item]], bool]) -> None:
        for key in [key for key, kept in self._kept.items() if unwanted(kept)]:
            del self._kept[key]
