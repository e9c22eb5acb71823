"""Fit together what is measured in one run: our engines, and the baselines beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.attacks import attacked, fooled
from evals.baselines.suite import baseline_tasks
from evals.cases import Case
from evals.tasks import Task, answers_task, attacks_task, question_of, retrieval_task, review_task
from evals.workbench import Workbench, open_workbench
from knowledge.settings import Settings

FOOLED = "with a fooled model"


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
    beside, notes = baseline_tasks(bench) if baselines else ([], [])
    held = {case.set for case in cases}
    tasks = [task for task in (*_ours(bench), *beside) if task.reads in held]
    return Suite(tuple(tasks), tuple(notes))


def _ours(bench: Workbench) -> list[Task]:
    answering, library = bench.advisor.answer, bench.library
    return [
        retrieval_task(lambda case: _found(bench, case)),
        answers_task("answers", answering, bench.ground),
        answers_task("followups", answering, bench.ground),
        review_task(bench.advisor.review),
        attacks_task(lambda case: attacked(case, library, bench.advisor.review)),
        attacks_task(lambda case: fooled(case, library), FOOLED, _asks),
    ]


def _asks(case: Case) -> bool:
    """Whether the case puts a question: only there a language model has a say."""
    return case.kind != "excerpt"


def _found(bench: Workbench, case: Case) -> list[str]:
    """Sections in the order of their best statement, as the engine's own finder ranks them."""
    found = bench.library.retriever.find(question_of(case).text)
    return list(dict.fromkeys(item.statement.section for item in found))
