"""Whether wordings of a gold case occur in what was said: spelling of quotes and spaces aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_FOLD = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2011": "-"})


def folded(text: str) -> str:
    """`text` in small letters, with plain quotation marks and single spaces."""
    return " ".join(text.translate(_FOLD).casefold().split())


def occurs(wording: str, text: str) -> bool:
    """Whether `wording` stands in `text` at the start of a word.

    It may break off inside a word ("incapacitat"), but not inside a number.
    """
    wanted = folded(wording)
    ending = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return re.search(rf"(?<!\w){re.escape(wanted)}{ending}", folded(text)) is not None


def share_told(facts: Sequence[Sequence[str]], text: str) -> float:
    """The share of facts of which at least one wording occurs; 1 when there are none."""
    told = [any(occurs(wording, text) for wording in fact) for fact in facts]
    return sum(told) / len(told) if told else 1.0


def untold(facts: Sequence[Sequence[str]], text: str) -> list[str]:
    """The first wording of each fact of which none occurs."""
    return [fact[0] for fact in facts if not any(occurs(wording, text) for wording in fact)]


def said(wordings: Iterable[str], text: str) -> list[str]:
    """Those wordings that occur."""
    return [wording for wording in wordings if occurs(wording, text)]
