"""Read what an excerpt rules about holds that stop breathing: one reading per mention."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import Exception_, Width, find_exceptions, width_of
from knowledge.reviewing.governing import Ruling, Sense, rule_over, split_clauses
from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.scope import Reach, reach_of_subject, reach_of_tail
from knowledge.reviewing.speech import speech_of

_LIKEWISE = re.compile(
    r"^\W*(?:so (?:is|are)|the same (?:rule )?(?:applies|holds|is true|goes)|likewise)\b"
)
MEMORY = 4  # units after which "it" no longer means the hold


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause says: `kind`, the unit, and the spans that decide (in the unit's shadow)."""

    kind: str
    unit: Unit
    spans: tuple[tuple[int, int, str], ...]
    object: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a clause names a hold; `object` is airway, generic or bloodflow."""

    start: int
    end: int
    object: str
    verbal: bool = False
    bare: bool = False


@dataclass(slots=True)
class Memory:
    """What was named before: for pronouns, for defined words, for names that are redefined."""

    object: str = ""
    age: int = 99
    section: int = -1
    aliases: list[str] = field(default_factory=list)
    redefined: bool = False
    last: str = ""


def read_holds(units: Sequence[Unit]) -> list[Reading]:
    """Every reading of the excerpt about holds, in order."""
    memory = Memory()
    _learn_definitions(units, memory)
    readings: list[Reading] = []
    for unit in units:
        readings.extend(_read_unit(unit, memory))
    return readings


def _learn_definitions(units: Sequence[Unit], memory: Memory) -> None:
    language = load_language()
    for unit in units:
        found = language.first("definition", unit.text)
        if not found:
            continue
        name, rest = unit.text[: found.start()], unit.text[found.end() :]
        named = language.has("airway", language.blank("bloodflow", name))
        if named and language.has("bloodflow", rest) and not _air(rest):
            memory.redefined = True
        word = re.search(r"\"([^\"]{4,40})\"|^\W*(?:an? |the )?([a-z][a-z -]{4,40}?)\s*$", name)
        if word and not named and language.has("airway", rest):
            memory.aliases.append(re.sub(r"s$", "", (word.group(1) or word.group(2)).strip(" ,")))


def _air(text: str) -> bool:
    return re.search(r"\bbreath|\bair\b|airway|windpipe|trachea|respirat|throat", text) is not None


def _read_unit(unit: Unit, memory: Memory) -> Iterator[Reading]:
    """The readings of one unit; what it names is remembered for the next."""
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
    carve = load_language().first("carve", text)
    if carve and not mentions and memory.object and memory.age <= MEMORY:
        yield from _read_carve(unit, start, text, carve, memory)
        return
    if mentions:
        memory.object, memory.age = mentions[0].object, 0
    elif memory.object and memory.age <= MEMORY:
        mentions = _pronouns(text, memory.object)
    speech = speech_of(unit, text) if mentions else ""
    for mention in mentions:
        reading = _read_mention(unit, start, text, mention, speech)
        if reading and reading.kind == "mention" and memory.last and _LIKEWISE.match(text):
            span = ((start, end, "rule"),)
            reading = Reading(memory.last, unit, span, mention.object)
        if reading and reading.kind != "mention":
            memory.last = reading.kind
        if reading:
            yield reading


def find_mentions(text: str, memory: Memory) -> list[Mention]:
    """Every name or description of a neck hold in `text`, the most exact reading first."""
    language = load_language()
    plain = language.blank("pseudo", text)
    made: list[Mention] = [
        Mention(m.start(), m.end(), "bloodflow") for m in language.all("bloodflow", plain)
    ]
    plain = language.blank("bloodflow", plain)
    for kind, obj in (
        ("airway", "airway"),
        ("airway-verb", "airway"),
        ("universal", "universal"),
        ("generic", "generic"),
    ):
        for found in language.all(kind, plain):
            if kind.startswith("airway") and _is_position(plain, found):
                continue
            name = obj
            if memory.redefined and re.match(r"chok", found.group()):
                name = "generic"
            made.append(Mention(found.start(), found.end(), name, kind == "airway-verb"))
        plain = language.blank(kind, plain)
    for alias in memory.aliases:
        at = plain.find(alias)
        if at >= 0:
            made.append(Mention(at, at + len(alias), "airway"))
    return _merged(plain, text, sorted(made, key=lambda m: (m.start, m.end)))


def _merged(plain: str, text: str, mentions: list[Mention]) -> list[Mention]:
    """A name and the description behind it are one mention ("a hold that cuts off breath")."""
    made: list[Mention] = []
    for mention in mentions:
        last = made[-1] if made else None
        gap = text[last.end : mention.start] if last else ""
        if last and last.object != "bloodflow" != mention.object and _same(gap):
            obj = "airway" if "airway" in (last.object, mention.object) else last.object
            made[-1] = Mention(last.start, max(last.end, mention.end), obj, last.verbal)
        else:
            made.append(mention)
    return made


def _same(gap: str) -> bool:
    return (
        len(gap.split()) <= 9
        and not re.search(r"[,;:]|\b(?:and|or|is|are|than|for)\b", gap)
        and not find_heads(gap)
    )


def _is_position(text: str, found: re.Match[str]) -> bool:
    """Whether breathing is hindered by weight or posture, not by a hold."""
    language = load_language()
    if re.match(r"(?:rear )?(?:chok|strang|sleeper|respirat|bar|throttl|guillo)", found.group()):
        return False
    around = text[max(0, found.start() - 80) : found.end() + 40]
    return language.has("position", around) and not re.search(
        r"\b(?:neck|throat|windpipe|trachea|choke\w*|any (?:\w+ )?(?:hold|maneuver|technique)s?)\b",
        around,
    )


def _pronouns(text: str, named: str) -> list[Mention]:
    found = load_language().first("pronoun", text)
    if not found or not (find_heads(text) or load_language().has("only", text)):
        return []
    bare = re.fullmatch(r"they|them|these|those|it|one|this", found.group()) is not None
    return [Mention(found.start(), found.end(), named, False, bare)]


def _read_carve(
    unit: Unit, start: int, text: str, carve: re.Match[str], memory: Memory
) -> Iterator[Reading]:
    if memory.object not in ("airway", "universal"):
        return
    width = width_of(text[carve.end() :])
    if width is Width.NO_FORCE:
        return
    kind = {Width.EQUAL: "carve-equal", Width.WIDE: "ban-wide"}.get(width, "ban-unknown")
    yield Reading(kind, unit, ((start, start + len(text), "exception"),), memory.object)


def _read_mention(
    unit: Unit, base: int, text: str, mention: Mention, speech: str
) -> Reading | None:
    """The reading of one mention, or None when the clause says nothing about it."""
    exceptions = find_exceptions(text)
    inside = next((e for e in exceptions if e.start <= mention.start < e.end and not e.only), None)
    main = _main_text(text, [e for e in exceptions if not e.start <= mention.start < e.end])
    rule = rule_over(main, mention.start, mention.end, verbal=mention.verbal, bare=mention.bare)
    if inside is not None and not mention.bare:
        return _exempted(unit, base, text, mention, inside, speech)
    kind, spans = _judge(unit, text, mention, rule, exceptions)
    if (
        kind == "mention"
        and load_language().has("deadly-hold", text[mention.end :])
        and mention.object != "bloodflow"
    ):
        kind, spans = "deadly-hold", [(mention.start, len(text.rstrip(" .")), "definition")]
    if kind == "none":
        return None
    if speech and kind not in ("mention", "duty"):
        kind = f"speech-{speech}"
    if unit.truncated and kind in ("ban", "ban-equal"):
        kind = "unread"
    shifted = tuple((base + a, base + b, role) for a, b, role in spans)
    return Reading(kind, unit, shifted, mention.object)


def _exempted(
    unit: Unit, base: int, text: str, mention: Mention, inside: Exception_, speech: str
) -> Reading | None:
    """A hold named inside an exception: taken out of a ban, or out of a permission."""
    heads = [h for h in find_heads(text) if not inside.start <= h.start < inside.end]
    if not heads or mention.object == "bloodflow":
        return None
    gap = text[inside.content : mention.start]
    if len(gap.split()) > 6 or load_language().has("deadly", gap):
        return None
    kind = "implied" if heads[0].allows else "exempt"
    if speech:
        kind = f"speech-{speech}"
    span = (base + inside.start, base + inside.end, "exception")
    return Reading(kind, unit, (span,), mention.object)


def _judge(
    unit: Unit, text: str, mention: Mention, rule: Ruling, exceptions: Sequence[Exception_]
) -> tuple[str, list[tuple[int, int, str]]]:
    from_status = rule.sense in (Sense.NONE, Sense.UNREAD) and rule.head is None
    if from_status:
        return _without_head(unit, text, mention, exceptions)
    if rule.sense is Sense.DUTY:
        return "duty", []
    if rule.sense in (Sense.UNREAD, Sense.NONE) or rule.head is None:
        return ("unread" if rule.sense is Sense.UNREAD else "mention"), [(0, len(text), "rule")]
    span = (min(rule.head.start, mention.start), max(rule.head.end, mention.end), "rule")
    spans = [span] + [(e.start, e.end, "exception") for e in exceptions]
    rest = _main_text(text, exceptions)
    language = load_language()
    if rule.sense is Sense.LEAVE:
        return _left(rest, text, mention, rule, exceptions), spans
    if language.has("advice", rest[: max(span[1], 0)]) or language.has("hedge", rest):
        return "advice", spans
    if rule.odd:
        return "unread", spans
    return _banned(rest, text, mention, rule, exceptions), spans


def _main_text(text: str, exceptions: Sequence[Exception_]) -> str:
    """The clause with its exceptions blank; the words "only when" stay."""
    for each in exceptions:
        start = each.content if each.only else each.start
        text = text[:start] + " " * (each.end - start) + text[each.end :]
    return text


def _left(
    rest: str, text: str, mention: Mention, rule: Ruling, exceptions: Sequence[Exception_]
) -> str:
    """A permission: harmless only when it is bound to lawful deadly force."""
    head = rule.head
    if head is None:
        return "permit"
    if load_language().has(
        "advice", rest[head.start : mention.end + 40] if not rule.passive else rest[mention.start :]
    ):
        if not head.negated and head.kind == "modal":
            return "advice"
    if any(e.only for e in exceptions):
        return _only([width_of(text[e.content : e.end]) for e in exceptions if e.only])
    tail = text[max(mention.end, head.end) :]
    if (mention.bare or rule.passive) and load_language().has("no-force", tail):
        return "mention"
    if exceptions:
        return "permit"
    return "permit-equal" if width_of(tail) is Width.EQUAL and tail.strip(" .") else "permit"


def _only(widths: Sequence[Width]) -> str:
    if Width.WIDE in widths:
        return "permit"
    return "only-equal" if set(widths) == {Width.EQUAL} else "permit-unknown"


def _banned(
    rest: str, text: str, mention: Mention, rule: Ruling, exceptions: Sequence[Exception_]
) -> str:
    head = rule.head
    if head is None:
        return "unread"
    widths = {width_of(text[e.content : e.end]) for e in exceptions} - {Width.NO_FORCE}
    if Width.WIDE in widths:
        return "ban-wide"
    if Width.UNKNOWN in widths:
        return "ban-unknown"
    reach = _reach(rest, mention, rule)
    if reach is Reach.SOME:
        return "limited"
    if reach is Reach.UNKNOWN:
        return "unread"
    return "ban-equal" if widths else "ban"


def _reach(rest: str, mention: Mention, rule: Ruling) -> Reach:
    head = rule.head
    if head is None:
        return Reach.UNKNOWN
    if rule.passive:
        front, middle, tail = (
            rest[: mention.start],
            rest[mention.end : head.start],
            rest[head.end :],
        )
        parts = [reach_of_subject(front), reach_of_tail(middle), reach_of_tail(_after_act(tail))]
    else:
        front, middle, tail = (
            rest[: head.start],
            rest[head.end : mention.start],
            rest[mention.end :],
        )
        parts = [reach_of_subject(front), reach_of_subject(middle), reach_of_tail(tail)]
    for worst in (Reach.SOME, Reach.UNKNOWN):
        if worst in parts:
            return worst
    return Reach.ALL


def _after_act(tail: str) -> str:
    """The words after "be used" of a passive rule."""
    return re.sub(
        r"^(?: (?:not|never|be|been|used|employed|applied|utilized|performed))*", "", tail
    )


def _without_head(
    unit: Unit, text: str, mention: Mention, exceptions: Sequence[Exception_]
) -> tuple[str, list[tuple[int, int, str]]]:
    """A mention with no ruling word: a telegram, a label, an item below a ruling heading."""
    language = load_language()
    before, after = text[: mention.start], text[mention.end :]
    span = [(0, len(text.rstrip(" .;")), "rule")]
    if language.has("advice", text):
        return "advice", span
    if re.search(r"(?:^|[:.(]\s*|\b)(?:no|never|zero)\s(?:\w+ ){0,3}$", before) or re.match(
        r"\s*(?:[:-]+ )?(?:never|no)\b", after
    ):
        widths = {width_of(text[e.content : e.end]) for e in exceptions} - {Width.NO_FORCE}
        return (
            "ban-wide"
            if Width.WIDE in widths
            else "ban-unknown"
            if Width.UNKNOWN in widths
            else "ban"
        ), span
    only = [width_of(text[e.content : e.end]) for e in exceptions if e.only]
    if only:
        return _only(only), span
    label = re.match(r"\s*[:-]+ (.+)$", after)
    if label:
        return _labelled(label.group(1)), span
    if unit.status and not language.has("definition", text):
        return {"ban": "ban", "leave": "permit", "advice": "advice"}[unit.status], span
    return "mention", span


def _labelled(content: str) -> str:
    language = load_language()
    if language.has("always", content):
        return "permit"
    if language.has("deadly-hold", "is " + content):
        return "deadly-hold"
    width = width_of(content)
    if width is Width.EQUAL:
        return "only-equal"
    return (
        "permit"
        if width is Width.WIDE
        and re.match(r"(?:on|against|for|when|if|to|active|with|assaul|resist|level)", content)
        else "mention"
    )
