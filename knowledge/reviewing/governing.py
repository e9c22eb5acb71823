"""Find which ruling word governs the words that a rule is about, and what it then says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import Head, find_heads

_SPLIT = re.compile(
    r"(?:[,;]\s+|\s)(?:and|but|however|yet|whereas|although|though|so)\s+"
    r"(?=(?:(?:the|a|an|any|all|no|none|every|each|such|its|their|this|that|these|those|it|they|he|she|use|"
    r"officers?|members?|deput(?:y|ies)|employees?|personnel|supervisors?|sergeants?|staff)\b)"
    r"[^,;:]{0,70}?\b(?:shall|must|may|will|can|is|are|should|cannot)\b)|;\s+"
)
_BREAKS = re.compile(
    r"\b(?:who|whom|whose|when|whenever|if|because|while|after|before|until|where|since)\b|[;:]|\bthat\b"
)
_BE = re.compile(r"^(?:,? [a-z']+){0,6}? (?:be|been)\b")
_PASSIVE = re.compile(
    r"^[^,;:]{0,60}?\bbe (?:[a-z]+ )?"
    r"(?:used|applied|employed|utilized|performed|administered|permitted|allowed)\b"
)
_NEXT_PREDICATE = re.compile(r"^\s*(?:,|and\b|or\b|but\b)")


_NOT_THIS = re.compile(
    r"\b(?:but|and|though|yet),? (?:not|never|no)\b(?: (?:to|use|the|of|any|a|an|apply))* ?$"
)
_NO_USE = re.compile(r"^ be no (?:use|application|applying|using)\b")
_NO_CASE = re.compile(r"\bno \w+ (?:in|under|at|for) which\b")
_CONCEDES = re.compile(r"(?:although|though|even though|while|whereas)\b[^,]*(,\s)")
_FINITE = re.compile(
    r"^(?!while)|\b(?:is|are|was|were|has|have|had|does|do|did)\b"
)  # "while on duty,"
_IS_A = re.compile(r"\b(?:is|are|means)(?: not)? (?:an? |the |any )$")
RELATIVE = 3  # words at least after "that" before a ruling word may rule the whole sentence


class Sense(Enum):
    """What a ruling says about its object."""

    BAN = "ban"
    LEAVE = "leave"
    DUTY = "duty"
    UNREAD = "unread"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The sense, the ruling word, and the texts before, between and after that may limit it."""

    sense: Sense
    head: Head | None = None
    passive: bool = False
    odd: bool = False


def split_clauses(text: str) -> list[tuple[int, int]]:
    """The clauses of a sentence that have a subject and a ruling word of their own."""
    made: list[tuple[int, int]] = []
    start = concession_end(text)
    if start:
        made.append((0, start))
    language = load_language()
    for found in _SPLIT.finditer(text, start):
        before = text[start : found.start()]
        if found.group().startswith(";") and _keeps(before, text[found.end() : found.end() + 10]):
            continue
        if (
            any(language.has(kind, before) for kind in ("modal", "ban", "leave", "advice", "state"))
            or ";" in found.group()
        ):
            made.append((start, found.start()))
            start = found.end()
    made.append((start, len(text)))
    return made


def concession_end(text: str) -> int:
    """Where the main clause begins after "Although ..., "; 0 when nothing is conceded."""
    found = _CONCEDES.match(text)
    return (
        found.end(1)
        if found and (_FINITE.search(found.group()) or find_heads(found.group()))
        else 0
    )


def _keeps(before: str, after: str) -> bool:
    language = load_language()
    opens = language.has("lead", before) or language.has("only", before) or ":" in before
    return opens and re.match(r"(?:or|and)\b|\(?[a-z0-9]{1,3}[.)]", after) is not None


def rule_over(
    text: str, start: int, end: int, *, verbal: bool = False, bare: bool = False
) -> Ruling:
    """What the clause `text` rules about the words at `start:end`.

    `verbal`: the words are themselves the forbidden act ("choke a person"); `bare`: they are a
    pronoun, which needs its verb right beside it.
    """
    heads = find_heads(text)
    front = _preceding(text, [h for h in heads if h.end <= start], start, end, verbal)
    back = _following(text, [h for h in heads if h.start >= end], start, end, bare)
    if front.sense in (Sense.BAN, Sense.LEAVE):
        gap = text[end : back.head.start] if back.head else ""
        if (
            back.sense in (Sense.BAN, Sense.LEAVE)
            and not _NEXT_PREDICATE.match(gap)
            and _plain(front, text)
        ):
            return back
        return front
    if back.sense is not Sense.NONE:
        return back
    return front


def _plain(front: Ruling, text: str) -> bool:
    """Whether the ruling before is only a frame ("this policy shall provide that ...")."""
    return front.head is not None and " that " in text[front.head.end :]


def _preceding(text: str, heads: list[Head], start: int, end: int, verbal: bool) -> Ruling:
    if not heads:
        return Ruling(Sense.NONE)
    head = heads[-1]
    gap = text[head.end : start]
    language = load_language()
    duty = language.first("duty", gap)
    act = language.first("act", gap)
    if duty and not (act and act.start() < duty.start()):
        return Ruling(Sense.DUTY, head)
    if act and _BREAKS.search(gap[act.end() :].replace(":", " ")):
        return Ruling(Sense.UNREAD, head)
    if language.has("failing", gap):
        return Ruling(Sense.UNREAD if head.allows else Sense.LEAVE, head)
    if head.kind == "modal" and head.allows and _NO_USE.search(gap):
        return Ruling(Sense.BAN, head)
    if _NOT_THIS.search(gap):
        return Ruling(Sense.BAN if head.allows else Sense.UNREAD, head)
    near = len(gap.split()) <= (12 if act else 7) or ":" in gap or bool(act)
    if head.kind == "modal" and _PASSIVE.match(text[end:]) and len(gap.split()) <= 6:
        return Ruling(Sense.LEAVE if head.allows else Sense.BAN, head, False, head.odd)
    if not act and not verbal and head.kind == "modal" and ":" not in gap:
        near = bool(re.fullmatch(r"[ ,]*(?:(?:not|never|be|to|permit|allow|include)[ ,]*)*", gap))
    if not near or (_BREAKS.search(gap.replace(":", " ")) and not act):
        return Ruling(Sense.UNREAD, head)
    sense = Sense.LEAVE if head.allows else Sense.BAN
    return Ruling(sense, head, False, head.odd)


def _following(text: str, heads: list[Head], start: int, end: int, bare: bool) -> Ruling:
    if not heads:
        return Ruling(Sense.NONE)
    head = heads[0]
    gap = text[end : head.start]
    before = text[:start]
    language = load_language()
    under = language.patterns["subordinate"]
    before = _NO_CASE.sub(lambda found: " " * len(found.group()), before)
    clause = before if under.match(before) else before.rsplit(",", 1)[-1]
    if under.search(clause) or _names_actor(gap):
        return Ruling(Sense.NONE)
    if is_predicate(text, start) or (bare and len(gap.split()) > 3):
        return Ruling(Sense.NONE)
    broken = _BREAKS.search(re.sub(r"^,? (?:which|that) ?$", "", gap).replace(":", " "))
    if broken and head.kind == "modal":
        return Ruling(Sense.NONE, head)
    if broken and broken.group() == "that" and len(gap[broken.end() :].split()) < RELATIVE:
        return Ruling(Sense.UNREAD, head)
    after = text[head.end :]
    if head.kind == "modal":
        if not _BE.match(after[:80]) and not language.has("act", after[:30]):
            return Ruling(Sense.DUTY if language.has("duty", after[:60]) else Sense.NONE, head)
        act, duty = language.first("act", after), language.first("duty", after)
        if duty and not (act and act.start() < duty.start()):
            return Ruling(Sense.DUTY, head)
        if not act:
            return Ruling(Sense.NONE, head)
    if _duty_subject(before, gap):
        return Ruling(Sense.DUTY, head)
    sense = Sense.LEAVE if head.allows else Sense.BAN
    return Ruling(sense, head, True, head.odd)


def is_predicate(text: str, start: int) -> bool:
    """Whether the words at `start` only say what something is ("... is not a choke hold")."""
    return _IS_A.search(text[:start]) is not None


def _duty_subject(before: str, gap: str) -> bool:
    """Whether the subject is a report, a warning or a lesson about the hold, not the hold."""
    part = re.split(r"[,:]|\bthat\b", before)[-1]
    return load_language().has("duty", part) and load_language().has("duty", part[-60:])


def _names_actor(gap: str) -> bool:
    actor = load_language().patterns["other-actor"]
    return any(actor.match(gap, comma.end()) for comma in re.finditer(r",\s", gap))
