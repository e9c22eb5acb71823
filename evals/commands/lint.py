"""`evals lint`: duplicates, leaks and thin classes of the gold sets."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from evals.cases import GOLD, Case, load_cases
from evals.inbox import INBOX, waiting
from evals.lint.balance import balance_slips
from evals.lint.repeats import knowledge_slips, repeat_slips
from evals.lint.shapes import shape_slips
from evals.lint.slips import Slip, load_accepted, sifted
from knowledge.sources import Knowledge, load_knowledge


def run(arguments: argparse.Namespace) -> int:
    """Print what stands; 1 when something does or an exception is not needed any more."""
    console = Console()
    cases = load_cases(arguments.gold or GOLD)
    standing, waived, idle = sifted(list(all_slips(cases, load_knowledge())), load_accepted())
    for slip in standing:
        console.print(Text.assemble((f"{slip.rule} ", "bold red"), slip.message), soft_wrap=True)
    for subject in idle:
        console.print(Text(f"This exception is not needed any more: {subject}", style="yellow"))
    open_cases = waiting(INBOX)
    if open_cases:
        console.print(f"{open_cases} cases from feedback wait to be labelled in {INBOX.name}.")
    console.print(_told(cases, len(standing), len(waived)))
    return 1 if standing or idle else 0


def all_slips(cases: Sequence[Case], known: Knowledge) -> Iterator[Slip]:
    """What each rule finds, in order."""
    yield from shape_slips(tuple(cases))
    yield from repeat_slips(cases)
    yield from knowledge_slips(cases, known)
    yield from balance_slips(cases)


def _told(cases: Sequence[Case], standing: int, waived: int) -> str:
    return f"{len(cases)} cases: {standing} slips, {waived} accepted with a reason."
