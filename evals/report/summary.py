"""The run in the terminal: figures side by side, then what was missed."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.figures import label_of
from evals.gate import GateResult
from evals.metrics.intervals import Interval
from evals.report.values import shown, shown_interval
from evals.scores import OURS, Score
from evals.store import Run

_MOST = 12  # misses of one set that the terminal shows; the page has them all


def print_summary(console: Console, run: Run, *, misses: int = _MOST) -> None:
    """Every figure of every set, ours beside the baselines, and our misses on the open split."""
    for set_name in dict.fromkeys(key[1] for key in run.figures):
        console.print(_figures_table(run, set_name))
        _print_misses(console, run, set_name, misses)
    if run.usage:
        told = ", ".join(f"{name} {value}" for name, value in run.usage.items())
        console.print(f"Language model: {told}", soft_wrap=True)
    for note in run.notes:
        console.print(Text(note, style="yellow"))


def print_gate(console: Console, result: GateResult) -> None:
    """What does not hold, with the cases responsible, or that everything does."""
    if result.passes:
        console.print(Text("Every threshold holds and no case is missed anew.", style="bold green"))
    for breach in result.breaches:
        console.print(Text(f"Below the threshold: {breach.sentence}", style="bold red"))
        for score in breach.cases:
            console.print(Text(f"  {score.case}: {score.why}"), soft_wrap=True)
    if result.missed_anew:
        console.print(Text(f"Missed anew: {len(result.missed_anew)}", style="bold red"))
    for score in result.missed_anew:
        console.print(Text(f"  {score.set} {score.case}: {score.why}"), soft_wrap=True)
    if result.won:
        told = f"Known misses that are right now: {', '.join(result.won)}; run `evals accept`."
        console.print(Text(told, style="green"), soft_wrap=True)


def _figures_table(run: Run, set_name: str) -> Table:
    columns = sorted((key for key in run.figures if key[1] == set_name), key=_order)
    table = Table(title=set_name, title_style="bold", title_justify="left")
    table.add_column("")
    for system, _, split in columns:
        table.add_column(f"{system}\n{split}", justify="right")
    for name in dict.fromkeys(name for key in columns for name in run.figures[key]):
        cells = [_cell(key[0], name, run.figures[key].get(name)) for key in columns]
        table.add_row(label_of(set_name, name), *cells)
    return table


def _cell(system: str, name: str, figure: Interval | None) -> str:
    """The figure; of ours with its interval below, of a baseline alone."""
    if figure is None:
        return ""
    interval = shown_interval(name, figure) if system == OURS else ""
    return f"{shown(name, figure)}\n{interval}".rstrip()


def _order(key: tuple[str, str, str]) -> tuple[bool, str, str]:
    return key[0] != OURS, key[0], key[2]


def _print_misses(console: Console, run: Run, set_name: str, most: int) -> None:
    ours = [s for s in run.scores if s.system == OURS and s.set == set_name and not s.right]
    open_misses = [score for score in ours if score.split == "dev"]
    for score in open_misses[:most]:
        console.print(_miss(score), soft_wrap=True)
    left = len(open_misses) - most
    if left > 0:
        console.print(f"  and {left} more; the page lists every miss")
    hidden = len(ours) - len(open_misses)
    if hidden:
        console.print(f"  {hidden} missed on the frozen split; the page lists them")


def _miss(score: Score) -> Text:
    return Text.assemble(
        (f"  {score.case} ", "bold"), (f"{score.outcome}: ", "red"), score.why or score.got
    )
