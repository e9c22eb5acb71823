"""Whether a claim settles a yes/no question: everything that was asked has to be understood by it.

A true claim may say more than was asked, never less; a false one may say less, never more: that
"every notice requires it" is false says nothing of one notice. What counts as small talk, as the
subject that is taken for granted, and as the same word is data.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path

from knowledge.answering.conversation import Ask
from knowledge.answering.figures import Figures, figures_in, without_figures
from knowledge.answering.identifiers import as_meant
from knowledge.answering.roles import act_in, roles_agree, without_acts
from knowledge.places import states_in
from knowledge.retrieval import Retriever, terms_of
from knowledge.retrieval.terms import stem
from knowledge.sources import DigestClaim, DigestStatement

_FILE = Path(__file__).parents[1] / "data" / "answering" / "polarity.toml"
_NOT = re.compile(
    r"\b(?:not|no(?![-\u2011 ]knock)|never|without|neither|nor|cannot|none)\b|n't\b", re.IGNORECASE
)
_ASKED_NOT = re.compile(r"^\W*(?:\w+\W+){0,2}?\w+n't\b", re.IGNORECASE)
_OF_THE_ORDER = re.compile(r"^\W*(?:\w+\W+){0,2}(?:does|did|has|do) (?:the )?EO 13929\b", re.IGNORECASE)
_UNDER = re.compile(r"\b(?:under|satisf\w+|meets?) EO 13929\b|\bEO 13929 (?:certif|cover|appl)", re.IGNORECASE)
_MAY = re.compile(
    r"\b(?:can|could|may(?! \d)|might|able|possible|allow\w*|permit\w*|legal|lawful|ok(?:ay)?|fine|al ?right|"
    r"acceptable)\b",
    re.IGNORECASE,
)  # that something may be says nothing of whether it is
_TOPIC = "13929"  # the order that is meant where none is named
_MENTION = "mention"
_PUT_IN = 0.55  # share of a true claim's weight that the question need not have


class Settled(Enum):
    """What a claim does to a question: settles it, says that another value is the right one."""

    AS_SAID = "as said"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Axis:
    """`marked`: a claim that leans the other way answers only a question that touches the axis."""

    one: re.Pattern[str]
    other: re.Pattern[str]
    marked: bool

    def side(self, text: str) -> int:
        """1, -1, or 0 where the text does not touch this axis or touches both ends."""
        return bool(self.one.search(text)) - bool(self.other.search(text))

    def both(self, text: str) -> bool:
        """Whether `text` touches both ends, as "the revocation is still in effect" does."""
        return bool(self.one.search(text)) and bool(self.other.search(text))

    def without(self, text: str) -> str:
        """`text` without the words that lean."""
        return self.other.sub(" ", self.one.sub(" ", text))


@dataclass(frozen=True, slots=True)
class _Words:
    neutral: frozenset[str]
    assumed: frozenset[str]
    weighty: frozenset[str]
    same: Mapping[str, str]
    alike: tuple[tuple[re.Pattern[str], str], ...]

    def put_alike(self, text: str) -> str:
        """`text` with phrases that say the same put in the same words."""
        for cue, reads in self.alike:
            text = cue.sub(reads, text)
        return text

    def one_of_each(self, text: str) -> frozenset[str]:
        """The terms of `text`, words that say the same as one, numbers of orders left out."""
        found = (self.same.get(term, term) for term in terms_of(without_figures(text)))
        return frozenset(t for t in found if not t.isdigit() and not t.startswith("_eo"))


def settled(
    ask: Ask, claim: DigestClaim, statement: DigestStatement, retriever: Retriever
) -> Settled | None:
    """What `claim` does to `ask`; nothing where it does not surely settle it."""
    asked, says = as_compared(ask.text), as_compared(_of_topic(claim.says))
    if not _lean_alike(asked, says, strictly=not claim.holds) or _negated(asked, ask.asserted) != bool(_NOT.search(says)):
        return None
    if claim.holds and _MAY.search(says) and not _MAY.search(asked):
        return None
    if not _places_agree(ask, says, statement) or _kinds_in(asked) != _kinds_in(says):
        return None
    how = _figures_settle(asked, replace(claim, says=says), statement)
    if how is None or not _words_agree(ask, says, claim, statement, retriever, how):
        return None
    return how


def _of_topic(says: str) -> str:
    """A claim on "the order" as one on the order that is meant; a misprinted number stays."""
    return says if figures_in(says).orders else as_meant(says)


@lru_cache(maxsize=4096)
def as_compared(text: str) -> str:
    """`text` as it is compared."""
    return _words().put_alike(text.replace("\u2019", "'"))


def duty_turned(asked: str, says: str) -> bool:
    """Whether one says required and the other optional: what is not mandatory is optional."""
    duty = axes()[0]
    return bool(duty.side(asked)) and duty.side(asked) == -duty.side(says)


@lru_cache(maxsize=1)
def axes(path: Path = _FILE) -> tuple[Axis, ...]:
    """The axes of the data, that of duty first."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))["axis"]
    return tuple(Axis(_any(e["one"]), _any(e["other"]), e.get("marked", False)) for e in table)


@lru_cache(maxsize=1)
def _kinds(path: Path = _FILE) -> Mapping[str, re.Pattern[str]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))["kinds"]
    return {name: _any(cues) for name, cues in table.items()}


@lru_cache(maxsize=1)
def _words(path: Path = _FILE) -> _Words:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    same = {
        term: group[0]
        for group in ([_term(word) for word in each["words"]] for each in table["same"])
        for term in group
    }
    said = {name: table[name]["words"].split() for name in ("neutral", "assumed", "weighty")}
    read = {
        name: frozenset(same.get(term, term) for term in map(_term, words))
        for name, words in said.items()
    }
    alike = tuple((re.compile(e["cue"], re.IGNORECASE), e["reads"]) for e in table["alike"])
    return _Words(**read, same=same, alike=alike)


def _term(word: str) -> str:
    return word if word.startswith("_") else (terms_of(word) or [stem(word)])[0]


def _any(cues: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(cues), re.IGNORECASE)


def _lean_alike(asked: str, says: str, *, strictly: bool) -> bool:
    """Whether the claim leans as the question does on each axis it touches; duty may be turned.

    `strictly`: on each axis that the claim touches, too; on that of duty this goes for every claim.
    """
    turned = duty_turned(asked, says)
    if not axes()[0].side(asked) and axes()[0].side(says):
        return False
    for axis in axes()[turned:]:
        side = axis.side(asked)
        if strictly and not side and axis.side(says):
            return False
        if side and side != axis.side(says):
            return False
        if axis.both(asked) and not axis.both(says):
            return False
        if axis.marked and not side and axis.side(says) < 0:
            return False
    return True


def _figures_settle(
    asked: str, claim: DigestClaim, statement: DigestStatement
) -> Settled | None:
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
    )
    return Settled.AS_SAID if fits else None


def _another_value(asked: str, says: str, one: Figures, other: Figures) -> bool:
    """Whether the question puts another number, month, person or doer in the place of the claim's."""
    act, acted = act_in(asked), act_in(says)
    if (act is None) != (acted is None) and one.orders:
        return False
    if act and acted:
        if act.name != acted.name or act.done_to != acted.done_to:
            return False
        if act.doers and acted.doers and not act.doers & acted.doers:
            return not one.numbers and not one.months
    elif not one.orders <= other.orders | {_TOPIC}:
        return False
    pairs = ((one.numbers, other.numbers), (one.months, other.months), (one.people, other.people))
    if any(mine and not its for mine, its in pairs) or one.units != other.units:
        return False
    return any(mine - its for mine, its in pairs)


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


def _words_agree(
    ask: Ask,
    says: str,
    claim: DigestClaim,
    statement: DigestStatement,
    retriever: Retriever,
    how: Settled,
) -> bool:
    """Whether every word of the question is the claim's, its statement's, or small talk; and
    whether a claim that is false, or of which one value is exchanged, says nothing unasked."""
    asked = as_compared(ask.text)
    new = as_compared(ask.new) if ask.new != ask.text else asked
    terms_new = _words().one_of_each(_bare(new, says)[0])
    asked, says = _bare(asked, says)
    words = _words()
    terms, claimed = words.one_of_each(asked), words.one_of_each(says)
    around = claimed | words.one_of_each(statement.text)
    known = claimed if how is Settled.OTHERWISE else around
    taken = words.assumed if claimed & words.assumed else frozenset()
    if _tells_of(claim, says):  # what an order does, it mentions
        taken |= {_MENTION}
    if (terms & terms_new) - known - words.neutral - taken or not (terms & claimed or _shares_order(asked, says)):
        return False
    unasked = claimed - terms - words.neutral - words.assumed
    if not claim.holds or how is Settled.OTHERWISE or _NOT.search(says):
        return not unasked
    if unasked & words.weighty:
        return False
    return _share(unasked, claimed, retriever) <= _PUT_IN


def _tells_of(claim: DigestClaim, says: str) -> bool:
    """Whether a claim tells what an order does."""
    return claim.holds and not _NOT.search(says) and bool(re.match(r"\W*EO \d{5}\b", says))


def _shares_order(asked: str, says: str) -> bool:
    return bool(figures_in(asked).orders & figures_in(says).orders)


def _bare(asked: str, says: str) -> tuple[str, str]:
    """Both without what they were found to agree on: acts, and words that lean alike."""
    asked, says = without_acts(asked, says)
    for axis in axes():
        if axis.side(asked) and axis.side(says):
            asked, says = axis.without(asked), axis.without(says)
    return asked, says


def _places_agree(ask: Ask, says: str, statement: DigestStatement) -> bool:
    """States of the claim are those asked about, and one named in the question is in the claim."""
    of_claim = {*states_in(says), *states_in(statement.text), statement.state} - {None}
    return set(states_in(says)) <= set(ask.states) and set(states_in(ask.new)) <= of_claim


def _kinds_in(text: str) -> frozenset[str]:
    """The kinds of agency that `text` speaks of: what holds for one kind need not for another."""
    return frozenset(name for name, cue in _kinds().items() if cue.search(text))


def _share(terms: frozenset[str], whole: frozenset[str], retriever: Retriever) -> float:
    """The share of the weight of `whole` that `terms` have, 0 to 1."""
    return retriever.weigh(terms) / (retriever.weigh(whole) or 1.0)


def _negated(question: str, asserted: bool) -> bool:
    """ "Isn't it required?" asks the same as "is it required?"; "it isn't, right?" does not."""
    return bool(_NOT.search(question if asserted else _ASKED_NOT.sub("", question)))
