"""The doctor's checks in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.terminal.screen import open_screen, print_indented, styled
from bot.terminal.words import say


class Check(Protocol):
    """One thing that was looked at: whether it is well, and a sentence about it."""

    @property
    def name(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def message(self) -> str: ...


def print_checks(checks: Sequence[Check]) -> None:
    """Every check is on standard output, with the number of those to be mended."""
    screen = open_screen()
    for check in checks:
        mark = say("check_ok") if check.ok else say("check_bad")
        screen.print(styled(f"[{mark}] {check.name}", "" if check.ok else "bold red"))
        print_indented(check.message)
    bad = sum(not check.ok for check in checks)
    screen.print(styled(say("doctor_mend", count=bad) if bad else say("doctor_fine"), "bold"))
