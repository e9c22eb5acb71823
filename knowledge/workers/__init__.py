"""Where slow work is done: in this process, on all cores, or on a Ray cluster.

Whoever does it, results come back in the order of the items, and one item that kills or blocks
its worker is handed back as `Lost` while the others go on.
"""

from __future__ import annotations

import os

from knowledge.errors import SettingsError
from knowledge.workers.cores import Cores
from knowledge.workers.ray_cluster import open_ray
from knowledge.workers.work import Lost, OneProcess, Workers

__all__ = ["ENGINES", "Lost", "Workers", "open_workers"]

ENGINES = ("one", "cores", "ray")
SECONDS = 600.0  # for one item; the longest manual seen takes a tenth of that


def open_workers(
    engine: str, *, count: int | None = None, address: str | None = None, seconds: float = SECONDS
) -> Workers:
    """Workers of the kind `engine`; `count` processes (all cores) or the cluster at `address`.

    Raises: `SettingsError` for an engine that is not known, or Ray when it is not installed.
    """
    if engine == "one":
        return OneProcess()
    if engine == "cores":
        return Cores(count or os.cpu_count() or 1, seconds)
    if engine == "ray":
        return open_ray(address, seconds)
    raise SettingsError(f"{engine!r} is no engine; choose one of {', '.join(ENGINES)}.")
