"""`safepolicing serve`: the Slack bot, until it is stopped."""

from __future__ import annotations

import argparse
import logging

from bot.commands.opening import open_local_advisor
from bot.settings import read_settings


def run(_arguments: argparse.Namespace) -> int:
    """0 after a stop by a signal. Raises: `SettingsError`, `IndexMissing`, `IndexMismatch`."""
    from bot.serve import serve

    settings = read_settings()
    settings.check()
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    advisor = open_local_advisor()
    advisor.ready()
    return serve(advisor, settings)
