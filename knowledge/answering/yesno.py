"""A yes or a no, where a claim of the knowledge base settles the question, and nowhere else.

The lead is the part of an answer that people act on. It is given only when the nearest claim is
near enough and surely settles what was asked (`agree`); two near claims that disagree give none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.agree import Settled, settled
from knowledge.answering.axes import duty_turned
from knowledge.answering.conversation import Ask
from knowledge.answering.roles import act_in
from knowledge.answering.truth import judges
from knowledge.answering.wording import notice
from knowledge.dates import without_day
from knowledge.retrieval import Found, Retriever
from knowledge.sources import DigestClaim, DigestStatement

_YES_NO = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|hi|hello|hey|then|also|please|quick question|just checking|"
    r"still|wait|well)\W+)*"
    r"(?:is|are|was|were|am|do|does|did|can|could|must|should|shall|will|would|has|have|had|may|"
    r"isn't|aren't|wasn't|don't|doesn't|didn't|can't|won't|es|est\u00e1|debe|hay)\b",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"\W*(?:(?:what|which|who|whom|how|why)\b|(?:when|where)\W+(?:is|are|was|were|do|does|did|can|will)\b)",
    re.IGNORECASE,
)
_THEN_WHETHER = re.compile(
    r"[,?;]\s*(?:and |or |so )?(?:is|are|was|can|could|do|does|did|must|may|will|would|has|have)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\bor\b(?! (?:are|is|in the process|started|seeking)\b)", re.IGNORECASE)
_CERTAIN = re.compile(r"(?:Yes|No)(?:$|[,:])")  # "not known" cannot be turned round
_QUALIFIED = re.compile(r"\b(?:though|except|or having|but|unless|where|if|until)\b", re.IGNORECASE)
NEAR = 0.5  # score of a claim from which it may open an answer
NEAR_FIRST, _FIRST = 0.4, 3  # score that will do for a claim of the first statements
_RIVAL = 0.025  # a claim this near that says the opposite leaves the question without an opening


@dataclass(frozen=True, slots=True)
class Lead:
    """The opening of an answer and the statement that bears it out."""

    text: str
    statement: DigestStatement
    score: float


@dataclass(frozen=True, slots=True)
class _Near:
    """A claim that settles the question, and how."""

    score: float
    claim: DigestClaim
    statement: DigestStatement
    how: Settled

    def says_yes(self, ask: Ask) -> bool:
        """Whether the claim answers the question with yes.

        What is not mandatory is optional, and the other way round; no other axis can be turned so.
        """
        holds = self.claim.holds and self.how is Settled.AS_SAID
        turned = ask.inverts is not duty_turned(ask.text, self.claim.says)
        return holds is not (turned is not ask.judged_false)

    def opening(self, ask: Ask) -> str | None:
        """How the answer opens: as the claim is put, or turned round where it says yes or no."""
        yes = self.says_yes(ask)
        lead = self.claim.lead
        as_put = not ask.judged_false and not ask.inverts and yes == self.claim.holds
        if not as_put and (not _CERTAIN.match(lead) or _QUALIFIED.search(lead)):
            return None
        if ask.judged_false:
            return notice("judged_false" if yes else "judged_true")
        if not as_put:
            alone = self.how is Settled.AS_SAID or ask.inverts
            return ("Yes" if yes else "No") if alone else f"No, {self.claim.sole}"
        return lead


def is_yes_no(text: str) -> bool:
    """Whether `text` can be answered with yes or no. A choice ("A or B?") cannot."""
    return bool(_YES_NO.search(text)) and not _EITHER.search(text)


def _asks_otherwise(ask: Ask) -> bool:
    """Whether `ask` as typed wants another word than yes or no: a thing, a reason, a day."""
    if _WHAT.match(ask.said) and not _THEN_WHETHER.search(ask.said):
        return True
    # the day that was taken for the day of the answer may be what is asked
    return act_in(ask.text) is not None and without_day(ask.said) != ask.said


def find_lead(ask: Ask, found: Sequence[Found], retriever: Retriever) -> Lead | None:
    """The lead of the answer to a yes/no question, or nothing when no claim surely settles it."""
    if not is_yes_no(ask.new) and not (ask.asserted and not _EITHER.search(ask.new)):
        return None
    if judges(ask.text) or (not ask.premise and _asks_otherwise(ask)):
        return None
    near = [
        _Near(score, claim, item.statement, how)
        for place, item in enumerate(found)
        for claim, score in item.claims
        if score >= (NEAR_FIRST if place < _FIRST else NEAR)
        and (how := settled(ask, claim, item.statement, retriever))
    ]
    near.sort(key=lambda one: (-round(one.score, 6), one.statement.id))
    if not near:
        return None
    best = near[0]
    for rival in near[1:]:
        if rival.score > best.score - _RIVAL and rival.says_yes(ask) != best.says_yes(ask):
            return None
    opening = best.opening(ask)
    return Lead(opening, best.statement, best.score) if opening else None
