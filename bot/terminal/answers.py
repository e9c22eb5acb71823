"""An answer in the terminal: the direct answer first, then its sources."""

from __future__ import annotations

from bot.cites import Numbers
from bot.terminal.citations import print_notices, print_sources
from bot.terminal.screen import open_screen, styled
from bot.terminal.words import say
from bot.wording import Wording, load_wording
from knowledge.types import Abstention, Answer


def print_answer(answer: Answer) -> None:
    """`answer` is on standard output, for people."""
    screen = open_screen()
    wording = load_wording()
    numbers = Numbers()
    screen.print()
    screen.print(styled(f"{say('question')}: {answer.question}", "bold"))
    screen.print()
    if answer.abstention:
        _print_abstention(answer.abstention, wording)
    for statement in answer.statements:
        marks = numbers.marks(statement.citations)
        screen.print(styled(f"{statement.text} {marks}"))
    print_sources(numbers, wording, [statement.text for statement in answer.statements])
    print_notices(answer.notices)
    screen.print()


def _print_abstention(abstention: Abstention, wording: Wording) -> None:
    screen = open_screen()
    head = wording.abstention[abstention.kind]
    stop = "" if head.endswith("?") else "."
    screen.print(styled(f"{head}{stop} {abstention.message}", "bold"))
    for choice in abstention.choices:
        screen.print(styled(f"  - {choice}"))
