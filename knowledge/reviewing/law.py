"""Judge whether an excerpt binds force to all applicable law, and whether it breaks the floor.

The federal floor: Tennessee v. Garner on deadly force to stop flight, Graham v. Connor on
objective reasonableness, and no force as punishment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import find_exceptions
from knowledge.reviewing.governing import split_clauses
from knowledge.reviewing.language import load_language
from knowledge.reviewing.layout import reads_like_heading
from knowledge.reviewing.modality import Head, find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.reviewing.speech import speech_of
from knowledge.types import Role, Verdict

_FLOOR = ("fleeing", "resisting", "property", "punish", "unreasonable")
_LEVELS = ("federal", "state", "local")
_BROAD = re.compile(
    r"\b(?:all|any|every|use of force|using force|uses? force|when .{0,30}force|force)\b"
)
_BOUND = re.compile(r"\b(?:bound by|requires|governed by|limited to)\b")
_ORDER = re.compile(
    r"\W*(?:[\w ]{0,30}[:.] )?(?:comply|obey|follow|adhere|abide|conform|use force)"
)
_ONLY = re.compile(r"\bonly\b")
_NOBODY = re.compile(r"\b(?:no|neither|never)(?: [a-z'-]+){1,5} $")
_INTRODUCED = re.compile(
    r"\W*(?:in )?(?:consistent|compliance|accordance|conformity|keeping) [^,]{0,60},"
)
_NEGATED = re.compile(r"\b(?:not|never|no)\b")
_RELATIVE = re.compile(r"\b(?:as|than) (?:is |are )?(?:permitted|allowed|authorized) by\b")


@dataclass(frozen=True, slots=True)
class Tie:
    """One clause that ties force to law, or breaks the tie."""

    kind: str
    unit: Unit
    start: int
    end: int
    levels: frozenset[str] = frozenset()


def judge_law(units: Sequence[Unit]) -> Outcome:
    """The verdict on adherence to law; a breach outweighs every commitment."""
    ties = [tie for unit in units if not unit.heading for tie in _read_unit(unit)]
    bad = [t for t in ties if t.kind in ("above", *_FLOOR)]
    good = [t for t in ties if t.kind == "meets"]
    if bad:
        key = "conflict" if good and bad[0].kind == "above" else bad[0].kind
        marks = _marks(bad, Role.CONFLICT) + _marks(good)
        return Outcome(Verdict.DOES_NOT_MEET, key, marks, (key,))
    if good:
        return Outcome(Verdict.MEETS, "meets", _marks(good))
    named = frozenset().union(*(t.levels for t in ties if t.kind == "levels"))
    levels = [t for t in ties if t.kind == "levels"]
    if named == frozenset(_LEVELS):
        return Outcome(Verdict.MEETS, "meets", _marks(levels))
    for kind in ("levels", "scope", "advice"):
        found = [t for t in ties if t.kind == kind]
        if found:
            return Outcome(Verdict.PARTIAL, kind, _marks(found), _missing(kind, named))
    return Outcome(Verdict.NOT_ADDRESSED, "silent")


def _missing(kind: str, named: frozenset[str]) -> tuple[str, ...]:
    lacking = ", ".join(level for level in _LEVELS if level not in named)
    return (f"levels:{lacking}",) if kind == "levels" else (kind,)


def _marks(ties: Iterable[Tie], role: Role = Role.RULE) -> tuple[Mark, ...]:
    return tuple(Mark(t.unit.strip, t.start, t.end, role) for t in ties)


def _read_unit(unit: Unit) -> list[Tie]:
    language = load_language()
    text = language.blank("force-decoy", unit.text)
    if not any(language.has(k, text) for k in ("law-word", *_FLOOR)):
        return []
    if speech_of(unit, unit.text):
        return []
    made = [Tie(kind, unit, 0, len(text.rstrip(" ."))) for kind in breaches(text)]
    for start, end in split_clauses(text):
        tie = _read_clause(unit, text, start, end)
        if tie:
            made.append(tie)
    return made


def breaches(text: str) -> list[str]:
    """Ways in which the sentence allows what the federal floor forbids."""
    language = load_language()
    found: list[str] = []
    for kind in _FLOOR:
        match = language.first(kind, text)
        violent = language.has("force", text) or language.has("violence", text)
        if not match or (kind == "punish" and not violent):
            continue
        if kind in ("fleeing", "resisting", "property") and language.has(
            "deadly", re.sub(r"(?:deadly|lethal)(?: physical)? force", " ", text)
        ):
            continue
        if kind == "unreasonable" or _allowed(text, match):
            found.append(kind)
    return found


def _allowed(text: str, match: re.Match[str]) -> bool:
    """Whether the act found is permitted: a permission governs it and no denial does."""
    heads = [h for h in find_heads(text) if h.start < match.end()] or find_heads(text)
    if not heads:
        return False
    head = max(heads, key=lambda h: (h.end <= match.start() or h.kind != "modal", h.start))
    return head.allows and not re.search(r"\b(?:not|never|only)\b", text[head.start : match.end()])


def _read_clause(unit: Unit, whole: str, start: int, end: int) -> Tie | None:
    language = load_language()
    text = _without_leave(language.blank("hold-frame", whole[start:end]))
    if not language.has("law-word", _without_leave(text, all_of_them=True)):
        return None
    topic = _about_force(unit, whole, text)
    if not topic:
        return None
    above = language.first("above", language.blank("keeps-rule", text))
    if (
        above
        and not language.has("above-not", text[above.start() :])
        and not _NEGATED.search(text[: above.start()])
    ):
        return Tie("above", unit, start, end)
    decoy = language.blank("law-decoy", text)
    if not language.has("law-word", decoy) or (topic == "heading" and decoy != text):
        return None
    return _commitment(unit, start, end, text)


def _without_leave(text: str, *, all_of_them: bool = False) -> str:
    """The clause without exceptions such as "unless deadly force is authorized by law"."""
    language = load_language()
    for each in find_exceptions(text):
        content = text[each.content : each.end]
        if each.only or language.has("in-accord", content):
            continue
        if all_of_them or not language.has("agency-order", content):
            text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _about_force(unit: Unit, whole: str, clause: str) -> str:
    language = load_language()
    if language.has("force", clause):
        return "clause"
    if language.has("force", whole):
        return "clause"
    heads = [s.text for s in unit.over if reads_like_heading(s.text) or s.text.endswith(":")]
    plain = [language.blank("force-decoy", text) for text in heads]
    return "heading" if any(language.has("force", text) for text in plain) else ""


def _commitment(unit: Unit, start: int, end: int, text: str) -> Tie | None:
    language = load_language()
    law = language.first("law-word", text)
    breach = language.first("breach", text)
    comply = language.first("comply", text)
    strength = _strength(text, breach)
    if law is None or not strength or not (comply or breach or language.has("above-not", text)):
        return None
    levels = frozenset(level for level in _LEVELS if language.has(f"level-{level}", text))
    tie = Tie(strength, unit, start, end, levels)
    if strength != "meets":
        return tie
    if _narrow(text):
        return Tie("scope", unit, start, end, levels)
    if levels == frozenset(_LEVELS) or (not levels and language.has("law-all", text)):
        return tie
    return Tie("levels", unit, start, end, levels)


def _narrow(text: str) -> bool:
    """Whether only some force is tied: deadly force, or one kind of weapon."""
    language = load_language()
    rest = language.blank("force-less", language.blank("force-deadly", text))
    kinds = language.has("force-deadly", text) or language.has("force-less", text)
    return kinds and not language.has("force", rest) and "deadly or not" not in text


def _strength(text: str, breach: re.Match[str] | None) -> str:
    """meets, advice, above, or nothing: how strongly the clause binds."""
    language = load_language()
    if any(language.has(kind, text) for kind in ("advice", "hedge", "law-weak")):
        return "advice"
    heads = [h for h in find_heads(text) if not re.search(r"\bby\b", text[h.end : h.end + 4])]
    if breach:
        return _of_breach(text, [h for h in heads if not breach.start() <= h.start < breach.end()])
    if language.has("above-not", text):
        return "meets"
    modal = next((h for h in heads if h.kind == "modal"), None)
    return _of_modal(text, modal) if modal else _without_modal(text)


def _of_breach(text: str, heads: Sequence[Head]) -> str:
    """A clause on force against the law: to forbid it binds, to allow it breaks."""
    denied = any(not head.allows or _NOBODY.search(text[: head.start]) for head in heads)
    if denied or "without" in text:
        return "meets"
    weak = any(head.allows and text[head.start : head.end] in ("may", "can") for head in heads)
    return "above" if weak else ""


def _of_modal(text: str, modal: Head) -> str:
    if modal.negated and _INTRODUCED.match(text):  # "consistent with state law, none shall ..."
        return ""
    if modal.negated and load_language().has("lead", text[modal.end :]):
        return "meets"
    if modal.negated:
        return "above" if load_language().patterns["obeys"].match(text[modal.end :]) else ""
    if text[modal.start : modal.end] in ("may", "can"):
        return "meets" if _ONLY.search(text) else "advice"
    return "meets"


def _without_modal(text: str) -> str:
    language = load_language()
    binding = any(language.has(kind, text) for kind in ("declares", "bind"))
    if _ONLY.search(text) or binding or _BOUND.search(text) or _ORDER.match(text):
        return "meets"
    return "advice" if language.has("comply", text) else ""
