"""Tell whether a rule holds for everybody and every case, or only for some."""

from __future__ import annotations

import re
from enum import Enum

from knowledge.reviewing.language import load_language

_WORD = re.compile(r"[a-z][a-z'-]*")
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
    plain = language.blank("agency-name", _LABEL.sub("", subject))
    if language.has("unit", plain):
        return Reach.ALL if language.has("everybody", plain) else Reach.SOME
    plain = language.blank("harmless", plain)
    if language.has("limit", plain):
        return Reach.SOME
    plain = language.blank("actor-filler", language.blank("actor", plain))
    return Reach.SOME if re.search(r"\b(?:who|whose|without)\b", subject) else Reach.ALL


def reach_of_tail(tail: str) -> Reach:
    """Whether the words after the hold limit the rule to some cases."""
    language = load_language()
    plain = language.blank("agency-name", tail)
    plain = ",".join(part for part in plain.split(",") if not _OWN_CLAUSE.match(part))
    plain = language.blank("harmless", plain)
    for kind in ("airway", "airway-verb", "universal", "generic", "bloodflow"):
        plain = language.blank(kind, plain)
    for part in re.split(r"[,;:]", plain):
        opened = language.first("qualifier", part)
        found = language.first("limit", part)
        if found and (opened or found.start() < 25):
            return Reach.SOME
        if opened and _WORD.search(part, opened.end()):
            return Reach.UNKNOWN
    return Reach.ALL
