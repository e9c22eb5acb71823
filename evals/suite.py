"""Fit together what is measured in one run: our engines, and the baselines beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.cases import Case
from evals.tasks import Task, answers_task, question_of, retrieval_task, review_task
from evals.workbench import Workbench, open_workbench
from knowledge.settings import Settings


@dataclass(frozen=True, slots=True)
class Suite:
    """The tasks of a run, and what the reader must know of those that are left out."""

    tasks: tuple[Task, ...]
    notes: tuple[str, ...] = ()


def fitted_suite(
    home: Path, settings: Settings, cases: Sequence[Case], *, baselines: bool
) -> Suite:
    """Every task that has cases, ours first."""
    bench = open_workbench(home, settings)
    tasks = _ours(bench)
    held = {case.set for case in cases}
    return Suite(tuple(task for task in tasks if task.reads in held))


def _ours(bench: Workbench) -> list[Task]:
    answering = bench.advisor.answer
    return [
        retrieval_task(lambda case: _found(bench, case)),
        answers_task("answers", answering, bench.ground),
        answers_task("followups", answering, bench.ground),
        review_task(bench.advisor.review),
    ]


def _found(bench: Workbench, case: Case) -> list[str]:
    """Sections in the order of their best statement, as the engine's own finder ranks them."""
    found = bench.library.retriever.find(question_of(case).text)
    return list(dict.fromkeys(item.statement.section for item in found))
