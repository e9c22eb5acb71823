"""`evals report RUN`: the page and the summary of a stored run, made anew."""

from __future__ import annotations

import argparse

from rich.console import Console

from evals.gate import judge_run
from evals.home import evals_home
from evals.report.page import write_page
from evals.report.summary import print_gate, print_summary
from evals.store import find_run, load_run
from knowledge.settings import read_settings


def run(arguments: argparse.Namespace) -> int:
    """Show the run again; 1 when a threshold does not hold."""
    home = arguments.out or evals_home(read_settings())
    made = load_run(find_run(arguments.run, home / "runs"))
    result = judge_run(made)
    console = Console()
    print_summary(console, made)
    print_gate(console, result)
    console.print(f"Report: {write_page(made, result, home / 'report.html')}", soft_wrap=True)
    return 0 if result.passes else 1
