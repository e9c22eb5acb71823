"""Judge what a review says under a state's law: the notes that are due, and no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.scores import Judgement, Outcome

LAW = "applicable-law"


def judge_state_review(case: Case, record: Mapping[str, Any]) -> Judgement:
    """What the Review record of `case` says of its state's law."""
    due, given = (
        sorted(case.body["notes"]),
        sorted({note["kind"] for note in record["state_notes"]}),
    )
    verdict = next(f["verdict"] for f in record["findings"] if f["standard"] == LAW)
    labels = {LAW: (str(case.body["law"]), str(verdict))} if case.body.get("law") else {}
    marks = {
        "notes": float(due == given),
        "notes_undue": float(len(set(given) - set(due))),
        "notes_missed": float(len(set(due) - set(given))),
    }
    marks |= {name: float(want == got) for name, (want, got) in labels.items()}
    right = due == given and all(want == got for want, got in labels.values())
    return Judgement(
        Outcome.RIGHT if right else Outcome.PARTLY,
        expected=_told(due, case.body.get("law")),
        got=_told(given, verdict),
        why=_why(due, given, labels),
        marks=marks | {"right": float(right)},
        labels=labels,
    )


def _told(notes: Sequence[str], law: str | None) -> str:
    named = ", ".join(notes) or "no note"
    return f"{named}; {LAW} {law}" if law else named


def _why(due: Sequence[str], given: Sequence[str], labels: Mapping[str, tuple[str, str]]) -> str:
    parts = [f"missed {code}" for code in due if code not in given]
    parts += [f"not due: {code}" for code in given if code not in due]
    parts += [f"{name} is {got}" for name, (want, got) in labels.items() if want != got]
    return "; ".join(parts)
