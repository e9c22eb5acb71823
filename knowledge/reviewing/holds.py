"""Read what an excerpt rules about holds that stop breathing: one reading per mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import Carve, Width, find_exceptions, width_around
from knowledge.reviewing.governing import rule_over, split_clauses
from knowledge.reviewing.holding import judge_mention, main_text
from knowledge.reviewing.language import load_language
from knowledge.reviewing.mentions import (
    Memory,
    Mention,
    find_mentions,
    later_pronouns,
    learn_definitions,
    pronouns,
)
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.predicates import views
from knowledge.reviewing.speech import speech_of

_LIKEWISE = re.compile(
    r"^\W*(?:so (?:is|are)|the same (?:rule )?(?:applies|holds|is true|goes)|likewise)\b"
)
_ARE_NOT = re.compile(r"\b(?:is|are|may|shall|must|can) not\W*$")
MEMORY = 4  # units after which "it" no longer means the hold


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause says: `kind`, the unit, the spans that decide, in the unit's shadow.

    `head` is where the ruling word stands in the clause, below 0 when there is none.
    """

    kind: str
    unit: Unit
    spans: tuple[tuple[int, int, str], ...]
    object: str
    head: int = -1


def read_holds(units: Sequence[Unit]) -> list[Reading]:
    """Every reading of the excerpt about holds, in order."""
    memory = Memory()
    learn_definitions(units, memory)
    readings: list[Reading] = []
    for unit in units:
        readings.extend(_read_unit(unit, memory))
    return readings


def _read_unit(unit: Unit, memory: Memory) -> Iterator[Reading]:
    """The readings of one unit; what it names is remembered for the next."""
    if load_language().has("housekeeping", unit.text) and not find_mentions(unit.text, memory):
        return
    if unit.heading:
        mention = next(iter(find_mentions(unit.text, memory)), None)
        memory.object, memory.age = (mention.object, 0) if mention else ("", 99)
        memory.section = unit.section
        return
    if unit.section != memory.section:
        memory.section, memory.object, memory.age = unit.section, "", 99
    if not memory.object and unit.over:
        above = [m for strip in unit.over for m in find_mentions(strip.text, memory)]
        if above:
            memory.object, memory.age = above[-1].object, 0
    memory.age += 1
    for start, end in split_clauses(unit.text):
        yield from _read_clause(unit, start, end, memory)


def _read_clause(unit: Unit, start: int, end: int, memory: Memory) -> Iterator[Reading]:
    text = unit.text[start:end]
    mentions = find_mentions(text, memory)
    carve = load_language().first("carve", load_language().blank("keeps-rule", text))
    named = [m for m in mentions if carve and carve.start() <= m.start < carve.end()]
    if named:
        memory.object, memory.age = named[0].object, 0
    if carve and (named or (not mentions and memory.object and memory.age <= MEMORY)):
        yield from _read_carve(unit, start, text, carve, memory)
        return
    if mentions:
        memory.object, memory.age = mentions[0].object, 0
    elif memory.object and memory.age <= MEMORY:
        mentions = pronouns(text, memory.object)
    mentions = [*mentions, *later_pronouns(text, mentions)]
    speech = speech_of(unit, text) if mentions else ""
    made = [r for m in mentions for r in _read_mention(unit, start, text, m, mentions, speech)]
    said = memory.allows
    heads = find_heads(text)
    memory.allows = heads[-1].allows if heads else memory.allows
    for reading in _without_echoes(made):
        if reading.kind == "mention" and said is not None and _ARE_NOT.search(text):
            reading = replace(reading, kind="ban" if said else "permit")
        if reading.kind == "mention" and memory.last and _LIKEWISE.match(text):
            reading = replace(reading, kind=memory.last, spans=((start, end, "rule"),))
        if reading.kind != "mention":
            memory.last = reading.kind
        yield reading


def _without_echoes(readings: list[Reading]) -> list[Reading]:
    """Without those left unread whose ruling word was read over another name of the same list."""
    read = {r.head for r in readings if r.kind not in ("unread", "mention", "duty")}
    return [r for r in readings if r.kind != "unread" or r.head < 0 or r.head not in read]


def _read_carve(
    unit: Unit, start: int, text: str, carve: re.Match[str], memory: Memory
) -> Iterator[Reading]:
    if memory.object not in ("airway", "universal"):
        return
    width = width_around(text, carve)
    if width is Width.NO_FORCE:
        return
    kind = {Width.EQUAL: "carve-equal", Width.WIDE: "ban-wide"}.get(width, "ban-unknown")
    yield Reading(kind, unit, ((start, start + len(text), "exception"),), memory.object)


def _read_mention(
    unit: Unit, base: int, text: str, mention: Mention, others: Sequence[Mention], speech: str
) -> Iterator[Reading]:
    """The readings of one mention: one for each predicate that it is the subject of."""
    for view in views(text, mention):
        found = _read_view(unit, base, view, mention, others)
        if found and speech and found.kind not in ("mention", "duty"):
            yield replace(found, kind=f"speech-{speech}")
        elif found:
            yield found


def _read_view(
    unit: Unit, base: int, text: str, mention: Mention, others: Sequence[Mention]
) -> Reading | None:
    exceptions = find_exceptions(text)
    inside = next((e for e in exceptions if e.start <= mention.start < e.end and not e.only), None)
    main = main_text(text, [e for e in exceptions if not e.start <= mention.start < e.end])
    main = _alone(main, mention, others)
    rule = rule_over(main, mention.start, mention.end, verbal=mention.verbal, bare=mention.bare)
    if inside is not None and not mention.bare:
        return _exempted(unit, base, text, mention, inside)
    kind, spans = judge_mention(unit, text, mention, rule, exceptions)
    if (
        kind == "mention"
        and load_language().has("deadly-hold", text[mention.end :])
        and mention.object != "bloodflow"
    ):
        kind, spans = "deadly-hold", [(mention.start, len(text.rstrip(" .")), "definition")]
    if unit.truncated and kind in ("ban", "ban-equal"):
        kind = "unread"
    shifted = tuple((base + a, base + b, role) for a, b, role in spans)
    return Reading(kind, unit, shifted, mention.object, rule.head.start if rule.head else -1)


def _alone(text: str, mention: Mention, others: Sequence[Mention]) -> str:
    """`text` with the other names of the list blank, so that they stand in nobody's way."""
    for other in others:
        if other.start >= mention.end or other.end <= mention.start:
            text = text[: other.start] + " " * (other.end - other.start) + text[other.end :]
    return text


def _exempted(unit: Unit, base: int, text: str, mention: Mention, inside: Carve) -> Reading | None:
    """A hold named inside an exception: taken out of a ban, or out of a permission."""
    heads = [h for h in find_heads(text) if not inside.start <= h.start < inside.end]
    if not heads or mention.object == "bloodflow":
        return None
    gap = text[inside.content : mention.start]
    if len(gap.split()) > 6 or load_language().has("deadly", gap):
        return None
    kind = "implied" if heads[0].allows else "exempt"
    span = (base + inside.start, base + inside.end, "exception")
    return Reading(kind, unit, (span,), mention.object)
