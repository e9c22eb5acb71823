"""Work on a Ray cluster: one that runs somewhere, or one started here for the purpose."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from knowledge.errors import SettingsError
from knowledge.workers.work import Given, Lost, Result, attempt

HERE = "local"
QUEUED = 2  # items a core that wait on the cluster, so that none is idle
_STORE = 256 * 1024 * 1024  # bytes of shared memory of a cluster started here


class RayCluster:
    """Every core of a cluster. Each node has this program, of the same release, installed."""

    def __init__(self, address: str, seconds: float) -> None:
        self._address = address
        self._seconds = seconds

    def each(
        self, work: Callable[[Given], Result], items: Iterable[Given]
    ) -> Iterator[Result | Lost]:
        """One result an item, in their order."""
        with connected(self._address) as ray:
            task = ray.remote(num_cpus=1, max_retries=2)(attempt)
            room = QUEUED * max(1, int(ray.cluster_resources().get("CPU", 1)))
            waiting: deque[tuple[Any, float]] = deque()
            for item in items:
                waiting.append((task.remote(work, item), time.monotonic()))
                if len(waiting) >= room:
                    yield self._next(ray, waiting)
            while waiting:
                yield self._next(ray, waiting)

    def _next(self, ray: Any, waiting: deque[tuple[Any, float]]) -> Any:
        """The outcome of the item that is first in line."""
        reference, since = waiting.popleft()
        patience = since + QUEUED * self._seconds - time.monotonic()
        try:
            return ray.get(reference, timeout=max(1.0, patience))
        except ray.exceptions.GetTimeoutError:
            ray.cancel(reference, force=True)
            return Lost("too_slow")
        except (ray.exceptions.RayTaskError, ray.exceptions.RaySystemError) as error:
            return Lost("failed", type(error).__name__)
        except ray.exceptions.RayError:
            return Lost("died")


def open_ray(address: str | None, seconds: float) -> RayCluster:
    """The cluster at `address`, or one on this machine. Raises: `SettingsError` without Ray."""
    import importlib.util

    if importlib.util.find_spec("ray") is None:
        raise SettingsError(
            "The engine ray needs the package ray, which is not installed; "
            "install safepolicing[ray], or use --engine cores."
        )
    return RayCluster(address or HERE, seconds)


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Ray, connected to the cluster; what was opened here is closed afterwards."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    if ray.is_initialized():  # the caller's own connection, and the caller's to close
        yield ray
        return
    try:
        ray.init(address=address, log_to_driver=False, **_started_here(address))
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise SettingsError(
            f"The Ray cluster at {address} cannot be reached ({type(error).__name__}); check "
            "SAFEPOLICING_RAY_ADDRESS, or leave it out to use this machine."
        ) from None
    try:
        yield ray
    finally:
        ray.shutdown()


def _started_here(address: str) -> dict[str, Any]:
    """A cluster of this machine listens on loopback, and its workers run this very program."""
    if address != HERE:
        return {}
    root = str(Path(__file__).parents[2])
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if root not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [root, *paths]))
    return {
        "include_dashboard": False,
        "object_store_memory": _STORE,
        "_node_ip_address": "127.0.0.1",
    }
