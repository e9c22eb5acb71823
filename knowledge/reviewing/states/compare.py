"""Hold what an excerpt says against a row: which notes are due, and which are conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.reviewing.exceptions import Width
from knowledge.reviewing.outcome import Mark
from knowledge.reviewing.states.says import blank, has, load_says, phrases
from knowledge.reviewing.states.told import Opening, Told, trap_marks
from knowledge.statelaw import StateLaw, ToReview

KEPT = "exception-kept"
NOT_NAMED = "blood-flow-not-named"
ALLOWED = "blood-flow-allowed"
BORROWED = "state-exception-wider"
WIDER = "exception-wider-than-state"
TRAP = "definition-trap"
ORDER = (KEPT, WIDER, ALLOWED, BORROWED, NOT_NAMED, TRAP)

_ALTERNATIVES = re.compile(r"\bor\b|;|,")


@dataclass(frozen=True, slots=True)
class Due:
    """A note that is due: its kind, the deciding marks, and whether it is a conflict.

    `reported` when the words of the row that it rests on were not read in the law itself.
    """

    kind: str
    marks: tuple[Mark, ...]
    conflict: bool = False
    reported: bool = False


def due_notes(row: StateLaw, law: ToReview, told: Told) -> tuple[Due, ...]:
    """The notes that are due under `row`, each kind once, in the order of `ORDER`."""
    found = [due for opening in told.openings for due in _on_opening(row, law, opening)]
    if "blood_flow" in row.covers and told.rules and not told.names_blood:
        found.append(Due(NOT_NAMED, told.rules[:2], reported=not row.verified))
    general = tuple(load_says()["cues"]["traps"])
    traps = trap_marks(told, (*law.traps, *general))
    if traps:
        found.append(Due(TRAP, traps, reported=not row.verified))
    return tuple(_joined(kind, found) for kind in ORDER if any(due.kind == kind for due in found))


def _joined(kind: str, found: list[Due]) -> Due:
    same = [due for due in found if due.kind == kind]
    marks = tuple(mark for due in same for mark in due.marks)
    conflict = any(due.conflict for due in same)
    return Due(kind, marks, conflict, reported=same[0].reported)


def _on_opening(row: StateLaw, law: ToReview, opening: Opening) -> Iterator[Due]:
    blood = opening.object == "bloodflow"
    if blood and "blood_flow" not in row.covers:
        return
    sure, told = row.exception_verified and law.conflict, not row.exception_verified
    if _has_none(law, opening):
        kind = ALLOWED if blood and opening.allowed and opening.width is Width.WIDE else KEPT
        yield Due(kind, opening.marks, sure, reported=told)
    elif blood and law.blood_flow_leave:
        return
    elif _borrows(law, opening):
        yield Due(BORROWED, opening.marks, reported=told)
    elif opening.width is Width.WIDE:
        kind = ALLOWED if blood and opening.allowed else WIDER
        yield Due(kind, opening.marks, sure, reported=told)
    elif law.exception == "narrower" and not opening.equated and not _within(law, opening):
        yield Due(WIDER, opening.marks, reported=told)


def _has_none(law: ToReview, opening: Opening) -> bool:
    """Whether the state's words have no exception for this case."""
    if law.exception == "none":
        return True
    return bool(law.none_for) and phrases(law.none_for).search(opening.whole) is not None


def _borrows(law: ToReview, opening: Opening) -> bool:
    """Whether one alternative of the exception is the state's own and is no deadly threat."""
    if not law.wider or (law.wider_unless and phrases(law.wider_unless).search(opening.text)):
        return False
    parts = _ALTERNATIVES.split(opening.text)
    return any(phrases(law.wider).search(part) and not has("deadly", part) for part in parts)


def _within(law: ToReview, opening: Opening) -> bool:
    """Whether the exception names a threat to life itself, and the state excepts that."""
    return law.life_fits and has("threat", blank("deadly_force", opening.text))
