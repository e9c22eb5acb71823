"""Fit together what is measured in one run: our engines, and the baselines beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.attacks import attacked, fooled
from evals.baselines.suite import baseline_tasks
from evals.cases import Case
from evals.recorded import RecordedModel
from evals.tasks import (
    Task,
    answers_task,
    attacks_task,
    question_of,
    retrieval_task,
    review_task,
    states_task,
)
from evals.workbench import Workbench, open_workbench
from knowledge import Advisor
from knowledge.answering import answer
from knowledge.settings import Settings

FOOLED = "with a fooled model"
WITH_MODEL = "with the model"


@dataclass(frozen=True, slots=True)
class Suite:
    """The tasks of a run, and what the reader must know of those that are left out."""

    tasks: tuple[Task, ...]
    notes: tuple[str, ...] = ()


def fitted_suite(
    home: Path,
    settings: Settings,
    cases: Sequence[Case],
    *,
    baselines: bool,
    model: RecordedModel | None = None,
) -> Suite:
    """Every task that has cases: ours, ours with a language model, then the baselines."""
    bench = open_workbench(home, settings)
    beside, notes = baseline_tasks(bench) if baselines else ([], [])
    drafted = _drafted(bench, model) if model is not None else []
    held = {case.set for case in cases}
    tasks = [task for task in (*_ours(bench), *drafted, *beside) if task.reads in held]
    return Suite(tuple(tasks), tuple(notes))


def review_suite(settings: Settings) -> Suite:
    """Our reviews alone: no index is opened."""
    return Suite((review_task(Advisor(settings.home, settings.model).review),))


def _ours(bench: Workbench) -> list[Task]:
    answering, library = bench.advisor.answer, bench.library
    return [
        retrieval_task(lambda case: _found(bench, case)),
        answers_task("answers", answering, bench.ground),
        answers_task("followups", answering, bench.ground),
        review_task(bench.advisor.review),
        states_task(bench.advisor.review),
        answers_task("states", answering, bench.ground),
        attacks_task(lambda case: attacked(case, library, bench.advisor.review)),
        attacks_task(lambda case: fooled(case, library), FOOLED, _asks),
    ]


def _drafted(bench: Workbench, model: RecordedModel) -> list[Task]:
    """The same questions with a language model that drafts."""
    library = replace(bench.library, complete=model)
    return [
        answers_task(name, lambda question: answer(question, library), bench.ground, WITH_MODEL)
        for name in ("answers", "followups")
    ]


def _asks(case: Case) -> bool:
    """Whether the case puts a question: only there a language model has a say."""
    return case.kind != "excerpt"


def _found(bench: Workbench, case: Case) -> list[str]:
    """Sections in the order of their best statement, as the engine's own finder ranks them."""
    found = bench.library.retriever.find(question_of(case).text)
    return list(dict.fromkeys(item.statement.section for item in found))
