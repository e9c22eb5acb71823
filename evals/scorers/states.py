"""Judge what a review says under a state's law: the notes that are due, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.cases import Case
from evals.scores import Judgement, Outcome

LAW = "applicable-law"
_CODES = ("code", "kind", "id")  # whichever of these keys a note of the record has


def judge_state_review(case: Case, record: Mapping[str, Any]) -> Judgement:
    """What the Review record of `case` says of its state's law."""
    due, given = sorted(case.body["notes"]), sorted(codes_of(record["state_notes"]))
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


def codes_of(notes: Iterable[Any]) -> set[str]:
    """What kinds of note there are; a note without a kind counts by its words."""
    return {_code(note) for note in notes}


def _code(note: Any) -> str:
    if isinstance(note, Mapping):
        return next((str(note[key]) for key in _CODES if note.get(key)), "unnamed note")
    return str(note)


def _told(notes: Sequence[str], law: str | None) -> str:
    named = ", ".join(notes) or "no note"
    return f"{named}; {LAW} {law}" if law else named


def _why(due: Sequence[str], given: Sequence[str], labels: Mapping[str, tuple[str, str]]) -> str:
    parts = [f"missed {code}" for code in due if code not in given]
    parts += [f"not due: {code[:80]}" for code in given if code not in due]
    parts += [f"{name} is {got}" for name, (want, got) in labels.items() if want != got]
    return "; ".join(parts)
