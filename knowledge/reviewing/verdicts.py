"""Combine the readings about holds into the one verdict on choke holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import Width, find_exceptions, width_of
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.types import Role, Verdict

_NUMBERS = re.compile(r"\b\d+(?:\.\d+)*")
PARTS = 3  # parts that bear one number; more, and it is not clear which is meant
_FULL = ("ban", "ban-equal", "only-equal")
_OPEN = ("ban-wide", "permit", "exempt")
_DIM = ("ban-unknown", "permit-unknown", "unread")
_PART = ("limited", "advice", "permit-equal", "implied")
_QUIET = (
    "speech-rescinded", "speech-draft", "speech-recited", "speech-other", "speech-example",
    "speech-hypothetical", "speech-question", "duty", "mention",
)  # fmt: skip


def judge_holds(units: Sequence[Unit], readings: Sequence[Reading]) -> Outcome:
    """The verdict on choke holds. A permission outweighs every ban; doubt outweighs a ban."""
    airway = [r for r in readings if r.object in ("airway", "universal")]
    by = {kind: [r for r in airway if r.kind == kind] for kind in {r.kind for r in airway}}
    full = [r for kind in _FULL for r in by.get(kind, [])]
    wide = [r for kind in _OPEN for r in by.get(kind, [])]
    dim = [r for kind in _DIM for r in by.get(kind, [])]
    vague = [r for r in readings if r.object == "generic" and r.kind in (*_FULL, *_OPEN, *_DIM)]
    labels = _by_label(units) if dim else {}
    known = [r for r in dim if _explained(r, by) or _shown(r, labels)]
    dim, full = [r for r in dim if r not in known], full + known
    if wide:
        return _not_met(wide, full)
    if dim:
        return _outcome(Verdict.UNCLEAR, dim[0].kind, dim + full)
    if full:
        return _met(
            full, vague, by.get("carve-equal", []) + (by.get("permit-equal", []) if known else [])
        )
    limited = _deadly_limit(units)
    held = by.get("deadly-hold", [])
    if held and limited:
        marks = (*_marks(held), Mark(limited.strip, 0, len(limited.text), Role.RULE))
        return Outcome(Verdict.MEETS, "deadly-limited", marks)
    for kind in (*_PART, "deadly-hold"):
        if kind in by:
            return _outcome(Verdict.PARTIAL, kind, by[kind])
    return _silent(readings, vague, by)


def _explained(reading: Reading, by: dict[str, list[Reading]]) -> bool:
    """Whether an exception points to a part of this excerpt, which turns out to be deadly force."""
    equal = [r for kind in ("permit-equal", "only-equal", "carve-equal") for r in by.get(kind, [])]
    points = any(
        role == "exception" and load_language().has("within", reading.unit.text[start:end])
        for start, end, role in reading.spans
    )
    return reading.kind == "ban-unknown" and points and bool(equal)


def _not_met(wide: list[Reading], full: list[Reading]) -> Outcome:
    if full and any(r.kind == "permit" for r in wide):
        return Outcome(
            Verdict.DOES_NOT_MEET,
            "conflict",
            _marks(wide, Role.CONFLICT) + _marks(full),
            ("conflict",),
        )
    first = next((r for r in wide if r.kind != "ban-wide"), wide[0])
    return _outcome(Verdict.DOES_NOT_MEET, first.kind, wide + full)


def _met(full: list[Reading], vague: list[Reading], carves: list[Reading]) -> Outcome:
    loose = [r for r in vague if r.kind in _OPEN]
    if loose:
        return _outcome(Verdict.UNCLEAR, "generic", loose + full)
    kind = "ban-equal" if carves or full[0].kind == "ban-unknown" else full[0].kind
    return Outcome(Verdict.MEETS, kind, _marks(full + carves))


def _silent(
    readings: Sequence[Reading], vague: list[Reading], by: dict[str, list[Reading]]
) -> Outcome:
    if vague:
        return _outcome(Verdict.UNCLEAR, "generic", vague)
    for kind in _QUIET:
        if kind in by:
            return Outcome(Verdict.NOT_ADDRESSED, kind, _marks(by[kind][:2]))
    blood = [r for r in readings if r.object == "bloodflow"]
    if blood:
        return Outcome(Verdict.NOT_ADDRESSED, "bloodflow", _marks(blood[:2]))
    return Outcome(Verdict.NOT_ADDRESSED, "silent")


def _outcome(verdict: Verdict, kind: str, readings: Sequence[Reading]) -> Outcome:
    return Outcome(verdict, kind, _marks(readings), (kind,))


def _marks(readings: Sequence[Reading], role: Role | None = None) -> tuple[Mark, ...]:
    return tuple(
        Mark(r.unit.strip, a, b, role or Role(named)) for r in readings for a, b, named in r.spans
    )


def _by_label(units: Sequence[Unit]) -> dict[str, list[Unit]]:
    made: dict[str, list[Unit]] = {}
    for unit in units:
        if unit.label:
            made.setdefault(unit.label, []).append(unit)
    return made


def _shown(reading: Reading, labels: Mapping[str, Sequence[Unit]]) -> bool:
    """Whether the exception names one numbered part of this excerpt, which limits deadly force."""
    if reading.kind != "ban-unknown":
        return False
    named = {
        number
        for start, end, role in reading.spans
        if role == "exception"
        for number in _NUMBERS.findall(reading.unit.text[start:end])
    }
    parts = [unit for number in named for unit in labels.get(number, ())]
    few = len(named) == 1 and 0 < len(parts) <= PARTS
    return few and all(_limits_deadly(unit) for unit in parts)


def _deadly_limit(units: Sequence[Unit]) -> Unit | None:
    """The first rule of the excerpt that keeps deadly force to deadly threats, if any."""
    return next((unit for unit in units if _limits_deadly(unit)), None)


def _limits_deadly(unit: Unit) -> bool:
    language = load_language()
    if unit.heading or not language.has("force-deadly", unit.text):
        return False
    if language.has("airway", unit.text) or language.has("advice", unit.text):
        return False
    subject = language.first("force-deadly", unit.text)
    for each in find_exceptions(unit.text):
        content = unit.text[each.content : each.end]
        if subject and subject.start() < each.start and _limits(unit, each.only):
            content = language.blank("force-deadly", content)
            if width_of(content) is Width.EQUAL:
                return True
    return False


def _limits(unit: Unit, only: bool) -> bool:
    heads = find_heads(unit.text)
    return only or any(not head.allows for head in heads)
