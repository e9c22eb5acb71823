"""Look an excerpt through for the discretionary principles, by the cues of their files.

DOJ's words for most principles are known only by subject. What counts here is our reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.governing import split_clauses
from knowledge.reviewing.language import load_language
from knowledge.reviewing.layout import reads_like_heading
from knowledge.reviewing.modality import Head, find_heads
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.reviewing.speech import speech_of
from knowledge.reviewing.standards import Principle, Standard
from knowledge.types import Role, Verdict

_FOR = re.compile(r"\bfor (?:the |a |any )?$")
_WEAK = re.compile(r"^(?:may|can)$")
_LETTERS = re.compile(r"[a-z]")
_OPENING = re.compile(
    r"[^a-z]*(?:(?:if|when|whenever|once|where|before|after|unless|until|as soon as|"
    r"the (?:moment|minute|instant|second)|at (?:the|any)|following|upon)\b[^,;]*, )?"
)
_WHO = re.compile(r"\b(?:who|that|which|whoever) $")
NEXT = 2  # sentences after a rule in which a part of it may still be said
_BE = ("", "be", "not be", "not")
_AGAINST = ("against", "waive")
_LACKING = (*_AGAINST, "optional")


@dataclass(frozen=True, slots=True)
class Look:
    """What one clause does for a principle: bind, advise, against, waive, optional or state."""

    stance: str
    parts: frozenset[str]
    narrow: bool
    unit: Unit
    start: int
    end: int


def judge_principle(standard: Standard, units: Sequence[Unit]) -> Outcome:
    """The verdict on one principle; the contrary outweighs, then the strongest rule counts.

    A leave beside a duty ("officers may carry a first aid kit") takes nothing from it.
    """
    principle = standard.principle
    if principle is None:
        return Outcome(Verdict.NOT_ADDRESSED, "silent")
    looks = _read_units(principle, units)
    bound = [x for x in looks if x.stance == "bind" and not x.narrow]
    against = [x for x in looks if x.stance in (_AGAINST if bound else _LACKING)]
    if against:
        key = "against" if against[0].stance == "against" else "optional"
        return Outcome(Verdict.DOES_NOT_MEET, key, _marks(against))
    every = frozenset(part.name for part in principle.parts)
    anchors = {part.name for part in principle.parts if part.anchor}
    on_it = [x for x in bound if anchors <= x.parts]
    ruled = frozenset().union(*(x.parts for x in on_it or bound))
    if on_it and ruled >= every:
        return Outcome(Verdict.MEETS, "bind", _marks(on_it))
    if not looks:
        return Outcome(Verdict.NOT_ADDRESSED, "silent")
    lacking = tuple(p.missing for p in principle.parts if bound and p.name not in ruled)
    key = (
        "part" if bound else "narrow" if any(x.stance == "bind" for x in looks) else looks[0].stance
    )
    return Outcome(Verdict.PARTIAL, key, _marks(on_it or bound or looks), lacking)


def _marks(looks: Iterable[Look]) -> tuple[Mark, ...]:
    return tuple(Mark(x.unit.strip, x.start, x.end, Role.RULE) for x in looks)


def _read_units(principle: Principle, units: Sequence[Unit]) -> list[Look]:
    looks: list[Look] = []
    for place, unit in enumerate(units):
        made = [] if unit.heading else _read_unit(principle, unit)
        looks.extend(made)
        if any(look.stance == "bind" for look in made):
            looks.extend(_beside(principle, units[place + 1 : place + 1 + NEXT]))
    return looks


def _beside(principle: Principle, units: Sequence[Unit]) -> list[Look]:
    """What the sentences after a rule add to it ("What is said there is confidential")."""
    return [
        Look("bind", frozenset((part.name,)), False, unit, 0, len(unit.text))
        for unit in units
        for part in principle.parts
        if part.beside and part.beside.search(unit.text) and not speech_of(unit, unit.text)
    ]


def _read_unit(principle: Principle, unit: Unit) -> list[Look]:
    text = unit.text
    if not any(
        p in principle.patterns and principle.patterns[p].search(text)
        for p in ("topic", "contrary")
    ):
        return []
    if speech_of(unit, text):
        return []
    made: list[Look] = []
    for start, end in split_clauses(text):
        look = _read_clause(principle, unit, start, end)
        if look:
            made.append(look)
    return made


def _read_clause(principle: Principle, unit: Unit, start: int, end: int) -> Look | None:
    text = load_language().blank("pseudo-advice", unit.text[start:end])
    patterns = principle.patterns
    if "decoy" in patterns:
        plain = patterns["decoy"].sub(lambda f: " " * len(f.group()), text)
        if plain != text and not _still(patterns, plain):
            return None
        text = plain
    if "cancel" in patterns and patterns["cancel"].search(text):
        return None
    contrary = patterns["contrary"].search(text) if "contrary" in patterns else None
    topic = patterns["topic"].search(text)
    found = contrary or topic
    if found is None:
        return None
    parts = frozenset(p.name for p in principle.parts if p.pattern.search(text))
    if principle.parts and not _enough(principle, parts):
        return None
    stance = _limit_stance(principle, text, found) if principle.limit else _duty_stance(text, found)
    if contrary:
        stance = _turned(text, contrary)
    if not stance or (stance == "state" and reads_like_heading(unit.text)):
        return None
    narrow = (
        "narrow" in patterns
        and patterns["narrow"].search(text) is not None
        and not load_language().has("any-force", text)
    )
    return Look(stance, parts, narrow, unit, start, end)


def _still(patterns: object, text: str) -> bool:
    topic = patterns["topic"]  # type: ignore[index]
    return topic.search(text) is not None


def _enough(principle: Principle, parts: frozenset[str]) -> bool:
    """Whether the clause is about the subject at all: the part that carries it is there."""
    must = [p.name for p in principle.parts if p.name in ("force", "officers", "under control")]
    if not must or "training" in {p.name for p in principle.parts}:
        return bool(parts)
    return all(name in parts for name in must)


def _nearest(text: str, found: re.Match[str]) -> Head | None:
    """The ruling word that governs the words found."""
    heads = find_heads(text)
    before = [h for h in heads if h.start < found.end() and h.end <= max(found.start(), h.end)]
    inside = [h for h in before if h.start < found.end()]
    after = [h for h in heads if h.start >= found.end()]
    if inside:
        return inside[-1]
    if not after or load_language().has("relative", text[found.end() : after[0].start]):
        return None
    return after[0]


def _duty_stance(text: str, found: re.Match[str]) -> str:
    """bind, advise, optional, against, state, or nothing: what a clause does for a duty."""
    language = load_language()
    head = _nearest(text, found)
    if language.has("not-required", text):
        return "waive"
    weak = language.first("might", text)
    if language.has("advice", text) or weak:
        return "advise"
    if _orders(text):
        return "bind"
    if language.has("bind", text) and not (head and head.kind == "modal" and not head.allows):
        return "bind"
    return "state" if head is None else _headed_stance(text, found, head)


def _orders(text: str) -> bool:
    """Whether the clause is an order in the imperative ("When he gives up, stop using force")."""
    opened = _OPENING.match(text)
    start = opened.end() if opened else 0
    return load_language().patterns["order"].match(text, start) is not None


def _headed_stance(text: str, found: re.Match[str], head: Head) -> str:
    """The stance of a clause about doing the thing, told by the ruling word that governs it."""
    language = load_language()
    if not head.allows and found.group().startswith("no "):
        return "bind"
    if _about_it(text, found, head):
        return ""
    blamed = list(language.all("blamed-for", text[: found.end()]))
    if blamed and blamed[-1].end() >= found.start() - 1:
        return "state"
    if not head.allows and _WHO.search(text[: head.start]):
        return "state"
    if head.kind == "leave" and language.has("at-hand", text[head.start : head.end]):
        return "state"
    if head.kind != "modal":
        between = text[head.end if head.end <= found.start() else 0 : found.end()]
        undone = language.has("failing", between)
        return "optional" if head.allows else "bind" if undone else "against"
    if language.has("failing", text[head.end : found.end()]):
        return "optional" if head.allows else "bind"
    if not head.allows:
        return "against"
    if _weak(text, head):
        return "" if _FOR.search(text[head.end : found.start()]) else "optional"
    chosen = language.has("optional", text[head.end :]) and language.has("choice", text)
    return "optional" if chosen else "bind"


def _about_it(text: str, found: re.Match[str], head: Head) -> bool:
    """Whether the thing is only spoken of: what may or shall not happen beside it, or to it."""
    if head.kind != "modal":
        return False
    if head.allows and not _weak(text, head):
        return _on_paper(text, found, head)
    language = load_language()
    if head.end <= found.start():
        return bool(_LETTERS.search(language.blank("doing", text[head.end : found.start()])))
    if head.start < found.end():
        return False
    done = language.first("carried-out", text[head.end :])
    return not (done and text[head.end : head.end + done.start()].strip() in _BE)


def _on_paper(text: str, found: re.Match[str], head: Head) -> bool:
    """Whether what is due is only to note, learn or post something about the thing."""
    language = load_language()
    if head.end <= found.start():
        gap = text[head.end : found.start()]
        noted = [m.end() for m in language.all("on-paper", gap)]
        return bool(noted) and not language.has("gives", text[head.end + noted[-1] : found.end()])
    if head.start < found.end():
        return False
    noted = [m.start() for m in language.all("on-paper", text[head.end :])]
    return bool(noted) and text[head.end : head.end + noted[0]].strip() in _BE


def _weak(text: str, head: Head) -> bool:
    said = text[head.start : head.end].split()
    return bool(said) and _WEAK.match(said[0]) is not None


def _limit_stance(principle: Principle, text: str, found: re.Match[str]) -> str:
    language = load_language()
    if language.has("advice", text) or language.has("hedge", text):
        return "advise"
    head = _nearest(text, found)
    if "binding" in principle.patterns and principle.patterns["binding"].search(text):
        return "bind"
    if head is None:
        return "bind" if re.search(r"\b(?:no|never)\b", text[: found.start()]) else ""
    if not head.allows:
        return "" if language.has("report-word", text[head.end : head.end + 25]) else "bind"
    word = text[head.start : head.end]
    if head.kind == "modal" and not re.match(r"may|can\b", word):
        if language.has("report-word", text):
            return ""
        limited = language.has("limiting", text)
        return "bind" if limited else "against" if language.has("loose", text) else ""
    if language.has("loose", text) and not language.has("grave", text):
        return "against"
    if re.search(r"\bonly\b|\blimited\b|\brestricted\b", text):
        return "bind"
    return "" if language.has("case-named", text) else "against"


def _turned(text: str, found: re.Match[str]) -> str:
    """The stance of a clause about doing the contrary."""
    head = _nearest(text, found)
    if head is None:
        return ""
    language = load_language()
    if language.has("advice", text):
        return "advise"
    bounded = head.allows and language.has("bounded", text[head.end :])
    return "against" if head.allows and not bounded else "bind"
