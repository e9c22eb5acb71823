"""What else in an excerpt bears on its rule on holds: other mentions, neighbours, deadly force.

A cue can only find what somebody thought of. So this looks from the other side: a "meets" stays
only when every other place that names the hold, points at the rule or stands beside it is of a
kind that is known to leave the rule alone.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from knowledge.reviewing.certainty import left_over, takes_back
from knowledge.reviewing.clauses import Unit, near_to
from knowledge.reviewing.exceptions import Width, find_exceptions, width_around, width_of
from knowledge.reviewing.governing import split_clauses
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.language import load_language
from knowledge.reviewing.law import breaches
from knowledge.reviewing.modality import Head, find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.reviewing.speech import speech_of
from knowledge.types import Role, Verdict

PAGE = 60  # units; in a longer text, what is said of the paper is not taken to be about the rule
_QUIET = ("mention", "duty", "deadly-hold")
_MAY = ("may", "can", "could", "might")
_CALLS = re.compile(
    r"\b(?:sections?|rules?|items?|paragraphs?|polic(?:y|ies)|number|no\.?|clauses?|points?|parts?|steps?"
    r"|letters?|subsections?|orders?) \(?(\d+(?:\.\d+)*|[a-z])\)?(?![a-z0-9])"
    r"|(?<![\d.])(\d+\.\d+(?:\.\d+)*)(?![\d])"
)
_CUT_OFF = re.compile(r"\b(?:is|are|be|to|the|of|that|or|and|an?|from|by|when|if|for|in|on|with)$")
_IS = re.compile(r": (?:a|an|any) | is (?:a|an|any) ")
_NUMBER = re.compile(r"^(?:section|rule|item|part|article|paragraph|step)\s[\w.()-]{1,8}[.:]\s")
_SCOPE = ("agency-name", "staff-list", "round-the-clock", "whole-scope")


def weigh_holds(outcome: Outcome, units: Sequence[Unit], readings: Sequence[Reading]) -> Outcome:
    """`outcome`, or a lower one in place of a "meets" that something else in the excerpt undoes."""
    if outcome.verdict is not Verdict.MEETS:
        return outcome
    rules = {id(mark.strip) for mark in outcome.marks if mark.role is Role.RULE}
    shown = {id(mark.strip) for mark in outcome.marks}
    wider = _wider_deadly(outcome, units, shown)
    if wider is not None:
        return lowered(outcome, wider, breach=bool(breaches(wider.text)))
    other = _other_mention(readings, rules) or _neighbour(units, rules, shown)
    return lowered(outcome, other) if other is not None else outcome


def lowered(outcome: Outcome, unit: Unit, *, breach: bool = False) -> Outcome:
    """The outcome with `unit` shown against it: unclear, or not met by a breach of the floor."""
    shown = (*outcome.marks, Mark(unit.strip, 0, len(unit.text), Role.CONFLICT))
    if breach:
        return Outcome(Verdict.DOES_NOT_MEET, "ban-wide", shown, ("ban-wide",))
    return Outcome(Verdict.UNCLEAR, "undone", shown, ("undone",))


def _other_mention(readings: Sequence[Reading], rules: set[int]) -> Unit | None:
    """The first place that names the hold, rules nothing, and is of no kind that is understood."""
    for reading in readings:
        quiet = reading.kind in _QUIET and reading.object in ("airway", "universal")
        if quiet and id(reading.unit.strip) not in rules and not _plain_mention(reading.unit):
            return reading.unit
    return None


def _plain_mention(unit: Unit) -> bool:
    language = load_language()
    text = language.blank("pseudo-negator", unit.text)
    if language.has("deadly-hold", text) or _of_deadly(text):
        return True
    defined = language.first("definition", text) or _IS.search(text)
    if defined and language.has("airway", text):
        return _defines(text[defined.end() :])
    if language.has("loose-mention", text):
        return False
    over = unit.over[-1].text if unit.over else ""
    label = " ".join((over, text))
    return language.has("plain-mention", text) or not left_over(label, ("airway", "label-words"))


def _of_deadly(text: str) -> bool:
    """Whether what is said of the hold is bound to lawful deadly force."""
    named = load_language().first("airway", text)
    return named is not None and width_of(text[named.end() :]) is Width.EQUAL


def _defines(meaning: str) -> bool:
    """Whether a meaning is no narrower than a hold that restricts breathing."""
    language = load_language()
    purpose = language.has("purpose", meaning) and not language.has("purpose-or-effect", meaning)
    narrow = purpose or language.has("degree", meaning) or language.has("loose-mention", meaning)
    return language.has("air", meaning) and not narrow


def _neighbour(units: Sequence[Unit], rules: set[int], shown: set[int]) -> Unit | None:
    """The first sentence beside a rule, or over it, or that calls it by number, that loosens it."""
    places = [number for number, unit in enumerate(units) if id(unit.strip) in rules]
    labels = {_label(units, place) for place in places} - {""}
    short, close, own = len(units) <= PAGE, near_to(units, places), set(places)
    for number, unit in enumerate(units):
        if number in own:
            if any(map(_narrow_title, _titles(unit))) or _tail_loosens(unit):
                return unit
            continue
        if unit.heading or id(unit.strip) in shown:
            continue
        near = number in close or bool(labels & _called(unit.text))
        if _loosens(unit) if near else _far(unit, short=short):
            return unit
    return None


def _titles(unit: Unit) -> list[str]:
    """What stands over a rule, and the label before it in its own line."""
    own = unit.text.split(": ", 1)
    return [*(strip.text for strip in unit.over), *own[: len(own) - 1]]


def _label(units: Sequence[Unit], place: int) -> str:
    """The number or letter of the rule, or of what it stands under."""
    for number in range(place, max(-1, place - PAGE), -1):
        if units[number].section != units[place].section:
            break
        if units[number].label:
            return units[number].label
    return ""


def _called(text: str) -> set[str]:
    """The numbers and letters by which a sentence calls other parts."""
    found = _CALLS.findall(_NUMBER.sub("", text))
    return {called for pair in found for called in pair if called}


def _far(unit: Unit, *, short: bool) -> bool:
    """Whether a sentence farther off loosens what it calls by number, or the paper as a whole."""
    language = load_language()
    plain = language.blank("keeps-rule", _NUMBER.sub("", unit.text))
    if language.has("by-number", plain) and is_loose(plain):
        return True
    if not short:
        return False
    whole = language.has("whole-paper", plain) and not language.has("plain-talk", plain)
    anything = language.has("anything", plain) and any(_free(plain, h) for h in find_heads(plain))
    return anything or (whole and (is_loose(plain) or takes_back(plain)))


def _narrow_title(text: str) -> bool:
    return load_language().has("narrow-title", text) or narrow_scope(text)


def _tail_loosens(unit: Unit) -> bool:
    """Whether a later clause of the rule's own sentence loosens it."""
    clauses = [unit.text[start:end] for start, end in split_clauses(unit.text)]
    return any(_opens_up(clause) for clause in clauses[1:] if not _bans(clause))


def _bans(clause: str) -> bool:
    heads = find_heads(clause)
    return bool(heads) and not any(head.allows for head in heads)


def _loosens(unit: Unit) -> bool:
    """Whether a sentence beside the rule is of no kind that is known to leave it alone."""
    language = load_language()
    plain = _NUMBER.sub("", unit.text)
    told = speech_of(unit, unit.text) in ("other", "recited")
    if told and not language.has("points-back", plain):
        return False
    named = language.has("airway", unit.text)
    return not (named and _plain_mention(unit)) and _opens_up(plain)


def _opens_up(text: str) -> bool:
    language = load_language()
    plain = language.blank("keeps-rule", text)
    if language.has("scope-claim", plain):
        return narrow_scope(plain)
    if is_loose(plain):
        return True
    if language.has("loose-talk", plain) or language.has("plain-talk", text):
        return False
    if language.has("points-back", plain):
        return True
    heads = find_heads(plain)
    if not heads:
        return _is_fragment(plain) or (language.has("finite", plain) and _concerns_rule(plain))
    return any(_free(plain, head) for head in heads)


def _is_fragment(text: str) -> bool:
    """Whether a text goes on with the sentence before and cuts it down ("Except in the jail.")."""
    return load_language().has("fragment", text) and width_of(text) is not Width.EQUAL


def is_loose(text: str) -> bool:
    """Whether words loosen a rule, and for more than lawful deadly force or care of the sick."""
    found = load_language().first("loose-talk", text)
    if found is None:
        return False
    return width_around(text, found) not in (Width.EQUAL, Width.NO_FORCE)


def _concerns_rule(text: str) -> bool:
    """Whether a sentence without a ruling word may bear on the rule: staff, papers, holds."""
    language = load_language()
    other = language.has("plain-object", text) and not language.has("anything", text)
    return language.has("concerns-hold" if other else "concerns-rule", text)


def _free(text: str, head: Head) -> bool:
    """Whether a permission leaves open what may be done."""
    language = load_language()
    may = head.kind == "leave" or text[head.start : head.end] in _MAY
    if not (head.allows and may):
        return False
    if language.has("anything", text):
        return True
    known = any(
        language.has(kind, words)
        for kind, words in (
            ("plain-permission", text[head.start :]),
            ("plain-permission", text),
            ("bloodflow", text),
        )
    )
    return not (known or language.has("plain-object", text))


def narrow_scope(text: str) -> bool:
    """Whether the text says for whom the paper is, and that is not everybody."""
    found = load_language().first("scope-claim", text)
    return found is not None and bool(left_over(text[found.end() :], _SCOPE))


def _wider_deadly(outcome: Outcome, units: Sequence[Unit], shown: Container[int]) -> Unit | None:
    """Where the excerpt lets deadly force go wider than law, and the ban leans on deadly force."""
    language = load_language()
    if not any(language.has("force-deadly", mark.strip.text) for mark in outcome.marks):
        return None
    return next((u for u in units if id(u.strip) not in shown and _widens(u)), None)


def _widens(unit: Unit) -> bool:
    text = unit.text
    if unit.heading or _CUT_OFF.search(text):
        return False
    return _goes_wider(text) and not speech_of(unit, text)  # speech last: it is the slowest to tell


def _goes_wider(text: str) -> bool:
    language = load_language()
    if breaches(text):
        return True
    meaning = language.first("deadly-meaning", text)
    if meaning:
        return not language.has("mortal", text[meaning.end() :])
    opened = language.first("opens-deadly", text)
    if opened is None or language.has("airway", text) or language.has("carve", text):
        return False
    if any(each.start <= opened.start() < each.end for each in find_exceptions(text)):
        return False
    heads = [h for h in find_heads(text) if opened.start() <= h.start < opened.end()]
    denied = language.has("negator", text[: opened.end()])
    if not (any(head.allows for head in heads) or (not heads and not denied)):
        return False
    return not language.has("mortal", _blank(text, opened))


def _blank(text: str, found: re.Match[str]) -> str:
    """`text` without deadly force where it is allowed, so that the condition is left."""
    language = load_language()
    return (
        text[: found.start()] + language.blank("force-deadly", found.group()) + text[found.end() :]
    )
