"""Small gold cases and answers, made by hand."""

from __future__ import annotations

from typing import Any

from evals.cases import Case
from evals.scorers.answers import Ground
from evals.scores import OURS, Outcome, Score
from evals.store import Run, make_run
from knowledge.types import (
    Abstention,
    AbstentionKind,
    Answer,
    Citation,
    Statement,
    Status,
    TextKind,
)

ORDER = "EO 13929 has policies prohibit chokeholds, except where deadly force is allowed by law."
REVOKED = "EO 13929 is no longer in force: section 22(b) of EO 14074 revoked it on May 25, 2022."
GROUND = Ground(
    {
        ("eo-13929", "§ 2(c)(ii)", "digest"): ORDER,
        ("eo-14074", "§ 22(b)", "digest"): REVOKED,
    },
    frozenset({("eo-14074", "§ 22(b)")}),
)


def question_case(**expect: Any) -> Case:
    """A question that expects an answer, unless told otherwise."""
    wanted = {
        "answered": True, "abstention": [], "lead": None, "facts": [], "wrong": [], "cites": [],
        "status_line": False,
    }  # fmt: skip
    body = {"id": "q", "question": "Is it banned?", "expect": wanted | expect}
    return Case("answers", "dev", "q", "mandatory", False, body)


def citation(quote: str, source: str = "eo-13929", pinpoint: str = "§ 2(c)(ii)") -> Citation:
    return Citation(
        source, "Title", "2020-06-16", pinpoint, quote, None, TextKind.DIGEST, Status.REVOKED
    )


def told(text: str, *citations: Citation) -> Statement:
    return Statement(text, citations)


def answer_of(*statements: Statement, kind: AbstentionKind | None = None) -> Answer:
    declined = Abstention(kind, "Ask somebody else.") if kind else None
    return Answer(
        "q", "Is it banned?", "2026-11-24", kind is None, 0.9, statements, declined, (), "r"
    )


ORDER_STATEMENT = told(ORDER, citation(ORDER))
STATUS_STATEMENT = told(REVOKED, citation(REVOKED, "eo-14074", "§ 22(b)"))


def score_of(case: str, *, outcome: Outcome = Outcome.RIGHT, **changes: Any) -> Score:
    """A score on a question of the open split, right unless told otherwise."""
    fields = {
        "system": OURS, "set": "answers", "split": "dev", "case": case, "kind": "status",
        "hard": False, "seconds": 0.01, "outcome": outcome, "expected": "this", "got": "that",
        "why": "" if outcome is Outcome.RIGHT else "not this",
        "marks": {"right": float(outcome is Outcome.RIGHT), "wrong": float(outcome is Outcome.WRONG)},
        "labels": {}, "confidence": 0.5,
    }  # fmt: skip
    return Score(**(fields | changes))


def run_of(*scores: Score) -> Run:
    """A run of these scores."""
    return make_run(scores, release="r1", settings={"model": "small"}, seconds=1.0)
