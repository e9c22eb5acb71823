"""When what was found does not answer: say which kind of not knowing it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.choose import Setting
from knowledge.answering.conversation import Ask
from knowledge.answering.identifiers import Identifiers
from knowledge.answering.library import Library
from knowledge.answering.plain import is_spanish
from knowledge.answering.wording import open_choices, refusal
from knowledge.retrieval import Found, everyday_terms, terms_of
from knowledge.sources import DigestStatement
from knowledge.types import Abstention, AbstentionKind

ANSWER_FROM = 0.56  # score of the best statement under which nothing is answered
FIELD_FROM = 0.45  # score under which the question is not of this field
_COVERED = 0.4  # share of the question's weight that the best statement must account for
_ALL = 0.85  # a share so large that a lower score will do
_ALL_FROM = 0.5
_CLOSE = 0.72  # cosine from which words not accounted for no longer matter
_SAYS_SOMETHING = 1.7  # weight of its words from which a question says what it is about
_WORTH_OFFERING = 0.3  # score from which a statement's question is offered instead
_SURE = 0.75  # score or cosine that a question with a word from elsewhere needs


@dataclass(frozen=True, slots=True)
class Declined:
    """An abstention with the statements that may still be shown beside it."""

    abstention: Abstention
    statements: tuple[DigestStatement, ...] = ()


def decline(
    ask: Ask,
    identifiers: Identifiers,
    found: Sequence[Found],
    setting: Setting,
    library: Library,
) -> Declined | None:
    """The reason not to answer `ask`, or nothing when the best statement found may answer."""
    if identifiers.unknown and not identifiers.sources:
        number = identifiers.unknown[0]
        return _declined(AbstentionKind.NOT_IN_SOURCES, "not_in_sources_order", number=number)
    if identifiers.missing and not identifiers.sections:
        return _no_section(identifiers, library)
    if not found:
        return _nothing_that_day(setting, library)
    if _vague(ask, library) and not identifiers.sources:
        choices = _choices(found)
        wording = "ambiguous" if choices else "ambiguous_open"
        return _declined(AbstentionKind.AMBIGUOUS, wording, choices=choices or open_choices())
    best = found[0]
    foreign = library.retriever.foreign(frozenset(terms_of(ask.text)))
    if identifiers.sections or _answers(best, bool(foreign)):
        return None
    if is_spanish(ask.text):
        return _declined(AbstentionKind.NOT_IN_SOURCES, "other_language", choices=_choices(found))
    if best.score < (ANSWER_FROM if foreign else FIELD_FROM) and not _names_the_field(ask):
        return _declined(AbstentionKind.OUT_OF_SCOPE, "out_of_scope")
    return _declined(AbstentionKind.NOT_IN_SOURCES, "not_in_sources", choices=_choices(found))


def _answers(best: Found, foreign: bool) -> bool:
    """Whether the best statement found accounts for the question."""
    if foreign and max(best.score, best.meaning) < _SURE:
        return False
    if best.score >= _ALL_FROM and best.cover >= _ALL and not foreign:
        return True
    return best.score >= ANSWER_FROM and (best.cover >= _COVERED or best.meaning >= _CLOSE)


def _names_the_field(ask: Ask) -> bool:
    """Whether a word that stands for this field alone is in the question."""
    return bool(frozenset(terms_of(ask.text)) & frozenset(terms_of("certification EO 13929")))


def _vague(ask: Ask, library: Library) -> bool:
    """A question of one common word and a pronoun, with nothing before it."""
    terms = set(terms_of(ask.text))
    weighty = library.retriever.weigh(frozenset(terms) - everyday_terms())
    if not ask.states and not ask.setting and weighty < _SAYS_SOMETHING:
        return True
    points = re.search(r"\b(?:it|that|this|they|them|those|these)\b", ask.text, re.IGNORECASE)
    return not terms or (len(terms) == 1 and bool(points) and not ask.states)


def _no_section(identifiers: Identifiers, library: Library) -> Declined:
    key = identifiers.sources[0] if identifiers.sources else "eo-13929"
    title = library.knowledge.sources[key].short_title
    return _declined(
        AbstentionKind.NOT_IN_SOURCES,
        "not_in_sources_section",
        title=title,
        pinpoint=identifiers.missing[0],
    )


def _nothing_that_day(setting: Setting, library: Library) -> Declined:
    held = library.knowledge.statements.values()
    first = next((item for item in held if item.source == "eo-13929"), None)
    reason = refusal("not_in_sources_day", as_of=setting.as_of)
    abstention = Abstention(AbstentionKind.NOT_IN_SOURCES, reason)
    return Declined(abstention, (first,) if first else ())


def _choices(found: Sequence[Found]) -> tuple[str, ...]:
    """Up to three questions that the nearest statements answer."""
    near = [item for item in found if item.score >= _WORTH_OFFERING]
    asks = (_readable(item.statement.asks) for item in near)
    return tuple(dict.fromkeys(ask for ask in asks if ask))[:3]


def _readable(asks: Sequence[str]) -> str:
    """The first of a statement's questions that is put as a question."""
    return next((ask for ask in asks if ask.endswith("?") and ask[0].isupper()), "")


def _declined(
    kind: AbstentionKind, wording: str, choices: tuple[str, ...] = (), **parts: object
) -> Declined:
    return Declined(Abstention(kind, refusal(wording, **parts), choices))
