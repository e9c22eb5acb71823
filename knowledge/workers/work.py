"""What workers are, what they hand back, and the simplest of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that brought no result: its worker died, took too long, or raised `error`."""

    why: Literal["died", "too_slow", "failed"]
    error: str = ""


class Workers(Protocol):
    """Does `work` on every item. `work` is a function of a module, items can be pickled."""

    def each(
        self, work: Callable[[Given], Result], items: Iterable[Given]
    ) -> Iterator[Result | Lost]:
        """One result an item, in the order of `items`, which are taken only as they are needed."""


class OneProcess:
    """Does the work here, one item after the other. Nothing can stop an item that hangs."""

    def each(
        self, work: Callable[[Given], Result], items: Iterable[Given]
    ) -> Iterator[Result | Lost]:
        """One result an item, in their order."""
        for item in items:
            yield attempt(work, item)


def attempt(work: Callable[[Given], Result], item: Given) -> Result | Lost:
    """What `work` returns, or `Lost` with the kind of error that it raised, never its message."""
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - told by its kind; the other items go on
        return Lost("failed", type(error).__name__)
