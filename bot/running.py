"""What the bot is doing right now: people can stop it, and closing waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.intake import Place

Task = asyncio.Task[None]


class Reason(StrEnum):
    """Why work was broken off."""

    PERSON = "person"
    DELETED = "deleted"


@dataclass(slots=True)
class _Held:
    names: frozenset[str]
    reason: Reason | None = None


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Running:
    """Tasks by the names under which they can be stopped. For one process, on its event loop."""

    def __init__(self) -> None:
        self._tasks: dict[Task, _Held] = {}
        self._lanes: dict[object, _Lane] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[Any, Any, None], *names: str) -> Task:
        """`work` runs on its own, and can be stopped by each of `names`."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[task] = _Held(frozenset(names))
        task.add_done_callback(self._ended)
        return task

    def stop(self, name: str, reason: Reason = Reason.PERSON) -> int:
        """Work called `name` is broken off; how many tasks that were."""
        found = [task for task, held in self._tasks.items() if name in held.names]
        for task in found:
            self._tasks[task].reason = reason
            task.cancel()
        return len(found)

    def past_stopping(self) -> None:
        """The work that calls this has its result and goes on to the end."""
        task = asyncio.current_task()
        if task in self._tasks and self._tasks[task].reason is None:
            self._tasks[task].names = frozenset()

    def why_stopped(self) -> Reason | None:
        """Why the work that calls this was broken off; None when nobody asked for it."""
        held = self._tasks.get(asyncio.current_task())  # type: ignore[arg-type]
        return held.reason if held else None

    @asynccontextmanager
    async def in_turn(self, key: object) -> AsyncIterator[None]:
        """What has the same `key` is done one after the other, in the order of asking."""
        lane = self._lanes.setdefault(key, _Lane())
        lane.waiting += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.waiting -= 1
            if not lane.waiting:
                self._lanes.pop(key, None)

    async def drain(self, patience: float) -> None:
        """Everything is done, or `patience` seconds have passed."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=patience)

    async def cancel(self) -> None:
        """Nothing runs any more; what was not done is left for the next start."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, task: Task) -> None:
        self._tasks.pop(task, None)


def thread_name(place: Place, person: str = "") -> str:
    """What runs in the thread of `place`, or only what `person` asked for there."""
    return f"thread:{place.team}/{place.channel}/{place.thread}/{person}"


def message_name(mark: str) -> str:
    """The answer to one message."""
    return f"message:{mark}"
