"""Tell whether a clause is this agency's own rule in force, or somebody else's words."""

from __future__ import annotations

import re

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import find_exceptions
from knowledge.reviewing.governing import concession_end
from knowledge.reviewing.language import load_language
from knowledge.reviewing.layout import reads_like_heading
from knowledge.reviewing.modality import find_heads

_GROUND = re.compile(r"\b(?:as|because|since)$")
_AND_OURS = re.compile(r"\b(?:and|as well as) (?:(?:by|under) )?(?:this|our)\b")
_SO = re.compile(r", (?:and )?(?:so|therefore|accordingly|this|our|we)\b")
_KINDS = ("rescinded", "draft", "example", "hypothetical", "other", "recited")


def speech_of(unit: Unit, clause: str) -> str:
    """Empty for an own rule; else "question" or the kind of somebody else's words."""
    language = load_language()
    if is_question(unit.text):
        return "question"
    if language.has("past", clause):
        return "rescinded"
    text = _without_exceptions(clause if concession_end(unit.text) else unit.text)
    text = language.blank("beside-others", text)
    for kind in _KINDS:
        found = language.first(kind, text)
        if found and not _own_after_all(kind, text, found):
            return kind
    for strip in unit.over:
        text = strip.text
        if not (reads_like_heading(text) or text.endswith(":")):
            continue
        own = language.has("own", clause) and bool(find_heads(clause))
        if language.has("quiet-heading", text):
            return "recited"
        if language.has("definition-heading", text) and not own:
            return "recited"
        if not language.has("of-a-rule", text):
            text = language.blank("takes-over", text)
        for kind in ("rescinded", "draft", "other", "recited"):
            if language.has(kind, text):
                return kind
    return ""


def is_question(text: str) -> bool:
    """Whether the sentence asks."""
    return re.search(r"\?[\"')\]]*\s*$", text) is not None


def _without_exceptions(text: str) -> str:
    """`text` with its exceptions blank: what the law allows there is not somebody's words."""
    for each in find_exceptions(text):
        text = text[: each.content] + " " * (each.end - each.content) + text[each.end :]
    return text


def _own_after_all(kind: str, sentence: str, found: re.Match[str]) -> bool:
    """ "As state law requires, officers shall not ..." is an own rule."""
    language = load_language()
    if kind in ("rescinded", "draft"):
        return language.has("adopted", language.blank(kind, sentence))
    if kind != "recited":
        return False
    before, after = sentence[: found.start()], sentence[found.end() :]
    if (
        _AND_OURS.search(after)
        or language.has("own", before)
        or find_heads(before)
        or _GROUND.search(before.rstrip())
    ):
        return True
    return _SO.search(after) is not None and language.has("own", after)
