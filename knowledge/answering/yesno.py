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
_RIVAL = 0.025  # a claim this near that says the opposite leaves the question without an opening
NEAR_FIRST, _FIRST = 0.55, 3  # score that will do for a claim of the first statements
_LIGHT, _ALL_ASKED, _PUT_IN_MORE = 1.0, 0.15, 0.62  # all that was asked stands in the claim
_HEAVY = 3.4  # weight of a single word of the question that no claim may leave out


@dataclass(frozen=True, slots=True)
class Lead:
    """The opening of an answer and the statement that bears it out."""

    text: str
    statement: DigestStatement
    score: float


@dataclass(frozen=True, slots=True)
class _Axis:
    """`marked`: a claim that leans the other way answers only a question that touches the axis."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    marked: bool

    def side(self, text: str) -> int:
        """1, -1, or 0 where the text does not touch this axis or touches both ends."""
        return bool(self.one.search(text)) - bool(self.other.search(text))


@lru_cache(maxsize=1)
def _axes(path: Path = _FILE) -> tuple[_Axis, ...]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))["axis"]
    return tuple(
        _Axis(_any(entry["one"]), _any(entry["other"]), entry.get("marked", False))
        for entry in table
    )


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
    if not is_yes_no(ask.new) and not (ask.asserted and not _EITHER.search(ask.new)):
        return None
    fitting = [
        (score, claim, item.statement)
        for place, item in enumerate(found)
        for claim, score in item.claims
        if score >= _least(place) - _MARGIN and _fits(ask, claim, score, item.statement, retriever)
    ]
    fitting.sort(key=lambda entry: (-round(entry[0], 6), entry[2].id))
    if not fitting:
        return None
    score, claim, statement = fitting[0]
    says = _says_yes(ask, claim)
    for rival_score, rival, _ in fitting[1:]:
        if rival_score > score - _RIVAL and _says_yes(ask, rival) != says:
            return None
    turned = says != claim.holds
    return Lead(("Yes" if says else "No") if turned else claim.lead, statement, score)


def _least(place: int) -> float:
    """The score from which a claim of the statement at this place may be considered."""
    return NEAR_FIRST if place < _FIRST else NEAR


def _says_yes(ask: Ask, claim: DigestClaim) -> bool:
    """Whether the claim answers the question with yes.

    What is not mandatory is optional, and the other way round; no other axis can be turned so.
    """
    return claim.holds is not (ask.inverts is not _duty_turned(ask.text, claim.says))


def _duty_turned(asked: str, says: str) -> bool:
    duty = _axes()[0]
    return bool(duty.side(asked)) and duty.side(asked) == -duty.side(says)


def _fits(
    ask: Ask, claim: DigestClaim, score: float, statement: DigestStatement, retriever: Retriever
) -> bool:
    asked, says = ask.text.replace("\u2019", "'"), claim.says.replace("\u2019", "'")
    if not _lean_alike(asked, says) or _negated(asked, ask.asserted) != bool(_NOT.search(says)):
        return False
    if not _places_agree(ask, says, statement) or not _numbers_agree(asked, says, statement):
        return False
    if _kinds_in(asked) != _kinds_in(says):
        return False
    return _words_agree(asked, says, score, statement, retriever)


def _lean_alike(asked: str, says: str) -> bool:
    """Whether the claim leans as the question does on each axis it touches; duty may be turned."""
    turned = _duty_turned(asked, says)
    touched = [axis for axis in _axes()[turned:] if axis.side(asked)]
    for axis in _axes():
        if axis.marked and not axis.side(asked) and axis.side(says) < 0:
            return False
    return all(axis.side(asked) == axis.side(says) for axis in touched)


def _words_agree(
    asked: str, says: str, score: float, statement: DigestStatement, retriever: Retriever
) -> bool:
    """Whether no weighty word of the question is left out, and few of the claim are put in.

    A claim may say more than was asked when all that was asked stands in it.
    """
    duty = frozenset({"_mandatory_", "_discretionary_"} if _duty_turned(asked, says) else ())
    terms, claimed = frozenset(terms_of(asked)) - duty, frozenset(terms_of(says)) - duty
    left = terms - (claimed | retriever.words_of(statement))
    heaviest = max((retriever.weigh(frozenset([term])) for term in left), default=0)
    share = retriever.weigh(left) / (retriever.weigh(terms) or 1)
    put_in = _share_outside(claimed, terms, retriever)
    if heaviest <= _LIGHT and share <= _ALL_ASKED:
        return put_in <= _PUT_IN_MORE
    return (
        score >= NEAR - _MARGIN and heaviest <= _HEAVY and share <= _LEFT_OUT and put_in <= _PUT_IN
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


def _negated(question: str, asserted: bool) -> bool:
    """ "Isn't it required?" asks the same as "is it required?"; "it isn't, right?" does not."""
    return bool(_NOT.search(question if asserted else _ASKED_NOT.sub("", question)))


def _numbers_agree(asked: str, says: str, statement: DigestStatement) -> bool:
    """A number in the claim stands in the question, and one in the question in the claim, or in the
    statement where the claim has none; a year in the claim only. The order's own number and year
    may be left out."""
    free = {"13929", "2020"}
    in_asked, in_says = set(_NUMBER.findall(asked)) - free, set(_NUMBER.findall(says)) - free
    dated = statement.kind == "status"
    in_text = {n for n in _NUMBER.findall(statement.text) if dated or not _YEAR.match(n)}
    return in_says <= in_asked <= (in_says or in_text)
