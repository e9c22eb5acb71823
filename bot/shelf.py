"""What a button will need in a few minutes. In this process only, never on disk."""

from __future__ import annotations

import time
import uuid
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
MINUTES = 30
ITEMS = 200


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Item]):
    item: Item
    until: float


class Shelf(Generic[Item]):
    """Holds the newest few items for half an hour, each under a key nobody can guess."""

    def __init__(self, *, items: int = ITEMS, clock: Callable[[], float] = time.monotonic) -> None:
        self._items = items
        self._clock = clock
        self._kept: OrderedDict[str, _Kept[Item]] = OrderedDict()

    def put(self, item: Item) -> str:
        """The key under which `item` lies."""
        key = uuid.uuid4().hex
        self.keep(key, item)
        return key

    def keep(self, key: str, item: Item) -> None:
        """`item` lies under `key`, and what lay there before does not."""
        self._kept.pop(key, None)
        self._kept[key] = _Kept(item, self._clock() + MINUTES * 60)
        while len(self._kept) > self._items:
            self._kept.popitem(last=False)

    def get(self, key: str) -> Item | None:
        """The item under `key`, or None when it is gone."""
        kept = self._kept.get(key)
        if kept is None or kept.until < self._clock():
            self._kept.pop(key, None)
            return None
        return kept.item

    def drop(self, unwanted: Callable[[Item], bool]) -> None:
        """No item that is `unwanted` lies here."""
        for key in [key for key, kept in self._kept.items() if unwanted(kept.item)]:
            del self._kept[key]

    def take(self, key: str) -> Item | None:
        """The item under `key`, which is gone afterwards."""
        item = self.get(key)
        self._kept.pop(key, None)
        return item
