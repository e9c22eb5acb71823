"""Work on several processes of this machine, each watched: one that dies or hangs is replaced."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from knowledge.workers.work import Given, Lost, Result, attempt

_SPAWN = multiprocessing.get_context("spawn")  # a fork would copy held locks
AHEAD = 8  # results a worker that may wait for a slow item before them


class Cores:
    """So many processes. They start with the first item and end with the last."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds

    def each(
        self, work: Callable[[Given], Result], items: Iterable[Given]
    ) -> Iterator[Result | Lost]:
        """One result an item, in their order, whichever worker finished first."""
        crew = _Crew(self._count, self._seconds)
        numbered = enumerate(items)
        finished: dict[int, Any] = {}
        turn = 0
        try:
            while crew.hand_out(work, numbered, until=turn + AHEAD * self._count) or crew.busy:
                finished.update(crew.collect())
                while turn in finished:
                    yield finished.pop(turn)
                    turn += 1
        finally:
            crew.dismiss()


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and the number of the item it has, by when it must be done."""

    process: Any
    pipe: Connection
    item: int | None = None
    until: float = 0.0


class _Crew:
    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._workers: list[_Worker] = []
        self._taken = 0

    @property
    def busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.item is not None]

    def hand_out(self, work: object, numbered: Iterator[tuple[int, Any]], *, until: int) -> bool:
        """Every idle worker has an item; True when at least one was handed out."""
        handed = False
        while len(self.busy) < self._count and self._taken < until:
            following = next(numbered, None)
            if following is None:
                break
            number, item = following
            worker = self._idle()
            worker.item, worker.until = number, time.monotonic() + self._seconds
            self._taken = number + 1
            handed = True
            with suppress(BrokenPipeError):  # it died while idle; collecting will tell
                worker.pipe.send((work, item))
        return handed

    def collect(self) -> dict[int, Any]:
        """What came back, by the number of the item; waits until something does."""
        busy = self.busy
        patience = min(worker.until for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], max(0.0, patience))
        outcomes: dict[int, Any] = {}
        for worker in busy:
            number = worker.item
            if number is None:
                continue
            if worker.pipe in ready:
                outcomes[number] = self._received(worker)
            elif worker.until <= time.monotonic():
                outcomes[number] = Lost("too_slow")
                self._remove(worker)
        return outcomes

    def dismiss(self) -> None:
        """No worker runs."""
        for worker in list(self._workers):
            self._remove(worker)

    def _received(self, worker: _Worker) -> object:
        try:
            outcome: object = worker.pipe.recv()
        except (EOFError, OSError):
            self._remove(worker)
            return Lost("died")
        worker.item = None
        return outcome

    def _idle(self) -> _Worker:
        for worker in self._workers:
            if worker.item is None:
                return worker
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_work_until_closed, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()


def _work_until_closed(pipe: Connection) -> None:
    """Does what arrives until the other end is gone, as it is when the parent was killed."""
    while True:
        try:
            work, item = pipe.recv()
            pipe.send(attempt(work, item))
        except (EOFError, OSError, KeyboardInterrupt):
            return
