"""The last look before "meets": is every word of the rule understood, and does nothing undo it?

A wrong "meets" is the worst error. So an excerpt meets a mandatory standard only when some rule
in it is read to its last word and nothing near it takes it back; otherwise a person must read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import repeat

from knowledge.places import state_names
from knowledge.reviewing.clauses import Unit, near_to
from knowledge.reviewing.exceptions import Width, find_exceptions, width_around, width_of
from knowledge.reviewing.governing import split_clauses
from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.types import Role, Verdict

_HOLDS = (
    "memo-label", "staff-list", "round-the-clock", "law-frame", "understood-phrase",
    "pseudo-negator", "harmless", "deadly-hold", "force-deadly", "below-deadly", "case-frame",
    "agency-name", "air-and-blood", "bloodflow", "airway", "airway-verb", "universal", "generic",
    "understood-people", "understood",
)  # fmt: skip
_LAW = (
    "hold-frame", "pseudo-negator", "agency-name", "force", "law-all", "understood-people",
    "understood-law", "understood",
)  # fmt: skip
_FRONT = (
    "memo-label", "variety", "law-frame", "staff-list", "round-the-clock", "understood-phrase",
    "pseudo-negator", "never-at-all",
    "harmless", "case-frame", "agency-name", "air-and-blood", "bloodflow", "airway", "airway-verb",
    "universal", "generic", "everybody", "understood-people", "whole-front",
)  # fmt: skip
_NARROWS = {_HOLDS: ("narrows", "narrows-hold"), _LAW: ("narrows", "narrows-law")}
_LEAVE = ("pair", "case-frame", "deadly", "below-deadly", "understood-exception")
_TABLE_OF_CONTENTS = re.compile(r"(?<!\.)\.{4,}+\s*+\d*+\s*$")
_SIGN = "\u0394"  # stands where an exception names lawful deadly force
_OR = re.compile(r"\bor\b|\band/or\b")
_PARTS = re.compile(
    r",|\band (?=for\b|by\b|in\b|on\b|against\b|when\b|where\b|to\b|with\b|during\b|if\b)"
)
_WORD = re.compile(r"[a-z]{2,}")
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


def _left_over(mark: Mark, kinds: tuple[str, ...]) -> list[str]:
    language = load_language()
    start, clause = _clause(mark)
    for each in find_exceptions(clause):
        lead, content = clause[each.start : each.content], clause[each.content : each.end]
        harmless = _harmless(content, kinds, wanting="without" in lead)
        if kinds is _HOLDS and width_of(content) is Width.EQUAL and not _firm(content):
            return _WORD.findall(content)
        if harmless:
            clause = clause[: each.start] + " " * (each.end - each.start) + clause[each.end :]
    narrowed = next((f for f in map(language.first, _NARROWS[kinds], repeat(clause)) if f), None)
    if narrowed:
        return _WORD.findall(narrowed.group())
    words = left_over(clause, kinds)
    if kinds is _HOLDS:
        words += left_over(clause[: mark.start - start], _FRONT) + _adjectives(clause)
    return words


def _adjectives(clause: str) -> list[str]:
    """The words right before a hold that may single out some holds."""
    language = load_language()
    plain = language.blank("variety", language.blank("understood-phrase", clause))
    found = [word for m in language.all("airway", plain) for word in _last_word(plain[: m.start()])]
    return [word for word in found if not language.patterns["before-hold"].fullmatch(word)]


def _last_word(before: str) -> list[str]:
    return re.findall(r"[a-z][a-z'-]*(?= $)", before)


def _is_listed(mark: Mark, text: str) -> bool:
    """Whether the words stand in a table of contents."""
    start = mark.strip.at[0]
    line = text[start : (text.find("\n", start) + 1) or len(text)]
    return _TABLE_OF_CONTENTS.search(line) is not None


def _clause(mark: Mark) -> tuple[int, str]:
    """Where the clause of the mark begins, what stands before it and rules nothing included."""
    text = mark.strip.text
    start, end = 0, len(text)
    for left, right in split_clauses(text):
        if left <= mark.start < right:
            end = right
            break
        start = right if find_heads(text[left:right]) else start
    return start, text[start : max(end, mark.end)]


def _harmless(content: str, kinds: tuple[str, ...], *, wanting: bool) -> bool:
    """Whether an exception goes no further than the standard does.

    `wanting`: it begins with "without"; then only lawful deadly force will do, for "without
    calling an ambulance" regulates a use and does not forbid it.
    """
    if kinds is _LAW:
        return load_language().has("understood-leave", content)
    width = width_of(content)
    return (width is Width.NO_FORCE and not wanting) or (
        width is Width.EQUAL and _firm(content) and not left_over(content, _LEAVE)
    )


def _firm(content: str) -> bool:
    """Whether every part of an exception, not one of them only, is bound to lawful deadly force."""
    language = load_language()
    if ";" in content or language.has("loose-deadly", content):
        return False
    marked = language.blank("pair", language.patterns["deadly"].sub(_same_length, content))
    if any(left_over(part, ("co-part",)) for part in _OR.split(marked) if _SIGN not in part):
        return False
    parts = [part for part in _PARTS.split(content) if language.has("whole-part", part)]
    return all(language.has("deadly", part) or language.has("no-more", part) for part in parts)


def _same_length(found: re.Match[str]) -> str:
    return _SIGN + " " * (len(found.group()) - 1)


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
    if not heads:
        return not language.has("negator", plain)
    return any(head.allows for head in heads)


def _loosened(place: int, units: Sequence[Unit]) -> Unit | None:
    rule = units[place]
    for number in sorted(near_to(units, [place]) - {place}):
        text = units[number].text
        if takes_back(text) or (number == place + 1 and _still_used(text)):
            return units[number]
    above = any(takes_back(strip.text) for strip in rule.over)
    return rule if above or takes_back(rule.text) or _still_used(rule.text) else None


def _still_used(text: str) -> bool:
    """Whether the hold just named may be used after all, and for more than lawful deadly force."""
    found = load_language().first("still-used", text)
    return found is not None and width_of(text[found.end() :]) is not Width.EQUAL


def takes_back(text: str) -> bool:
    language = load_language()
    plain = language.blank("keeps-rule", text)
    carve = language.first("carve", plain)
    if carve and width_around(plain, carve) in (Width.EQUAL, Width.NO_FORCE):
        return False
    for each in find_exceptions(plain):
        if width_of(plain[each.content : each.end]) is Width.EQUAL:
            plain = plain[: each.start] + " " * (each.end - each.start) + plain[each.end :]
    return language.has("takes-back", plain)


def _conflict(unit: Unit | None) -> tuple[Mark, ...]:
    if unit is None:
        return ()
    return (Mark(unit.strip, 0, len(unit.text), Role.CONFLICT),)
