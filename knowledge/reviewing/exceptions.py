"""Find the exceptions of a sentence and tell whether they are wider than lawful deadly force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from knowledge.reviewing.language import load_language

_COMMA = re.compile(r",\s")
_TAKES_THING = re.compile(
    r"(?:except|excepting|excluding|other than|apart from|aside from|barring|"
    r"with the exception of)$"
)
_BARE_THING = re.compile(
    r" (?!(?:when|where|if|in|as|to|that|for|by|during|while|with|under|upon|on|against)\b)"
    r"(?:[a-z'-]+ ){1,6}?(?=(?:is|are|shall|must|may|will)\b)"
)
_OR = re.compile(r"\bor\b|;|\band/or\b|\bas well as\b")
_AND = re.compile(r"\band\b")
_WORDS = re.compile(r"[a-z0-9]{3,}")


class Width(Enum):
    """How far an exception reaches, measured by lawful deadly force."""

    EQUAL = "equal"
    WIDE = "wide"
    UNKNOWN = "unknown"
    NO_FORCE = "no_force"


@dataclass(frozen=True, slots=True)
class Carve:
    """Where an exception stands; `only` when it names the sole allowed cases."""

    start: int
    end: int
    content: int
    only: bool


def find_exceptions(text: str) -> list[Carve]:
    """The exceptions of a sentence, left to right, none inside another."""
    language = load_language()
    plain = language.blank("pseudo-negator", text)
    leads = [(m.start(), m.end(), False) for m in language.all("lead", plain)]
    leads += [(m.start(), m.end(), True) for m in language.all("only", plain)]
    leads.sort()
    made: list[Carve] = []
    last = 0
    for start, end, only in leads:
        if start < last:
            continue
        stop = _stop(text, start, end)
        made.append(Carve(start, stop, end, only))
        last = stop
    return made


def _stop(text: str, start: int, end: int) -> int:
    """The end of an exception: the sentence's, or the place after which the main rule comes."""
    language = load_language()
    goes_on = language.patterns["rule-goes-on"]
    ruled = any(language.has(kind, text[:start]) for kind in ("modal", "ban", "leave", "advice"))
    for comma in _COMMA.finditer(text, end):
        if goes_on.match(text, comma.end()) or (not ruled and _main_rule(text[comma.start() :])):
            return comma.start()
    takes_thing = not ruled and _TAKES_THING.match(text[start:end])
    bare = _BARE_THING.match(text, end) if takes_thing else None
    if bare:
        return bare.end() - 1
    colon = text.find(": ", end)
    if ruled and colon >= 0 and not opens_list(text[end : colon + 1]):
        return colon
    return len(text.rstrip(" .;"))


def opens_list(content: str) -> bool:
    """Whether an exception breaks off before its colon, so that the list below is its content."""
    bare = content.rstrip(": ")
    return any(found.end() == len(bare) for found in load_language().all("opens-list", bare)) or (
        not bare.strip()
    )


def _main_rule(rest: str) -> bool:
    language = load_language()
    return language.patterns["main-subject"].match(rest, 2) is not None and any(
        language.has(kind, rest) for kind in ("modal", "ban", "leave", "advice")
    )


def width_of(content: str, lead: str = "") -> Width:
    """How wide the words of an exception are. Alternatives count by the widest."""
    language = load_language()
    plain = language.blank("case-frame", content)
    if language.has("not-deadly", language.blank("pseudo-negator", plain)):
        return Width.WIDE
    marked = _mark(plain)
    if "\u0394" in marked:
        marked = language.blank("pair", marked)
    found = {_one(part) for part in _alternatives(marked)} - {None}
    for width in (Width.WIDE, Width.UNKNOWN, Width.EQUAL, Width.NO_FORCE):
        if width in found:
            return width
    return Width.UNKNOWN


def width_around(text: str, opens: re.Match[str]) -> Width:
    """How wide an exception in a sentence of its own is; its condition may stand before it."""
    after = text[opens.end() :]
    return width_of(after if after.strip(" .") else text[: opens.start()])


def _mark(text: str) -> str:
    """`text` with every phrase that means lawful deadly force overwritten by a sign."""
    language = load_language()
    return language.patterns["deadly"].sub(lambda f: "\u0394" + " " * (len(f.group()) - 1), text)


def _alternatives(text: str) -> list[str]:
    return [part for part in _OR.split(text) if _WORDS.search(part) or "\u0394" in part] or [text]


def _one(part: str) -> Width | None:
    """The width of one alternative; None when it says nothing of its own."""
    language = load_language()
    if "\u0394" in part:
        return Width.EQUAL
    bare = re.sub(r"[^a-z ]", " ", part)
    if not _WORDS.search(bare):
        return None
    if language.has("no-force", part) and not _WORDS.search(_beside_care(part)):
        return Width.NO_FORCE
    if language.has("bloodflow", part):
        return Width.NO_FORCE
    if language.has("wide", part):
        return Width.WIDE
    if language.has("opaque", part) or language.has("grave", part):
        return Width.UNKNOWN
    if len(bare.split()) <= 2:
        return None
    return Width.WIDE


def _beside_care(part: str) -> str:
    """What an exception says beside the act of medicine or of training."""
    language = load_language()
    return language.blank("care-words", language.blank("no-force", part))
