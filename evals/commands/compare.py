"""`evals compare A B`: gained and lost cases between two stored runs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from evals.compare import Comparison, compare_runs
from evals.figures import label_of
from evals.home import evals_home
from evals.scores import Score
from evals.store import Run, find_run, load_run
from knowledge.settings import read_settings


def run(arguments: argparse.Namespace) -> int:
    """Print what changed from A to B; 1 when a case was lost."""
    folder = (arguments.out or evals_home(read_settings())) / "runs"
    before, after = (load_run(find_run(name, folder)) for name in (arguments.a, arguments.b))
    found = compare_runs(before, after, system=arguments.system)
    print_comparison(Console(), before, after, found)
    return 1 if found.lost else 0


def print_comparison(console: Console, before: Run, after: Run, found: Comparison) -> None:
    """Figures that moved, then the cases by name."""
    console.print(f"A {before.id}\nB {after.id}", soft_wrap=True)
    for item in found.moved:
        name = f"{item.key[1]}, {item.key[2]}: {label_of(item.key[1], item.name)}"
        console.print(f"  {name} {item.before:.4g} -> {item.after:.4g}", soft_wrap=True)
    _list(console, "Lost", found.lost, "bold red")
    _list(console, "Gained", found.gained, "bold green")
    _list(console, "Missed in another way", found.changed, "bold")
    _list(console, "Only in B", found.added, "dim")
    _list(console, "Only in A", found.removed, "dim")
    if not found.moved and not (found.lost or found.gained or found.changed):
        console.print("Nothing changed.")


def _list(console: Console, title: str, scores: Sequence[Score], style: str) -> None:
    if not scores:
        return
    console.print(Text(f"{title}: {len(scores)}", style=style))
    for score in scores:
        told = score.why or "right now"
        console.print(Text(f"  {score.set} {score.case} ({score.split}): {told}"), soft_wrap=True)
