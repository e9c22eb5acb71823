"""What is measured: a system's way from a case to a result, and the scorer that judges it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evals.attacks import Answered, Reviewed, Reviewing
from evals.cases import Case
from evals.scorers.answers import Ground, judge_answer
from evals.scorers.attacks import judge_attack
from evals.scorers.retrieval import judge_ranking
from evals.scorers.review import judge_review
from evals.scorers.states import judge_state_review
from evals.scores import OURS, Judgement
from evals.verdicts import Verdicts, verdicts_of
from knowledge.records import review_record
from knowledge.requests import read_excerpt, read_question
from knowledge.types import Answer, Excerpt, Question, Turn

Answering = Callable[[Question], Answer]


@dataclass(frozen=True, slots=True)
class Task:
    """One system on one set. Only `produce` is timed; `wants` picks the cases of `reads`."""

    system: str
    set: str
    reads: str
    produce: Callable[[Case], Any]
    judge: Callable[[Case, Any], Judgement]
    wants: Callable[[Case], bool] = lambda case: True


def answers_task(set_name: str, answering: Answering, ground: Ground, system: str = OURS) -> Task:
    """Questions put to `answering`, judged part by part."""
    return Task(
        system, set_name, set_name,
        produce=lambda case: answering(question_of(case)),
        judge=lambda case, answer: judge_answer(case, answer, ground),
        wants=lambda case: "question" in case.body,
    )  # fmt: skip


def review_task(reviewing: Reviewing) -> Task:
    """Excerpts put to our own engine."""
    return verdicts_task(lambda case: verdicts_of(reviewing(excerpt_of(case))))


def verdicts_task(reviewer: Callable[[Case], Verdicts], system: str = OURS) -> Task:
    """Excerpts put to any reviewer."""
    return Task(system, "review", "review", produce=reviewer, judge=judge_review)


def retrieval_task(find: Callable[[Case], list[str]], system: str = OURS) -> Task:
    """Questions with a known place put to a finder of sections, best first."""
    return Task(system, "retrieval", "answers", produce=find, judge=judge_ranking, wants=has_place)


def attacks_task(
    produce: Callable[[Case], Answered | Reviewed],
    system: str = OURS,
    wants: Callable[[Case], bool] = lambda case: True,
) -> Task:
    """Attacks, each beside the same thing without it."""
    return Task(system, "attacks", "attacks", produce=produce, judge=judge_attack, wants=wants)


def states_task(reviewing: Reviewing) -> Task:
    """Excerpts under a state's law put to our own engine."""
    return Task(
        OURS,
        "states",
        "states",
        produce=lambda case: review_record(reviewing(excerpt_of(case))),
        judge=judge_state_review,
        wants=lambda case: "question" not in case.body,
    )


def has_place(case: Case) -> bool:
    """Whether the case is answered and says where its answer stands."""
    return bool(case.expect["answered"] and case.expect.get("cites"))


def question_of(case: Case) -> Question:
    """The question of a case as a door would hand it over."""
    turns = [Turn(turn["question"], turn["answer"]) for turn in case.body.get("history", ())]
    return read_question(
        case.body["question"],
        as_of=case.day,
        state=case.body.get("state"),
        history=turns,
        id=case.id,
    )


def excerpt_of(case: Case) -> Excerpt:
    """The excerpt of a case as a door would hand it over."""
    return read_excerpt(case.body["text"], as_of=case.day, state=case.body.get("state"), id=case.id)
