"""How much one person, and one workspace, may ask in a minute."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable

WINDOW = 60.0  # seconds
LANES = 10_000  # people and workspaces counted before the idle ones are let go


class Limits:
    """Counts what was allowed in the last minute. For one process, on its event loop."""

    def __init__(
        self, per_user: int, per_workspace: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = {"user": per_user, "workspace": per_workspace}
        self._clock = clock
        self._times: dict[tuple[str, ...], deque[float]] = defaultdict(deque)

    def wait(self, team: str, person: str) -> int:
        """0 when the message may be answered, and it is counted; else seconds until it may."""
        now = self._clock()
        lanes = {("user", team, person), ("workspace", team)}
        waits = [self._left(lane, now) for lane in lanes]
        if max(waits) > 0:
            return int(max(waits)) + 1
        if len(self._times) > LANES:
            self._let_go(now - WINDOW)
        for lane in lanes:
            self._times[lane].append(now)
        return 0

    def _let_go(self, before: float) -> None:
        idle = [lane for lane, times in self._times.items() if not times or times[-1] <= before]
        for lane in idle:
            del self._times[lane]

    def _left(self, lane: tuple[str, ...], now: float) -> float:
        times = self._times[lane]
        while times and times[0] <= now - WINDOW:
            times.popleft()
        full = len(times) >= self._allowed[lane[0]]
        return times[0] + WINDOW - now if full else 0.0
