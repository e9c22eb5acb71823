"""Who did what to which: "A revoked B" never settles whether B revoked A, nor whether A signed B.

The verbs are data. A text is read only as far as its first such verb; what stands before it and
after it are the names of orders and people there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.figures import figure_words, figures_in

_RELATIVE = re.compile(r"\b(?:that|which)\b(?!.*\b(?:was|were|is|been|got)\b)", re.IGNORECASE)
_BY = re.compile(r"\bby\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Act:
    """An act by its name, with those who did it and what it was done to; empty where unsaid."""

    name: str
    doers: frozenset[str]
    done_to: frozenset[str]


@lru_cache(maxsize=4096)
def act_in(text: str) -> Act | None:
    """The first act that `text` speaks of, or nothing."""
    found = [
        (match.start(), match.end(), name)
        for name, verbs in _acts()
        for match in [verbs.search(text)]
        if match
    ]
    if not found:
        return None
    start, end, name = min(found)
    before, after = text[:start], text[end:]
    by = _BY.search(after)
    if by:
        return Act(name, _names(after[by.end() :]), _names(before) | _names(after[: by.start()]))
    if _names(after):
        return Act(name, _names(before), _names(after))
    of_which = _RELATIVE.search(before)
    if of_which and _names(before[of_which.end() :]) and _names(before[: of_which.start()]):
        return Act(name, _names(before[of_which.end() :]), _names(before[: of_which.start()]))
    orders, people = figures_in(before).orders, figures_in(before).people
    return Act(name, people, orders)


def roles_agree(asked: str, says: str, *, doer_may_lack: bool) -> bool:
    """Whether a claim speaks of the act that was asked about, done to the same and by the same.

    `doer_may_lack`: what nobody did, the one asked about did not do either.
    """
    one, other = act_in(asked), act_in(says)
    if one is None or not (one.doers or one.done_to):
        return True
    if other is None or one.name != other.name:
        return False
    if one.done_to and other.done_to != one.done_to:
        return False
    return one.doers <= other.doers or (doer_may_lack and not other.doers)


def without_acts(asked: str, says: str) -> tuple[str, str]:
    """Both without the verb of the act that both speak of."""
    one, other = act_in(asked), act_in(says)
    if one is None or other is None or one.name != other.name:
        return asked, says
    verbs = dict(_acts())[one.name]
    return verbs.sub(" ", asked), verbs.sub(" ", says)


def _names(text: str) -> frozenset[str]:
    figures = figures_in(text)
    return figures.orders | figures.people


@lru_cache(maxsize=1)
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    acts = figure_words()["acts"]
    return tuple((name, re.compile("|".join(v), re.IGNORECASE)) for name, v in acts.items())
