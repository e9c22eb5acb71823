"""The last look before "meets": is every word of the rule understood, and does nothing undo it?

A wrong "meets" is the worst error. So an excerpt meets a mandatory standard only when some rule
in it is read to its last word and nothing near it takes it back; otherwise a person must read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from knowledge.places import state_names
from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import Width, find_exceptions, width_of
from knowledge.reviewing.governing import split_clauses
from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.types import Role, Verdict

NEAR = 3  # units on either side of a rule among which a loosening is taken to be about it
_HOLDS = (
    "staff-list", "round-the-clock", "understood-phrase", "pseudo-negator", "harmless", "deadly-hold", "force-deadly",
    "below-deadly", "case-frame",
    "agency-name", "air-and-blood", "bloodflow", "airway", "airway-verb", "universal", "generic",
    "understood-people", "understood",
)  # fmt: skip
_LAW = (
    "pseudo-negator", "agency-name", "force", "law-all", "understood-people", "understood-law",
    "understood",
)  # fmt: skip
_LEAVE = ("pair", "case-frame", "deadly", "below-deadly", "understood-exception")
_TABLE_OF_CONTENTS = re.compile(r"(?<!\.)\.{4,}+\s*+\d*+\s*$")
_WORD = re.compile(r"[a-z]{2,}")
_ASIDE = re.compile(r"\([^()]*\)")
_STRUCK = re.compile(r"~~|</?(?:del|s|strike)\b", re.IGNORECASE)


def certain(outcome: Outcome, standard: str, units: Sequence[Unit], text: str) -> Outcome:
    """`outcome`, or `unclear` in its place when it is a "meets" that is not certain."""
    if outcome.verdict is not Verdict.MEETS:
        return outcome
    places = {id(unit.strip): number for number, unit in enumerate(units)}
    rules = [m for m in outcome.marks if m.role is Role.RULE and id(m.strip) in places]
    kinds = _LAW if standard == "applicable-law" else _HOLDS
    sure = [m for m in rules if not _left_over(m, kinds) and not _is_listed(m, text)]
    if not sure:
        return Outcome(Verdict.UNCLEAR, "unsure", outcome.marks, ("unsure",))
    undone = _undone(sure, places, units, standard)
    if undone is None and not _STRUCK.search(text):
        return outcome
    shown = (*outcome.marks, *_conflict(undone))
    return Outcome(Verdict.UNCLEAR, "undone", shown, ("undone",))


def left_over(text: str, kinds: Iterable[str]) -> list[str]:
    """The words of a clause that nothing accounts for."""
    language = load_language()
    text = _ASIDE.sub(" ", text)
    text = _state_names().sub(" ", text)
    if language.has("everybody", text):
        text = language.blank("actor", language.blank("unit", text))
    if language.has("deadly", text):
        kinds = (*kinds, *_LEAVE)
    for kind in kinds:
        text = language.blank(kind, text)
    return _WORD.findall(text)


@lru_cache(maxsize=1)
def _state_names() -> re.Pattern[str]:
    names = "|".join(sorted(state_names().values(), key=len, reverse=True)).lower()
    return re.compile(rf"\b(?:state|commonwealth|laws) of (?:{names})\b")


def _left_over(mark: Mark, kinds: Sequence[str]) -> list[str]:
    clause = _clause(mark)
    narrowed = load_language().first("narrows", clause)
    if narrowed:
        return _WORD.findall(narrowed.group())
    for each in find_exceptions(clause):
        lead, content = clause[each.start : each.content], clause[each.content : each.end]
        if _harmless(content, kinds, wanting="without" in lead):
            clause = clause[: each.start] + " " * (each.end - each.start) + clause[each.end :]
    return left_over(clause, kinds)


def _is_listed(mark: Mark, text: str) -> bool:
    """Whether the words stand in a table of contents."""
    start = mark.strip.at[0]
    line = text[start : (text.find("\n", start) + 1) or len(text)]
    return _TABLE_OF_CONTENTS.search(line) is not None


def _clause(mark: Mark) -> str:
    """The clause of the mark, with what stands before it and rules nothing by itself."""
    text = mark.strip.text
    start, end = 0, len(text)
    for left, right in split_clauses(text):
        if left <= mark.start < right:
            end = right
            break
        start = right if find_heads(text[left:right]) else start
    return text[start : max(end, mark.end)]


def _harmless(content: str, kinds: Sequence[str], *, wanting: bool) -> bool:
    """Whether an exception goes no further than the standard does.

    `wanting`: it begins with "without"; then only lawful deadly force will do, for "without
    calling an ambulance" regulates a use and does not forbid it.
    """
    if kinds is _LAW:
        return load_language().has("understood-leave", content)
    width = width_of(content)
    return (width is Width.NO_FORCE and not wanting) or (
        width is Width.EQUAL and ";" not in content and not left_over(content, _LEAVE)
    )


def _undone(
    rules: Sequence[Mark], places: dict[int, int], units: Sequence[Unit], standard: str
) -> Unit | None:
    """The first unit that loosens every one of the rules, or breaks the law they are bound to."""
    if standard == "applicable-law":
        broken = next((unit for unit in units if _breaks_law(unit)), None)
        if broken is not None:
            return broken
    found: Unit | None = None
    for mark in rules:
        found = _loosened(places[id(mark.strip)], units)
        if found is None:
            return None
    return found


def _breaks_law(unit: Unit) -> bool:
    """Whether the unit lets force go past law or reason, and does not forbid just that."""
    language = load_language()
    plain = language.blank("keeps-rule", unit.text)
    if not language.has("law-undone", plain):
        return False
    heads = find_heads(plain)
    return not heads or any(head.allows for head in heads)


def _loosened(place: int, units: Sequence[Unit]) -> Unit | None:
    rule = units[place]
    for number, unit in enumerate(units):
        away = abs(number - place)
        near = away <= 1 or (unit.section == rule.section and away <= NEAR)
        if number != place and near and _takes_back(unit.text):
            return unit
        if number == place + 1 and _still_used(unit.text):
            return unit
    above = any(_takes_back(strip.text) for strip in rule.over)
    return rule if above or _takes_back(rule.text) or _still_used(rule.text) else None


def _still_used(text: str) -> bool:
    """Whether the hold just named may be used after all, and for more than lawful deadly force."""
    found = load_language().first("still-used", text)
    return found is not None and width_of(text[found.end() :]) is not Width.EQUAL


def _takes_back(text: str) -> bool:
    language = load_language()
    plain = language.blank("keeps-rule", text)
    carve = language.first("carve", plain)
    if carve and width_of(plain[carve.end() :]) in (Width.EQUAL, Width.NO_FORCE):
        return False
    for each in find_exceptions(plain):
        if width_of(plain[each.content : each.end]) is Width.EQUAL:
            plain = plain[: each.start] + " " * (each.end - each.start) + plain[each.end :]
    return language.has("takes-back", plain)


def _conflict(unit: Unit | None) -> tuple[Mark, ...]:
    if unit is None:
        return ()
    return (Mark(unit.strip, 0, len(unit.text), Role.CONFLICT),)
