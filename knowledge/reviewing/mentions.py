"""Find where a clause names a hold: by name, by description, by a defined word, by pronoun."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import find_exceptions
from knowledge.reviewing.language import load_language
from knowledge.reviewing.modality import find_heads

_DEFINED = re.compile(r"\"([^\"]{4,40})\"|^\W*(?:[0-9.]+ )?(?:an? |the )?([a-z][a-z -]{4,40}?)\s*$")
_NO_PRONOUN = re.compile(r" (?:of|who|that|which|governing|[a-z]+ing)\b")
_VERB_NEXT = re.compile(
    r"\W*$|[,.;:]| (?:is|are|shall|may|must|will|can|cannot|does|do|should|only|unless|if|when)\b"
)
_THEM = re.compile(r"\b(?:them|it|such (?:a )?(?:hold|technique|maneuver)s?)\b")
_PREDICATE_ENDS = re.compile(
    r"\W*$|[,.;(]|\s(?:in|under|at|unless|except|for|by|only|without|when|where|if|on|to|and|as)\b"
)
_STATUS_FIRST = re.compile(
    r"\W*(?:(?:status|rule|ruling|use)[:=] )?"
    r"(?:(?:strictly|expressly|absolutely|always|not|never)\s)?(?=[a-z])"
)


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
    aliases: dict[str, str] = field(default_factory=dict)  # a defined word and its object
    redefined: bool = False
    last: str = ""
    allows: bool | None = None


def learn_definitions(units: Sequence[Unit], memory: Memory) -> None:
    language = load_language()
    for unit in units:
        found = language.first("definition", unit.text)
        if not found:
            continue
        name, rest = unit.text[: found.start()], unit.text[found.end() :]
        named = language.has("airway", language.blank("bloodflow", name))
        if named and language.has("bloodflow", rest) and not _air(rest):
            memory.redefined = True
        word = _DEFINED.search(name)
        meant = _meant(rest)
        if word and not named and meant:
            defined = (word.group(1) or word.group(2)).strip(' ,"')
            memory.aliases[re.sub(r"s$", "", defined)] = meant


def _meant(meaning: str) -> str:
    """What a meaning makes of a word: a hold on breath, a hold on blood alone, or neither."""
    language = load_language()
    if any(language.has(kind, meaning) for kind in ("degree", "purpose")):
        return ""
    if any(language.has(kind, meaning) for kind in ("airway", "air-and-blood")) and _air(meaning):
        return "airway"
    return "bloodflow" if language.has("bloodflow", meaning) else ""


def _air(text: str) -> bool:
    return load_language().has("air", text)


def find_mentions(text: str, memory: Memory) -> list[Mention]:
    """Every name or description of a neck hold in `text`, the most exact reading first."""
    language = load_language()
    plain = language.blank("pseudo", text)
    made = [Mention(m.start(), m.end(), "airway") for m in language.all("air-and-blood", plain)]
    plain = language.blank("air-and-blood", plain)
    made += [Mention(m.start(), m.end(), "bloodflow") for m in language.all("bloodflow", plain)]
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
    made = _with_aliases(text, made, memory.aliases)
    return _merged(plain, text, sorted(made, key=lambda m: (m.start, m.end)))


def _with_aliases(text: str, mentions: list[Mention], aliases: Mapping[str, str]) -> list[Mention]:
    """The mentions, with the defined words of the excerpt read as they are defined there."""
    for alias, meant in aliases.items():
        at = text.find(alias)
        if at < 0:
            continue
        end = at + len(alias)
        clear = [m for m in mentions if m.end <= at or end <= m.start or m.object != "generic"]
        inside = any(m.start < end and at < m.end for m in clear)
        mentions = clear if inside else [*clear, Mention(at, end, meant)]
    return mentions


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


def pronouns(text: str, named: str) -> list[Mention]:
    status = _STATUS_FIRST.match(text)
    heads = find_heads(text)
    first = bool(status and heads and heads[0].start <= status.end() + 1)
    if first and _PREDICATE_ENDS.match(text, heads[0].end):
        return [Mention(0, 0, named, False, True)]
    found = _first_pronoun(text)
    if not found or not (find_heads(text) or load_language().has("only", text)):
        return []
    return [Mention(found.start(), found.end(), named, False, _is_bare(found))]


def _points_on(found: re.Match[str], text: str) -> bool:
    """Whether "this" or "those" belongs to a noun behind it ("this rule")."""
    pointing = found.group() in ("this", "these", "those", "one")
    return pointing and not _VERB_NEXT.match(text, found.end())


def _is_bare(found: re.Match[str]) -> bool:
    """Whether the pronoun stands without a noun ("it", not "this technique")."""
    return re.fullmatch(r"they|them|these|those|it|one|this", found.group()) is not None


def _first_pronoun(text: str) -> re.Match[str] | None:
    """The first pronoun that can mean a hold: no empty "it", no "they" that means people."""
    language = load_language()
    for found in language.all("pronoun", language.blank("empty-it", text)):
        if _NO_PRONOUN.match(text, found.end()) or _points_on(found, text):
            continue
        before = text[: found.start()]
        people = found.group() == "they" and language.has("plural-actor", before)
        if not people and not (_is_bare(found) and language.has("other-thing", before)):
            return found
    return None


def later_pronouns(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The pronoun of a second rule in the same clause ("... and may apply them to ...")."""
    if not mentions or mentions[-1].bare:
        return []
    last = mentions[-1]
    for found in _THEM.finditer(text, last.end):
        between = text[last.end : found.start()]
        exceptions = find_exceptions(text)
        inside = any(e.start <= found.start() < e.end for e in exceptions)
        if find_heads(between) and not inside:
            return [Mention(found.start(), found.end(), last.object, False, True)]
    return []
