"""Whether every class has cases enough, in both splits, and none has nearly all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from evals.cases import Case
from evals.lint.slips import Slip
from evals.scorers.review import MANDATORY

FEWEST = 3  # cases a class needs before a figure on it says anything
MOST = 0.75  # share of a set above which one class drowns the others
_VERDICTS = ("meets", "partial", "does_not_meet", "not_addressed", "unclear")
SIZES = {"answers": 200, "review": 350, "attacks": 60, "followups": 40}


def balance_slips(cases: Sequence[Case]) -> Iterator[Slip]:
    """Sets that are too small, classes that are thin, drowning or in one split only."""
    for name in dict.fromkeys(case.set for case in cases):
        held = [case for case in cases if case.set == name]
        yield from _size(name, held)
        yield from _kinds(name, held)
        yield from _splits(name, held)
    yield from _verdicts([case for case in cases if case.set == "review"])


def _size(name: str, held: Sequence[Case]) -> Iterator[Slip]:
    if len(held) < SIZES.get(name, 0):
        yield Slip("balance", name, f"{name} has {len(held)} cases, {SIZES[name]} are due")


def _kinds(name: str, held: Sequence[Case]) -> Iterator[Slip]:
    if name == "states":
        return  # its excerpts are grouped by state, and one state is not a class
    for kind, count in Counter(case.kind for case in held).items():
        if count < FEWEST:
            yield Slip("balance", f"{name}:{kind}", f"{name}: only {count} of kind {kind}")
        if {case.split for case in held if case.kind == kind} == {"frozen"}:
            yield Slip("balance", f"{name}:{kind}", f"{name}: kind {kind} is only in frozen")


def _splits(name: str, held: Sequence[Case]) -> Iterator[Slip]:
    share = sum(case.split == "frozen" for case in held) / len(held)
    if not 0.25 <= share <= 0.5:
        yield Slip("balance", f"{name}:frozen", f"{name}: {share:.0%} are frozen, a third is due")


def _verdicts(held: Sequence[Case]) -> Iterator[Slip]:
    for standard in MANDATORY:
        labels = Counter(case.expect[standard] for case in held if standard in case.expect)
        total = sum(labels.values())
        for verdict in _VERDICTS:
            if held and labels[verdict] < FEWEST:
                subject = f"{standard}:{verdict}"
                yield Slip(
                    "balance", subject, f"{standard}: only {labels[verdict]} labelled {verdict}"
                )
        for verdict, count in labels.items():
            if count / total > MOST:
                subject = f"{standard}:{verdict}"
                yield Slip("balance", subject, f"{standard}: {count / total:.0%} are {verdict}")
