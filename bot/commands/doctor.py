"""`safepolicing doctor`: looks at settings, index, model, Slack and clock, and says what to do."""

from __future__ import annotations

import argparse

from bot.doctor import Check, check_health, check_local
from bot.settings import BotSettings, read_settings
from bot.terminal.checks import print_checks


def run(arguments: argparse.Namespace) -> int:
    """0 when everything is well, 1 when something must be mended."""
    settings = read_settings()
    checks = check_health(settings) if arguments.health else check_local() + _slack(settings)
    print_checks(checks)
    return int(not all(check.ok for check in checks))


def _slack(settings: BotSettings) -> list[Check]:
    from bot.doctor_slack import check_slack
    from bot.terminal.words import say

    if not (settings.slack_bot_token or settings.slack_app_token or settings.many_workspaces):
        return [Check(say("doctor_slack"), True, say("doctor_slack_none"))]
    return check_slack(settings)
