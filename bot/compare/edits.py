"""Where two texts differ, sentence by sentence; how their lines are broken does not count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_SENTENCE = re.compile(r"\S.*?(?:[.;:!?][\"'\u201d\u2019)]*(?=\s)|(?=\n\s*\n)|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Edit:
    """A place that was changed: half-open offsets into the old and into the new text.

    One of the two is empty where words were only added, or only taken out.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def find_edits(old: str, new: str) -> list[Edit]:
    """The changed places in order. The texts are equal when there is none."""
    before, after = _sentences(old), _sentences(new)
    first, last = _alike(before, after)
    matcher = SequenceMatcher(
        None,
        [words for _, _, words in before[first : len(before) - last]],
        [words for _, _, words in after[first : len(after) - last]],
        autojunk=False,
    )
    return [
        Edit(*_span(before, a + first, b + first, old), *_span(after, c + first, d + first, new))
        for opcode in matcher.get_opcodes()
        for a, b, c, d in _steps(*opcode)
    ]


def _steps(kind: str, a: int, b: int, c: int, d: int) -> list[tuple[int, int, int, int]]:
    """A changed stretch sentence by sentence: in pairs, then what one side has more of."""
    if kind == "equal":
        return []
    both = min(b - a, d - c)
    pairs = [(a + n, a + n + 1, c + n, c + n + 1) for n in range(both)]
    rest = [(n, n + 1, d, d) for n in range(a + both, b)]
    return pairs + rest + [(b, b, n, n + 1) for n in range(c + both, d)]


def mixture(old: str, new: str, edit: Edit) -> str:
    """The new text up to and with `edit`, and the old one after it."""
    return _joined(new[: _behind(new, edit.new_end)], old[_behind(old, edit.old_end) :])


def only(old: str, new: str, edit: Edit) -> str:
    """The old text with this one edit."""
    put = new[edit.new_start : _behind(new, edit.new_end)]
    return _joined(_joined(old[: edit.old_start], put), old[_behind(old, edit.old_end) :])


def _behind(text: str, end: int) -> int:
    """Where the next sentence begins: the space after a sentence belongs to it."""
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _joined(left: str, right: str) -> str:
    """Both, never with the last word of one grown together with the first of the other."""
    glued = left and right and not left[-1].isspace() and not right[0].isspace()
    return f"{left}\n{right}" if glued else left + right


def word_changes(old: str, new: str) -> list[tuple[Literal["same", "removed", "added"], str]]:
    """The words of both in order, each stretch with what became of it."""
    before, after = old.split(), new.split()
    told: list[tuple[Literal["same", "removed", "added"], str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            told.append(("same", " ".join(before[a:b])))
            continue
        if b > a:
            told.append(("removed", " ".join(before[a:b])))
        if d > c:
            told.append(("added", " ".join(after[c:d])))
    return told


def _sentences(text: str) -> list[tuple[int, int, str]]:
    """(start, end, words) of every sentence; the words without their spacing."""
    return [
        (found.start(), found.end(), " ".join(found.group().split()))
        for found in _SENTENCE.finditer(text)
    ]


def _alike(
    before: Sequence[tuple[int, int, str]], after: Sequence[tuple[int, int, str]]
) -> tuple[int, int]:
    """How many sentences are the same at the beginning, and how many at the end."""
    shorter = min(len(before), len(after))
    first = 0
    while first < shorter and before[first][2] == after[first][2]:
        first += 1
    last = 0
    while last < shorter - first and before[-1 - last][2] == after[-1 - last][2]:
        last += 1
    return first, last


def _span(
    sentences: Sequence[tuple[int, int, str]], first: int, behind: int, text: str
) -> tuple[int, int]:
    """From where the first sentence begins to where the last ends; empty before the next one."""
    if first < behind:
        return sentences[first][0], sentences[behind - 1][1]
    place = sentences[first][0] if first < len(sentences) else len(text)
    return place, place
