"""What else in an excerpt bears on its commitment to law: force without need, a house above law.

Looked at from the other side, as for holds: a permission of force must name a lawful need, and a
sentence that sets the agency's own papers beside the law must be known to put the law first.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reviewing.bearing import is_loose, lowered, narrow_scope
from knowledge.reviewing.clauses import Unit, near_to
from knowledge.reviewing.exceptions import find_exceptions
from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.reviewing.speech import speech_of
from knowledge.types import Role, Verdict


def weigh_law(outcome: Outcome, units: Sequence[Unit]) -> Outcome:
    """`outcome`, or a lower one in place of a "meets" that something else in the excerpt undoes."""
    if outcome.verdict is not Verdict.MEETS:
        return outcome
    for unit in units:
        key = "" if unit.heading else _breach(unit.text)
        if key and not speech_of(unit, unit.text):  # last, for it is the slowest to tell
            return _broken(outcome, unit, key)
    rules = {id(mark.strip) for mark in outcome.marks}
    places = [number for number, unit in enumerate(units) if id(unit.strip) in rules]
    close = near_to(units, places) - set(places)
    for number, unit in enumerate(units):
        if not unit.heading and _bears(unit.text, near=number in close):
            return lowered(outcome, unit)
    return outcome


def _broken(outcome: Outcome, unit: Unit, key: str) -> Outcome:
    marks = (Mark(unit.strip, 0, len(unit.text), Role.CONFLICT), *outcome.marks)
    return Outcome(Verdict.DOES_NOT_MEET, key, marks, (key,))


def _breach(text: str) -> str:
    """How a sentence goes past the law: a paper above it, force for an idle reason, or ""."""
    if load_language().has("house-first", text):
        return "conflict"
    return "idle" if _idle(text) else ""


def _bears(text: str, *, near: bool) -> bool:
    return _needless(text) or _house(text) or _loose(text, near=near)


def _idle(text: str) -> bool:
    """Whether force is allowed for a reason that no need of the moment can be."""
    language = load_language()
    reason = language.has("idle-reason", text) and not language.has("need", text)
    return reason and _allowed(text)


def _needless(text: str) -> bool:
    """Whether force on a person is allowed and no lawful need is named, or an idle one is."""
    language = load_language()
    plain = language.blank("force-decoy", text)
    if not _allowed(plain):
        return False
    return language.has("idle-reason", plain) or not language.has("need", plain)


def _allowed(text: str) -> bool:
    """Whether an act of force on a person is allowed or ordered, and not only spoken of."""
    language = load_language()
    text = language.blank("spoken-of", text)
    heads = find_heads(text)
    for found in language.all("allows-force", text):
        inside = [head for head in heads if found.start() <= head.start < found.end()]
        if any(head.allows for head in inside):
            return True
    return not heads and language.has("orders-force", text)


def _house(text: str) -> bool:
    """Whether the agency's papers are set against the law, and the law is not put first."""
    language = load_language()
    plain = language.blank("keeps-rule", _without_leave(text))
    return not language.has("law-first", text) and all(
        language.has(kind, plain) for kind in ("house", "law-like", "ranks")
    )


def _without_leave(text: str) -> str:
    for each in find_exceptions(text):
        if load_language().has("understood-leave", text[each.content : each.end]):
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _loose(text: str, *, near: bool) -> bool:
    language = load_language()
    plain = language.blank("keeps-rule", language.blank("law-first", text))
    if language.has("loose-law", plain):
        return True
    return near and (narrow_scope(plain) or is_loose(plain))
