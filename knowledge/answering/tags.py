""" "X, right?" asks whether X holds: the tag goes, and X is looked up as a yes/no question."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"(?P<comma>\s*[,;\u2013\u2014-]+)?\s+(?:right|correct|true|yes|huh|agreed|"
    r"is(?:n't| it not) it|is that (?:right|correct|true|so)|am i right)\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^\W*(?:is|are|was|were|am|do|does|did|can|could|must|should|shall|will|would|has|have|had|may|"
    r"who|what|when|where|which|why|how|whose)\b",
    re.IGNORECASE,
)
_FEW = 3  # words that ask nothing by themselves
_SO = re.compile(r"^\W*so,?\s+(?P<rest>.{8,}?)\s*\?\s*$", re.IGNORECASE | re.DOTALL)


_CONCEDED = re.compile(
    r",?\s+(?:even though|although|though|seeing (?:that|as)|given (?:that|the fact that)|"
    r"considering(?: that)?|despite the fact that|now that)\s.{8,}$",
    re.IGNORECASE | re.DOTALL,
)


def without_concession(text: str) -> str:
    """ "Are we covered, although the order names only X?" asks whether they are covered."""
    core = _CONCEDED.sub("", text)
    return core if _OPENS.search(core) and len(core.split()) > _FEW else text


def without_tag(text: str) -> str | None:
    """What `text` asserts and wants confirmed; nothing where it does not.

    "Is 12939 right?" is no tag: the word is what is asked. "So X?" is one without the word.
    """
    plain = text.replace("\u2019", "'")
    match = _TAG.search(plain)
    if match and (match.group("comma") or not _OPENS.search(plain)):
        return plain[: match.start()].strip()
    said = _SO.match(plain)
    if said and not _OPENS.search(said.group("rest")):
        return said.group("rest")
    return None
