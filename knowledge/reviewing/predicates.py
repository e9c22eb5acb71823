"""Give a subject with several predicates one sentence for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.reviewing.governing import is_predicate
from knowledge.reviewing.mentions import Mention
from knowledge.reviewing.modality import find_heads

_WHICH = re.compile(r",? (?:which|that) (?=(?:is|are|may|shall|must|will)\b)")
_SIDE_REMARK = re.compile(
    r",\s(?:which|who|all of which)\b[^,;]{1,120},(?=\s(?:is|are|shall|must|may|will)\b)"
)
_JOINED = re.compile(
    r"(?:,\s|\s)(?:and|but|or|nor|yet)\s+"
    r"(?=(?:(?:also|then|therefore|thus|hereby|only|never|not|strictly)\s)*"
    r"(?:shall|must|may|will|can|cannot|is|are|should|prohibited|forbidden|banned)\b)"
)


def views(text: str, mention: Mention) -> Iterator[str]:
    """The clause, then one view for each later predicate with the ones before it blank.

    "Choke holds are deadly force and shall not be used" is also read as "Choke holds shall not be
    used". Only a mention that no ruling word stands before can be the subject.
    """
    yield _SIDE_REMARK.sub(_blank, text)
    relative = _WHICH.match(text, mention.end)
    if relative:
        gone = " " * mention.start
        yield gone + text[mention.start : mention.end] + _blank(relative) + text[relative.end() :]
    if (
        mention.bare
        or is_predicate(text, mention.start)
        or any(head.end <= mention.start for head in find_heads(text))
    ):
        return
    for found in _JOINED.finditer(text, mention.end):
        yield text[: mention.end] + " " * (found.end() - mention.end) + text[found.end() :]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
