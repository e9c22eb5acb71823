"""`safepolicing preview`: what the Slack messages look like, in a browser on this machine."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date

from bot.commands.opening import open_local_advisor
from bot.preview.examples import examples
from bot.preview.page import page_html
from bot.preview.server import serving

TITLE = "Slack messages of the Safe Policing Advisor"


def run(arguments: argparse.Namespace) -> int:
    """0 after Ctrl-C; with --once after the page has been written to standard output."""
    page = page_html(examples(open_local_advisor(), date.today()), TITLE)
    if arguments.once:
        sys.stdout.write(page + "\n")
        return 0
    asyncio.run(_until_stopped(page, arguments.port))
    return 0


async def _until_stopped(page: str, port: int) -> None:
    async with serving(page, port) as address:
        sys.stdout.write(f"The examples are at {address} (Ctrl-C stops)\n")
        sys.stdout.flush()
        await asyncio.Event().wait()
