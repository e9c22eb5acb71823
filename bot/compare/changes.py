"""Which verdicts differ between two versions, and the edit that makes each of them differ.

An edit decides a verdict when the text with every change up to it has the new verdict and the
text without it has not. That is looked for by halving, so a long policy takes a dozen reviews.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.compare.edits import Edit, find_edits, mixture, only
from knowledge.reading import Document
from knowledge.types import Review, Verdict

Judge = Callable[[str], Review]


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that differs. `edit` decides it; `alone`: it does so without the others."""

    standard: str
    title: str
    mandatory: bool
    old: Verdict
    new: Verdict
    edit: Edit
    alone: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions with their reviews, every edit, and every verdict that differs."""

    old: Document
    new: Document
    before: Review
    after: Review
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]


def compare(old: Document, new: Document, judge: Judge) -> Comparison:
    """What differs between the versions; `judge` reviews a text, as of one day throughout."""
    edits = find_edits(old.text, new.text)
    verdicts = _Verdicts(old.text, new.text, edits, judge)
    before, after = verdicts.review(0), verdicts.review(len(edits))
    changes = [
        _change(verdicts, edits, place, judge)
        for place, (was, is_now) in enumerate(zip(before.findings, after.findings, strict=True))
        if was.verdict is not is_now.verdict
    ]
    return Comparison(old, new, before, after, tuple(edits), tuple(changes))


class _Verdicts:
    """Reviews of the texts between old and new; each is made once."""

    def __init__(self, old: str, new: str, edits: list[Edit], judge: Judge) -> None:
        self.old, self.new, self._edits, self._judge = old, new, edits, judge
        self._made: dict[int, Review] = {}

    def review(self, count: int) -> Review:
        """The review of the old text with the first `count` edits."""
        if count not in self._made:
            self._made[count] = self._judge(self._text(count))
        return self._made[count]

    def _text(self, count: int) -> str:
        if count == len(self._edits):
            return self.new
        return mixture(self.old, self.new, self._edits[count - 1]) if count else self.old


def _change(verdicts: _Verdicts, edits: list[Edit], place: int, judge: Judge) -> Change:
    before = verdicts.review(0).findings[place]
    wanted = verdicts.review(len(edits)).findings[place].verdict
    without, including = 0, len(edits)  # the verdict differs at the first and is there at the last
    while including - without > 1:
        middle = (without + including) // 2
        if verdicts.review(middle).findings[place].verdict is wanted:
            including = middle
        else:
            without = middle
    edit = edits[including - 1]
    lone = judge(only(verdicts.old, verdicts.new, edit)).findings[place].verdict
    return Change(
        before.standard, before.title, before.mandatory, before.verdict, wanted, edit,
        lone is wanted,
    )  # fmt: skip
