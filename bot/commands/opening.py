"""What the commands share: settings read, and an advisor opened over them."""

from __future__ import annotations

from knowledge import Advisor, open_advisor
from knowledge.settings import read_settings


def open_local_advisor() -> Advisor:
    """The advisor of this machine's settings. Raises: `SettingsError`."""
    return open_advisor(read_settings())
