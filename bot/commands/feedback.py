"""`safepolicing feedback`: what people thought of the bot's answers, one JSON object a line."""

from __future__ import annotations

import argparse

from bot.commands.lines import print_record
from bot.database import open_database
from bot.feedback import Feedback
from bot.settings import read_settings


def run(_arguments: argparse.Namespace) -> int:
    """Every mark is printed. Raises: `SettingsError` when the state cannot be opened."""
    database = open_database(read_settings().state_url)
    try:
        for case in Feedback(database).export():
            print_record(case)
    finally:
        database.close()
    return 0
