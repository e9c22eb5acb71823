"""`evals add FILE`: exported feedback becomes cases that wait to be labelled."""

from __future__ import annotations

import argparse

from rich.console import Console

from evals.inbox import INBOX, add_feedback


def run(arguments: argparse.Namespace) -> int:
    """Add the marks of the file to the inbox, each once."""
    inbox = arguments.to or INBOX
    added, known = add_feedback(arguments.file, inbox)
    console = Console()
    console.print(f"{added} cases added to {inbox}, {known} were there.", soft_wrap=True)
    if added:
        console.print(
            "Write the words anew, label them as evals/gold/README.md says, and move each line to "
            "its set.",
            soft_wrap=True,
        )
    return 0
