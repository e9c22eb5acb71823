"""Judge one review: the verdict on every labelled standard, and the words it rests on.

The worst error has a name of its own: "meets" where the label is anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.cases import Case
from evals.scores import Judgement, Outcome
from evals.verdicts import Spans, Verdicts

MEETS = "meets"
MANDATORY = ("chokeholds", "applicable-law")


def judge_review(case: Case, got: Verdicts) -> Judgement:
    """What `got` says, against the labels of `case`."""
    labels = {
        standard: (str(want), got.by_standard.get(standard, "not_addressed"))
        for standard, want in case.expect.items()
    }
    missed = {name: pair for name, pair in labels.items() if pair[0] != pair[1]}
    false_meets = [name for name, (_, verdict) in missed.items() if verdict == MEETS]
    return Judgement(
        _outcome(missed, false_meets),
        expected=", ".join(f"{name} {want}" for name, (want, _) in missed.items()) or "as labelled",
        got=", ".join(f"{name} {said}" for name, (_, said) in missed.items()) or "as labelled",
        why=_why(missed, false_meets),
        marks=_marks(labels, missed, false_meets) | _evidence(case, got),
        labels=labels,
    )


def _outcome(missed: Mapping[str, tuple[str, str]], false_meets: Sequence[str]) -> Outcome:
    if false_meets:
        return Outcome.WRONG
    return Outcome.PARTLY if missed else Outcome.RIGHT


def _marks(
    labels: Mapping[str, tuple[str, str]],
    missed: Mapping[str, tuple[str, str]],
    false_meets: Sequence[str],
) -> dict[str, float]:
    held = [name for name in MANDATORY if name in labels]
    marks = {
        "right": float(not missed),
        "verdicts": 1 - len(missed) / len(labels) if labels else 1.0,
        "false_meets": float(len(false_meets)),
        "missed_meets": float(sum(want == MEETS for want, _ in missed.values())),
    }
    return marks | {name: float(name not in missed) for name in held}


def _evidence(case: Case, got: Verdicts) -> dict[str, float]:
    """How the spans shown overlap the words that decide, in characters, F1."""
    shared = [
        overlap(span, got.spans.get(standard, ()))
        for standard, words in case.body.get("evidence", {}).items()
        if (span := _span(case.body["text"], words)) is not None
    ]
    if not shared:
        return {}
    return {
        "evidence_overlap": sum(shared) / len(shared),
        "evidence_hit": float(all(share > 0 for share in shared)),
    }


def overlap(wanted: tuple[int, int], spans: Spans) -> float:
    """F1 of the characters of `wanted` and of all `spans` together, 0 to 1."""
    held = {place for start, end in spans for place in range(start, end)}
    target = set(range(*wanted))
    shared = len(held & target)
    return 2 * shared / (len(held) + len(target)) if shared else 0.0


def _span(text: str, words: str) -> tuple[int, int] | None:
    start = text.find(words)
    return (start, start + len(words)) if words and start >= 0 else None


def _why(missed: Mapping[str, tuple[str, str]], false_meets: Sequence[str]) -> str:
    if false_meets:
        return 'false "meets": ' + ", ".join(false_meets)
    return "another verdict on " + ", ".join(missed) if missed else ""
