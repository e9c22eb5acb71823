"""Runs the bot with an advisor that thinks for very long, in a process that a test will kill."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.serve import serve
from bot.settings import BotSettings
from tests.bot.small import SmallAdvisor
from tests.slackdouble.state import APP_TOKEN, BOT_TOKEN


def main() -> int:
    """Socket Mode against the Slack at the first argument, with its state in the second."""
    url, home = sys.argv[1:]
    told = {"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_api_url": url}
    return serve(SmallAdvisor(seconds=60), BotSettings.model_validate(told | {"home": Path(home)}))


if __name__ == "__main__":
    sys.exit(main())
