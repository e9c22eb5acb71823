"""Put every case to every system: produce, time, judge."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from evals.cases import Case
from evals.scores import Judgement, Outcome, Score
from evals.tasks import Task
from knowledge.errors import AdvisorError

Tick = Callable[[Task], None]


def run_tasks(
    tasks: Sequence[Task], cases: Sequence[Case], tick: Tick = lambda task: None
) -> Iterator[Score]:
    """One score a task and case, in order. `tick` is told after each."""
    for task in tasks:
        for case in cases_of(task, cases):
            yield _score(task, case)
            tick(task)


def cases_of(task: Task, cases: Sequence[Case]) -> list[Case]:
    """The cases that a task is put to."""
    return [case for case in cases if case.set == task.reads and task.wants(case)]


def _score(task: Task, case: Case) -> Score:
    started = time.perf_counter()
    try:
        result = task.produce(case)
        seconds = time.perf_counter() - started
        judged = task.judge(case, result)
    except AdvisorError as error:
        seconds = time.perf_counter() - started
        told = f"error: {error}"
        judged = Judgement(Outcome.ERROR, "a result", told, told, {"right": 0.0}, confidence=-1.0)
    return Score(
        task.system, task.set, case.split, case.id, case.kind, case.hard, seconds,
        judged.outcome, judged.expected, judged.got, judged.why,
        judged.marks, judged.labels, judged.confidence,
    )  # fmt: skip
