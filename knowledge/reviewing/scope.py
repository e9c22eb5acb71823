"""Tell whether a rule holds for everybody and every case, or only for some."""

from __future__ import annotations

import re
from enum import Enum

from knowledge.reviewing.language import load_language

_WORD = re.compile(r"[a-z][a-z'-]*")
_JOINED = re.compile(r"\s*(?:and|or|nor|and/or)\b")
_OWN_CLAUSE = re.compile(r"^\s*(?:and|but)\b.*\b(?:is|are|shall|will|must|may|has|have)\b")
_LABEL = re.compile(r"^.*\b(?:memo|note|reminder|notice|language|item|bulletin)\b[^:]*:")


class Reach(Enum):
    """How far a rule reaches."""

    ALL = "all"
    SOME = "some"
    UNKNOWN = "unknown"


def reach_of_subject(subject: str) -> Reach:
    """Whether the words before the ruling word leave nobody of the agency out."""
    language = load_language()
    plain = language.blank("round-the-clock", _LABEL.sub("", subject))
    plain = language.blank("staff-list", language.blank("pseudo-negator", plain))
    plain = language.blank("agency-name", language.blank("never-at-all", plain))
    if language.has("unit", plain):
        return Reach.ALL if language.has("everybody", plain) else Reach.SOME
    plain = language.blank("harmless", plain)
    if language.has("limit", plain):
        return Reach.SOME
    return Reach.SOME if language.has("subject-limit", plain) else Reach.ALL


def reach_of_tail(tail: str) -> Reach:
    """Whether the words after the hold limit the rule to some cases."""
    language = load_language()
    plain = language.blank("agency-name", language.blank("pseudo-negator", tail))
    plain = ",".join(part for part in plain.split(",") if not _OWN_CLAUSE.match(part))
    plain = language.blank("harmless", plain)
    for kind in ("airway", "airway-verb", "universal", "generic", "bloodflow"):
        plain = language.blank(kind, plain)
    for number, part in enumerate(re.split(r"[,;:]", plain)):
        opened = language.first("qualifier", part)
        found = language.first("limit", part)
        if found and (opened or found.start() < 25):
            return Reach.SOME
        if opened and _WORD.search(part, opened.end()) and not _is_sibling(number, part, opened):
            return Reach.UNKNOWN
    return Reach.ALL


def _is_sibling(number: int, part: str, opened: re.Match[str]) -> bool:
    """Whether the limit belongs to another thing of the same list ("or strikes to the spine")."""
    before = part[: opened.start()]
    joined = _JOINED.match(before)
    if not number and not joined:
        return False
    return _WORD.search(before, joined.end() if joined else 0) is not None
