"""Cases that are there twice, that cross from one split to the other, or that the knowledge
base has the words of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from evals.cases import Case
from evals.lint.slips import Slip
from knowledge.sources import Knowledge

NEAR = 0.8  # Jaccard from which two questions, or two excerpts, are the same
_SILENT = frozenset(
    re.findall(
        r"\w+", "a an the of in on at to for and or by with as is are was were be do does us"
    )
)
Marks = frozenset[str]


def repeat_slips(cases: Sequence[Case]) -> Iterator[Slip]:
    """Ids that are there twice, and texts that are there twice or in both splits."""
    for (set_name, id), count in Counter((case.set, case.id) for case in cases).items():
        if count > 1:
            yield Slip("duplicate", id, f"{set_name}: the id {id} is there {count} times")
    for set_name in dict.fromkeys(case.set for case in cases):
        held = [case for case in cases if case.set == set_name]
        yield from _near([case for case in held if "question" in case.body], _question)
        yield from _near([case for case in held if "question" not in case.body], _text)


def knowledge_slips(cases: Sequence[Case], known: Knowledge) -> Iterator[Slip]:
    """Questions that the knowledge base has among its `asks`, in nearly the same words.

    A follow-up is not asked alone, and an attack is measured by its own twin.
    """
    asks = [(ask, words_of(ask)) for s in known.statements.values() for ask in s.asks]
    for case in cases:
        if case.set in ("answers", "states") and "question" in case.body:
            marks = words_of(case.body["question"])
            ask, score = max(((a, near(marks, m)) for a, m in asks), key=lambda pair: pair[1])
            if score >= NEAR:
                yield Slip(
                    "knowledge-leak", case.id, f"{case.set} {case.id} has the words of {ask!r}"
                )


def near(left: Marks, right: Marks) -> float:
    """Jaccard of two sets, 0 to 1."""
    return len(left & right) / max(len(left | right), 1)


def words_of(text: str) -> Marks:
    """The words of a question that carry meaning."""
    return frozenset(re.findall(r"\w+", text.casefold())) - _SILENT


def triples_of(text: str) -> Marks:
    """Each three words in a row: excerpts share single words, not their order."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(" ".join(words[n : n + 3]) for n in range(max(len(words) - 2, 1)))


def _near(cases: Sequence[Case], marks_of: Callable[[Case], Marks]) -> Iterator[Slip]:
    held = [(case, marks_of(case)) for case in cases]
    for (left, a), (right, b) in combinations(held, 2):
        if not _comparable(left, right):
            continue
        same = a == b and left.body.get("text") == right.body.get("text")
        if left.split != right.split and near(a, b) >= NEAR:
            yield Slip("split-leak", f"{left.id} {right.id}", _told(left, right, "nearly the same"))
        elif left.split == right.split and same:
            yield Slip("duplicate", f"{left.id} {right.id}", _told(left, right, "the same"))


def _comparable(left: Case, right: Case) -> bool:
    """Whether two cases could be one: not for other days, states, histories or documents."""
    keys = ("as_of", "state", "history", "at")
    return all(left.body.get(key) == right.body.get(key) for key in keys)


def _question(case: Case) -> Marks:
    return words_of(case.body["question"] + " " + case.body.get("text", ""))


def _text(case: Case) -> Marks:
    return triples_of(case.body["text"])


def _told(left: Case, right: Case, how: str) -> str:
    return f"{left.set}: {left.id} ({left.split}) and {right.id} ({right.split}) are {how}"
