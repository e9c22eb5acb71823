"""Judge a ranked list of sections: how early does one that the case accepts come?

A case names acceptable places ("source#pinpoint", or a bare source); any one of them will do, so
the first that is found is the relevant one.
"""

from __future__ import annotations

from collections.abc import Sequence

from evals.cases import Case
from evals.metrics.ranking import ndcg_at, recall_at, reciprocal_rank
from evals.scores import Judgement, Outcome

_FOUND = "an accepted place"
DEPTH = 10


def judge_ranking(case: Case, ranked: Sequence[str]) -> Judgement:
    """The ranking figures of one question; right when an accepted place is among the first ten."""
    cites = case.expect["cites"]
    order = _first_only([_FOUND if _accepted(key, cites) else key for key in ranked])
    marks = {f"recall@{k}": recall_at(order, {_FOUND}, k) for k in (1, 5, DEPTH)}
    marks |= {"mrr": reciprocal_rank(order, {_FOUND}), "ndcg@10": ndcg_at(order, {_FOUND}, DEPTH)}
    found = marks["recall@10"] == 1
    return Judgement(
        Outcome.RIGHT if found else Outcome.PARTLY,
        expected=" or ".join(cites),
        got=", ".join(ranked[:3]) or "nothing",
        why="" if found else "no accepted place among the first ten",
        marks=marks,
    )


def _accepted(section: str, cites: Sequence[str]) -> bool:
    return any(section == cite or section.startswith(f"{cite}#") for cite in cites)


def _first_only(order: Sequence[str]) -> list[str]:
    """The list without later repeats."""
    return list(dict.fromkeys(order))
