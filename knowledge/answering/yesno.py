"""A yes or a no, where a claim of the knowledge base settles the question, and nowhere else.

The lead is the part of an answer that people act on. It is given only when the nearest claim is
near enough, leans the same way on every axis the question touches, is negated as the question
is, and leaves no weighty word of the question out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.answering.conversation import Ask
from knowledge.places import states_in
from knowledge.retrieval import Found, Retriever, terms_of
from knowledge.sources import DigestClaim, DigestStatement

_FILE = Path(__file__).parents[1] / "data" / "answering" / "polarity.toml"
_YES_NO = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|hi|hello|hey|then|also|please|quick question|just checking|"
    r"still|wait|well)\W+)*"
    r"(?:is|are|was|were|am|do|does|did|can|could|must|should|shall|will|would|has|have|had|may|"
    r"isn't|aren't|wasn't|don't|doesn't|didn't|can't|won't|es|está|debe|hay)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\bor\b(?! (?:are|is|in the process|started|seeking)\b)", re.IGNORECASE)
_NOT = re.compile(
    r"\b(?:not|no(?![-\u2011 ]knock)|never|without|neither|nor|cannot|none)\b|n't\b", re.IGNORECASE
)
_ASKED_NOT = re.compile(r"^\W*(?:\w+\W+){0,2}?\w+n't\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"20\d\d$")
NEAR = 0.66
_LEFT_OUT = 0.25  # share of the question's weight that the claim may leave out
_PUT_IN = 0.45  # share of the claim's weight that the question need not have
_MARGIN = 0.03
_HEAVY = 3.4  # weight of a single word of the question that no claim may leave out


@dataclass(frozen=True, slots=True)
class Lead:
    """The opening of an answer and the statement that bears it out."""

    text: str
    statement: DigestStatement
    score: float


@dataclass(frozen=True, slots=True)
class _Axis:
    one: re.Pattern[str]
    other: re.Pattern[str]

    def side(self, text: str) -> int:
        """1, -1, or 0 where the text does not touch this axis or touches both ends."""
        return bool(self.one.search(text)) - bool(self.other.search(text))


@lru_cache(maxsize=1)
def _axes(path: Path = _FILE) -> tuple[_Axis, ...]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))["axis"]
    return tuple(_Axis(_any(entry["one"]), _any(entry["other"])) for entry in table)


@lru_cache(maxsize=1)
def _kinds(path: Path = _FILE) -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))["kinds"]
    return {name: _any(cues) for name, cues in table.items()}


def _any(cues: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(cues), re.IGNORECASE)


def is_yes_no(text: str) -> bool:
    """Whether `text` can be answered with yes or no. A choice ("A or B?") cannot."""
    return bool(_YES_NO.search(text)) and not _EITHER.search(text)


def find_lead(ask: Ask, found: Sequence[Found], retriever: Retriever) -> Lead | None:
    """The lead of the answer to a yes/no question, or nothing when no claim surely settles it."""
    if not is_yes_no(ask.new):
        return None
    fitting = [
        (score, claim, item.statement)
        for item in found
        for claim, score in item.claims
        if score >= NEAR - _MARGIN and _fits(ask, claim, item.statement, retriever)
    ]
    fitting.sort(key=lambda entry: (-round(entry[0], 6), entry[2].id))
    if not fitting or fitting[0][0] < NEAR:
        return None
    score, claim, statement = fitting[0]
    for rival_score, rival, _ in fitting[1:]:
        if rival_score > score - _MARGIN and rival.holds != claim.holds:
            return None
    return Lead(_turned(claim) if ask.inverts else claim.lead, statement, score)


def _turned(claim: DigestClaim) -> str:
    """The opening for a question that asks the opposite of the claim."""
    return "No" if claim.holds else "Yes"


def _fits(ask: Ask, claim: DigestClaim, statement: DigestStatement, retriever: Retriever) -> bool:
    asked, says = ask.text.replace("\u2019", "'"), claim.says.replace("\u2019", "'")
    if any(axis.side(asked) != axis.side(says) for axis in _axes() if axis.side(asked)):
        return False
    if _negated(asked) != bool(_NOT.search(says)):
        return False
    if not _places_agree(ask, says, statement) or not _numbers_agree(asked, says, statement):
        return False
    if _kinds_in(asked) != _kinds_in(says):
        return False
    terms, claimed = frozenset(terms_of(asked)), frozenset(terms_of(says))
    held = claimed | frozenset(terms_of(statement.text))
    return (
        max((retriever.weigh(frozenset([term])) for term in terms - held), default=0) <= _HEAVY
        and _share_outside(terms, held, retriever) <= _LEFT_OUT
        and _share_outside(claimed, terms, retriever) <= _PUT_IN
    )


def _places_agree(ask: Ask, says: str, statement: DigestStatement) -> bool:
    """States of the claim are those asked about, and one named in the question is in the claim."""
    of_claim = {*states_in(says), *states_in(statement.text), statement.state} - {None}
    return set(states_in(says)) <= set(ask.states) and set(states_in(ask.new)) <= of_claim


def _kinds_in(text: str) -> frozenset[str]:
    """The kinds of agency that `text` speaks of: what holds for one kind need not for another."""
    return frozenset(name for name, cue in _kinds().items() if cue.search(text))


def _share_outside(terms: frozenset[str], others: frozenset[str], retriever: Retriever) -> float:
    """The share of the weight of `terms` that `others` do not hold, 0 to 1."""
    whole = retriever.weigh(terms)
    return retriever.weigh(terms - others) / whole if whole else 0.0


def _negated(question: str) -> bool:
    """ "Isn't it required?" asks the same as "is it required?"."""
    return bool(_NOT.search(_ASKED_NOT.sub("", question)))


def _numbers_agree(asked: str, says: str, statement: DigestStatement) -> bool:
    """A number in the claim stands in the question, and one in the question in the claim, or in the
    statement where the claim has none; a year in the claim only. The order's own number and year
    may be left out."""
    free = {"13929", "2020"}
    in_asked, in_says = set(_NUMBER.findall(asked)) - free, set(_NUMBER.findall(says)) - free
    in_text = {number for number in _NUMBER.findall(statement.text) if not _YEAR.match(number)}
    return in_says <= in_asked <= (in_says or in_text)
