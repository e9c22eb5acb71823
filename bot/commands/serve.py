"""`safepolicing serve`: the Slack bot, until it is stopped."""

from __future__ import annotations

import argparse

from bot.commands.opening import open_local_advisor
from bot.operations.logs import set_up_logs
from bot.settings import read_settings


def run(_arguments: argparse.Namespace) -> int:
    """0 after a stop by a signal. Raises: `SettingsError`, `IndexMissing`, `IndexMismatch`."""
    from bot.serve import serve

    settings = read_settings()
    settings.check()
    set_up_logs(as_json=settings.log_format == "json")
    advisor = open_local_advisor()
    advisor.ready()
    return serve(advisor, settings)
