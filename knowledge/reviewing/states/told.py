"""What an excerpt says that a state's law may answer: its openings, and what it names.

An opening is a case in which a hold may be used: an exception to a ban, a permission, or calling
the hold deadly force.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import Width, find_exceptions, width_of
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.language import load_language
from knowledge.reviewing.outcome import Mark
from knowledge.reviewing.states.says import has, phrases
from knowledge.types import Role

_DENIED = re.compile(
    r"(?:\bnot|n't|\bnever) (?:\w+ )?(?:apply|extend|cover|include|bind|reach)\b"
    r"|\bexempt|\bexceptions?\b"
)
_EQUAL = {"ban-equal", "only-equal", "carve-equal", "permit-equal", "deadly-hold"}
_WIDE = {"ban-wide", "permit", "exempt"}
_BANS = {"ban", "ban-equal", "ban-wide"}
_LEAVES = ("permit", "permit-equal")
_RULES = _EQUAL | _WIDE | {"ban", "limited", "ban-unknown", "permit-unknown"}
_AIR = ("airway", "universal", "generic")


@dataclass(frozen=True, slots=True)
class Opening:
    """A case in which a hold may be used: how wide, for which hold, in which words."""

    object: str
    width: Width
    allowed: bool  # a permission, not an exception to a ban
    equated: bool  # the hold is put on a level with deadly force
    text: str
    whole: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`rules` mark the rules on breathing holds; `units` are those that rule on or define one."""

    openings: tuple[Opening, ...]
    rules: tuple[Mark, ...]
    names_blood: bool
    units: tuple[Unit, ...]


def read_excerpt_for_state(units: Sequence[Unit], readings: Sequence[Reading]) -> Told:
    """What the excerpt says, from the readings that the federal findings rest on."""
    ruling = [r for r in readings if r.kind in _RULES]
    spoken = [r for r in readings if r.kind in _RULES or r.kind == "mention"]
    speech = {id(r.unit) for r in readings if r.kind.startswith("speech-")}
    said = list({id(r.unit): r.unit for r in spoken if id(r.unit) not in speech}.values())
    openings = [o for r in ruling if id(r.unit) not in speech for o in _openings(r)]
    if any(r.kind in _BANS and r.object in _AIR for r in ruling):
        openings += [o for unit in units if id(unit) not in speech for o in _carved_out(unit)]
    rules = [_mark(r, place) for r in ruling if r.object in _AIR for place in _of_rule(r)]
    return Told(
        tuple(openings),
        tuple(rules),
        any(has("names_blood", unit.text) for unit in said),
        tuple(unit for unit in said if not unit.heading),
    )


def _openings(reading: Reading) -> Iterator[Opening]:
    text = reading.unit.text
    if reading.kind in _EQUAL | _WIDE:
        width = Width.EQUAL if reading.kind in _EQUAL else Width.WIDE
        places = _of(reading, "exception") or list(range(len(reading.spans)))
        words = " ".join(text[reading.spans[p][0] : reading.spans[p][1]] for p in places)
        if reading.kind in _LEAVES:  # what a permission is bound to stands behind it
            words = text[reading.spans[0][0] :]
        if not _is_medical(reading.kind, words):
            yield Opening(
                reading.object,
                width,
                reading.kind in _LEAVES,
                reading.kind == "deadly-hold",
                words,
                text,
                tuple(_mark(reading, place) for place in places),
            )
    if reading.kind in _BANS and reading.object in _AIR:
        yield from _blood_left_out(reading)


def _blood_left_out(reading: Reading) -> Iterator[Opening]:
    """A hold on blood flow named in an exception to a ban on breathing holds."""
    text = reading.unit.text
    for each in find_exceptions(text):
        content = text[each.content : each.end]
        if not each.only and load_language().has("bloodflow", content):
            mark = Mark(reading.unit.strip, each.start, each.end, Role.EXCEPTION)
            yield Opening("bloodflow", _width(content), True, False, content, text, (mark,))


def _carved_out(unit: Unit) -> Iterator[Opening]:
    """A hold on blood flow that a sentence of its own takes out of the ban."""
    carve = load_language().first("carve", unit.text)
    if (
        carve
        and _DENIED.search(unit.text)
        and load_language().has("bloodflow", unit.text[carve.start() :])
    ):
        mark = Mark(unit.strip, carve.start(), len(unit.text), Role.EXCEPTION)
        yield Opening("bloodflow", _width(unit.text), True, False, unit.text, unit.text, (mark,))


def _width(text: str) -> Width:
    """How wide a hold on blood flow is left open: bound to deadly force, or not."""
    language = load_language()
    bound = language.has("deadly", text) and not language.has("not-deadly", text)
    return Width.EQUAL if bound else Width.WIDE


def _is_medical(kind: str, words: str) -> bool:
    return kind == "exempt" and width_of(words) is Width.NO_FORCE


def _of(reading: Reading, role: str) -> list[int]:
    return [place for place, span in enumerate(reading.spans) if span[2] == role]


def _of_rule(reading: Reading) -> list[int]:
    return _of(reading, "rule") or list(range(len(reading.spans)))


def _mark(reading: Reading, place: int) -> Mark:
    start, end, role = reading.spans[place]
    return Mark(reading.unit.strip, start, end, Role(role))


def trap_marks(told: Told, wanted: tuple[str, ...]) -> tuple[Mark, ...]:
    """Where a unit on a hold narrows it by one of these phrases."""
    if not wanted:
        return ()
    return tuple(
        Mark(unit.strip, found.start(), found.end(), Role.DEFINITION)
        for unit in told.units
        if not has("untrapped", unit.text)
        for found in phrases(wanted).finditer(unit.text)
    )
