""" "What is the difference between A and B?" is answered with what each of them is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.conversation import Ask
from knowledge.retrieval import Found
from knowledge.sources import DigestStatement

_BETWEEN = re.compile(
    r"\b(?:difference|differ(?:s|ences)?|distinction|compare)\b.{0,20}?\b(?:between|of)?\s*"
    r"(?P<left>[^?]+?)\s+(?:and|from|to|with|vs\.?|versus)\s+(?P<right>[^?]+)",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"^\W*(?P<left>[^?]+?)\s+(?:vs\.?|versus|compared (?:to|with))\s+(?P<right>[^?]+)",
    re.IGNORECASE,
)
_DIFFERENT = re.compile(
    r"\b(?:how (?:is|are|does)|is|are)\s+(?P<left>[^?]+?)\s+"
    r"(?:different from|differ from|the same as)"
    r"\s+(?P<right>[^?]+)",
    re.IGNORECASE,
)
_THEY_DIFFER = re.compile(
    r"\bhow (?:do|does|did|are) (?:the )?(?:two )?(?:executive )?(?:orders? )?(?P<left>[^?]+?)"
    r"\s+(?:and|from)\s+(?P<right>[^?]+?)\s+(?:differ\w*|compare)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\bhow many\b", re.IGNORECASE)
_ABOUT = re.compile(  # on what the two are compared: it belongs to both
    r"\s*,?\b(?:for|as to|as regards|regarding|concerning|when it comes to|under) (?:the |a )?"
    r"(?P<subject>cert\w*(?: requirement| condition)?)\W*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\W*(?:the )?(?:eo |executive order |order )?(1\d{4})\W*$", re.IGNORECASE)
_SPEAKS_OF_BOTH = 0.8  # score from which a statement is taken to speak of both sides


def sides_of(ask: Ask) -> tuple[str, str] | None:
    """The two things that `ask` wants told apart, or nothing where it wants them counted."""
    if _COUNTS.search(ask.text):
        return None
    for pattern in (_THEY_DIFFER, _BETWEEN, _DIFFERENT, _VERSUS):
        match = pattern.search(ask.text)
        if match:
            about = _ABOUT.search(ask.text)
            subject = f" {about.group('subject')}" if about else ""
            sides = (_ABOUT.sub("", match.group(side)) for side in ("left", "right"))
            left, right = (_named(side) + subject for side in sides)
            return left, right
    return None


def _named(side: str) -> str:
    """A side as it is looked up: an order by what it is, the rest by its words."""
    number = _NUMBER.match(side)
    return f"What does EO {number.group(1)} do?" if number else side.strip(" ?.!")


def told_apart(
    both: Sequence[Found], left: Sequence[Found], right: Sequence[Found], *, sure: float
) -> list[DigestStatement]:
    """The best statement about each side, after one that speaks of both if it is near enough.

    Empty when a side is not known well enough: half a comparison is none.
    """
    if not left or not right or min(left[0].score, right[0].score) < sure:
        return []
    first = [both[0].statement] if both and both[0].score >= _SPEAKS_OF_BOTH else []
    return list(dict.fromkeys([*first, left[0].statement, right[0].statement]))
