"""Where the index for a measurement lies: the one that serves, or one built for the purpose.

An index of our own lies under the home folder, so that measuring never changes what serves and a
second run finds it ready. It is built by the ingest door in a process of its own: doors do not
import each other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from knowledge.errors import IndexMismatch, IndexMissing, SettingsError
from knowledge.index import open_index
from knowledge.settings import Settings

_TIME_LIMIT = 600  # seconds that building an index may take
Told = Callable[[str], None]


def index_home(settings: Settings, told: Told) -> Path:
    """A home folder whose index fits this program's knowledge; built when there is none.

    Raises: `SettingsError` when it cannot be built.
    """
    own = evals_home(settings)
    for home in (settings.home, own):
        if _fits(home, settings.model):
            return home
    told("Building an index for this measurement (once, under half a minute).")
    _ingest(own, settings.model)
    return own


def evals_home(settings: Settings) -> Path:
    """The folder of this door: its index, its runs and its caches."""
    return settings.home / "evals"


def _fits(home: Path, model: str) -> bool:
    try:
        open_index(home, model=model).close()
    except (IndexMissing, IndexMismatch):
        return False
    return True


def _ingest(home: Path, model: str) -> None:
    environment = {**os.environ, "SAFEPOLICING_HOME": str(home), "SAFEPOLICING_MODEL": model}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ingest"],
            env=environment, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SettingsError(
            f"The index for the measurement was not built in {_TIME_LIMIT} seconds; run "
            "`safepolicing ingest`, whose index is then used."
        ) from None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise SettingsError(f"The index for the measurement could not be built: {last}")
