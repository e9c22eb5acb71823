"""`evals run`: measure, store, report, and hold the figures to the thresholds."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from evals.cases import GOLD, Case, load_cases
from evals.gate import judge_run
from evals.home import evals_home, index_home
from evals.recorded import RecordedModel
from evals.report.page import write_page
from evals.report.summary import print_gate, print_summary
from evals.runner import cases_of, run_tasks
from evals.scores import Score
from evals.store import Run, make_run, save_run
from evals.suite import Suite, fitted_suite, review_suite
from evals.tasks import Task
from knowledge.errors import InputError
from knowledge.llm import open_model
from knowledge.release import knowledge_release
from knowledge.settings import Settings, read_settings


def run(arguments: argparse.Namespace) -> int:
    """Measure and report; 1 when a threshold does not hold."""
    console = Console()
    settings = read_settings()
    cases = _cases(arguments)
    started = time.perf_counter()
    model = _model(settings, arguments)
    suite = _suite(console, settings, arguments, cases=cases, model=model)
    scores = _measured(console, suite.tasks, cases)
    made = make_run(
        scores,
        release=knowledge_release(),
        settings=_told(settings, arguments),
        seconds=time.perf_counter() - started,
        notes=suite.notes,
        usage=model.usage(arguments.price) if model else None,
    )
    return _reported(console, made, arguments, evals_home(settings))


def _cases(arguments: argparse.Namespace) -> tuple[Case, ...]:
    cases = load_cases(arguments.gold or GOLD, sets=arguments.sets, splits=arguments.splits)
    if not cases:
        raise InputError("There is no gold case in these sets; check --sets and --gold.")
    return cases


def _suite(
    console: Console,
    settings: Settings,
    arguments: argparse.Namespace,
    *,
    cases: Sequence[Case],
    model: RecordedModel | None,
) -> Suite:
    """What is measured. A review needs no index, so none is built where only reviews are."""
    if arguments.no_baselines and set(arguments.sets) == {"review"}:
        return review_suite(settings)
    home = index_home(settings, console.print)
    return fitted_suite(home, settings, cases, baselines=not arguments.no_baselines, model=model)


def _model(settings: Settings, arguments: argparse.Namespace) -> RecordedModel | None:
    """The language model of the settings, its recorded replies, or both; usually neither."""
    if not settings.llm:
        return RecordedModel(arguments.replies, None) if arguments.replies else None
    complete = open_model(
        settings.llm, base_url=settings.llm_base_url, timeout=settings.llm_timeout
    )
    return RecordedModel(arguments.replies, complete)


def _measured(console: Console, tasks: Sequence[Task], cases: Sequence[Case]) -> list[Score]:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    total = sum(len(cases_of(task, cases)) for task in tasks)
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("measuring", total=total)

        def tick(task: Task) -> None:
            progress.update(bar, advance=1, description=f"{task.set}: {task.system}")

        return list(run_tasks(tasks, cases, tick))


def _reported(console: Console, made: Run, arguments: argparse.Namespace, home: Path) -> int:
    folder: Path = arguments.out or home
    path = save_run(made, folder / "runs")
    print_summary(console, made, misses=10_000 if arguments.all_misses else 12)
    result = judge_run(made)
    print_gate(console, result)
    page = write_page(made, result, folder / "report.html")
    console.print(f"{len(made.scores)} scores in {made.seconds:.0f} s.")
    console.print(f"Run: {path}\nReport: {page}", soft_wrap=True)
    return 0 if result.passes else 1


def _told(settings: Settings, arguments: argparse.Namespace) -> dict[str, object]:
    return {
        "model": settings.model,
        "llm": settings.llm,
        "sets": list(arguments.sets),
        "splits": list(arguments.splits),
        "baselines": not arguments.no_baselines,
    }
