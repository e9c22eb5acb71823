"""Whether a claim settles a yes/no question, or tells that another value is the right one.

Both must lean alike, be negated alike, speak of the same places, kinds, orders, numbers, people and
times, and the claim must account for every word that was asked (`understood`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from functools import lru_cache

from knowledge.answering.axes import any_of, axes, duty_turned, polarity, sides_of
from knowledge.answering.conversation import Ask
from knowledge.answering.figures import Figures, figures_in
from knowledge.answering.identifiers import as_meant
from knowledge.answering.roles import act_in, roles_agree
from knowledge.answering.understood import NOT, as_compared, words_agree
from knowledge.places import states_in
from knowledge.retrieval import Retriever
from knowledge.sources import DigestClaim, DigestStatement

_ASKED_NOT = re.compile(r"^\W*(?:\w+\W+){0,2}?\w+n't\b", re.IGNORECASE)
_OF_THE_ORDER = re.compile(
    r"^\W*(?:\w+\W+){0,2}(?:does|did|has|do) (?:the )?EO 13929\b", re.IGNORECASE
)
_UNDER = re.compile(
    r"\b(?:under|satisf\w+|meets?) EO 13929\b|\bEO 13929 (?:certif|cover|appl)", re.IGNORECASE
)
_MAY = re.compile(
    r"\b(?:can|could|may(?! \d)|might|able|possible|allow\w*|permit\w*|legal|lawful|ok(?:ay)?|fine|"
    r"al ?right|acceptable)\b",
    re.IGNORECASE,
)  # that something may be says nothing of whether it is
_NOW = re.compile(r"\b(?:still|now|today|currently|any ?more|nowadays|these days)\b", re.IGNORECASE)
_TODAY = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:do|does|is|are|must|need|am|has|have)\b", re.IGNORECASE
)
_WAS = re.compile(r"\b(?:was|were|had|applied|covered)\b", re.IGNORECASE)
_TOPIC = "13929"  # the order that is meant where none is named


class Settled(Enum):
    """What a claim does to a question: settles it, says that another value is the right one."""

    AS_SAID = "as said"
    OTHERWISE = "otherwise"


def settled(
    ask: Ask, claim: DigestClaim, statement: DigestStatement, retriever: Retriever
) -> Settled | None:
    """What `claim` does to `ask`; nothing where it does not surely settle it."""
    asked, says = as_compared(ask.text), as_compared(_of_topic(claim.says))
    if not _lean_alike(asked, says, strictly=not claim.holds):
        return None
    if _negated(asked, ask.asserted) != bool(NOT.search(says)):
        return None
    if claim.holds and _only_may(asked, says):
        return None
    if (claim.holds or duty_turned(asked, says)) and _of_then(asked, claim, statement):
        return None
    if not _places_agree(ask, says, statement) or _kinds_in(asked) != _kinds_in(says):
        return None
    how = _figures_settle(asked, replace(claim, says=says), statement)
    if how is None or not words_agree(
        ask, replace(claim, says=says), statement, retriever, exchanged=how is Settled.OTHERWISE
    ):
        return None
    return how


def _of_topic(says: str) -> str:
    """A claim on "the order" as one on the order that is meant; a misprinted number stays."""
    return says if figures_in(says).orders else as_meant(says)


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, re.Pattern[str]]:
    return {name: any_of(cues) for name, cues in polarity()["kinds"].items()}


def _lean_alike(asked: str, says: str, *, strictly: bool) -> bool:
    """Whether the claim leans as the question does on each axis it touches; duty may be turned.

    `strictly`: on each axis that the claim touches, too; on that of duty this goes for every claim.
    """
    turned = duty_turned(asked, says)
    mine, its = sides_of(asked), sides_of(says)
    if its[0] and not mine[0]:
        return False
    for place, axis in enumerate(axes()[turned:], start=turned):
        if mine[place] and mine[place] != its[place]:
            return False
        if its[place] and not mine[place] and (strictly or (axis.marked and its[place] < 0)):
            return False
        if axis.both(asked) and not axis.both(says):
            return False
    return True


def _figures_settle(asked: str, claim: DigestClaim, statement: DigestStatement) -> Settled | None:
    """Whether the orders, numbers, months and people of both agree, or differ in one value alone
    where the claim's own is the only right one."""
    one, other = figures_in(asked), figures_in(claim.says)
    if claim.sole and _another_value(asked, claim.says, one, other):
        return Settled.OTHERWISE
    if not _orders_agree(asked, one, other, claim) or not _roles_fit(asked, claim):
        return None
    told = figures_in(statement.text) if _dated(asked, claim, statement) else Figures.none()
    fits = (
        one.numbers <= other.numbers | told.numbers
        and one.months <= other.months | told.months
        and one.people - _doers_of_nothing(asked, claim) <= other.people
        and (claim.sole or (other.numbers <= one.numbers and other.months <= one.months))
        and (claim.holds or other.people <= one.people)
        and not one.miscounts(other)
        and one.units >= (other.units if claim.sole else frozenset())
        and (not claim.sole or not other.numbers or one.numbers or act_in(asked) is not None)
    )
    return Settled.AS_SAID if fits else None


def _another_value(asked: str, says: str, one: Figures, other: Figures) -> bool:
    """Whether the question puts another number, month, person or doer in the claim's place."""
    act, acted = act_in(asked), act_in(says)
    if (act is None) != (acted is None) and one.orders:
        return False
    if act and acted:
        if act.name != acted.name or act.done_to != acted.done_to:
            return False
        if act.doers and acted.doers and not act.doers & acted.doers:
            return one.numbers <= other.numbers and one.months <= other.months
    elif not one.orders <= other.orders | {_TOPIC}:
        return False
    pairs = ((one.numbers, other.numbers), (one.months, other.months), (one.people, other.people))
    if any(mine and not its for mine, its in pairs) or one.units != other.units:
        return False
    return any(mine - its for mine, its in pairs)


def _only_may(asked: str, says: str) -> bool:
    """Whether a claim says that something may be, and the question whether it is."""
    return bool(_MAY.search(says)) and not _MAY.search(asked)


def _of_then(asked: str, claim: DigestClaim, statement: DigestStatement) -> bool:
    """Whether a question about today meets a claim on a past time that does not say so."""
    if statement.kind == "status" or figures_in(asked).numbers or re.search(r"\d", claim.lead):
        return False
    if _NOW.search(asked) and not _NOW.search(claim.says):
        return True
    of_duty = bool(sides_of(asked)[0])
    return of_duty and bool(_TODAY.search(asked)) and bool(_WAS.search(claim.says))


def _doers_of_nothing(asked: str, claim: DigestClaim) -> frozenset[str]:
    """Those asked about as the doers of what, as the claim tells, nobody did."""
    act = act_in(asked)
    return act.doers if act and not claim.holds else frozenset()


def _orders_agree(asked: str, one: Figures, other: Figures, claim: DigestClaim) -> bool:
    """An order that was asked about stands in the claim, and no other order does unasked."""
    unsaid, unasked = one.orders - other.orders, other.orders - one.orders
    unsaid -= _doers_of_nothing(asked, claim)
    topic = {_TOPIC} if not other.orders and not _OF_THE_ORDER.search(asked) else set()
    if unsaid - topic:
        return False
    free = {_TOPIC} if not one.orders and (claim.holds or _UNDER.search(claim.says)) else set()
    return (claim.holds and bool(one.orders)) or unasked <= free


def _roles_fit(asked: str, claim: DigestClaim) -> bool:
    return roles_agree(asked, claim.says, doer_may_lack=not claim.holds)


def _dated(asked: str, claim: DigestClaim, statement: DigestStatement) -> bool:
    """Whether a day of the statement is the day of what was asked: it tells of that act alone."""
    return claim.holds and (statement.kind == "status" or act_in(asked) is not None)


def _places_agree(ask: Ask, says: str, statement: DigestStatement) -> bool:
    """States of the claim are those asked about, and one named in the question is in the claim."""
    of_claim = {*states_in(says), *states_in(statement.text), statement.state} - {None}
    return set(states_in(says)) <= set(ask.states) and set(states_in(ask.new)) <= of_claim


@lru_cache(maxsize=8192)
def _kinds_in(text: str) -> frozenset[str]:
    """The kinds of agency that `text` speaks of: what holds for one kind need not for another."""
    return frozenset(name for name, cue in _kinds().items() if cue.search(text))


def _negated(question: str, asserted: bool) -> bool:
    """ "Isn't it required?" asks the same as "is it required?"; "it isn't, right?" does not."""
    return bool(NOT.search(question if asserted else _ASKED_NOT.sub("", question)))
