"""Work that tests hand to workers; a module of its own, so that other processes can import it."""

from __future__ import annotations

import os
import signal
import time


def square(number: int) -> int:
    return number * number


def square_slow_first(number: int) -> int:
    time.sleep(0.4 if number == 0 else 0.0)
    return number * number


def misbehave(kind: str) -> str:
    if kind == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "hang":
        time.sleep(60)
    if kind == "raise":
        raise ValueError("a secret of the excerpt")
    return kind.upper()
