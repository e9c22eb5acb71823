"""The name of this process in the state, and whether another process may still be at work."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable

ELSEWHERE_SECONDS = 300.0  # no answer takes that long; a process on another machine is not seen


def name_owner() -> str:
    """Host, process and a mark that no earlier process of the same number had."""
    return f"{socket.gethostname()}/{os.getpid()}/{uuid.uuid4().hex}"


def is_gone(owner: str, since: float, alive: Callable[[int], bool] | None = None) -> bool:
    """The process `owner` has ended without answering work that it took on at `since`."""
    host, _, rest = owner.partition("/")
    number = rest.partition("/")[0]
    if host == socket.gethostname() and number.isdigit():
        return int(number) == os.getpid() or not (alive or _alive)(int(number))
    return time.time() - since > ELSEWHERE_SECONDS


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
