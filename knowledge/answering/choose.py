"""The few statements that answer this question, in the order in which a person wants them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.answering.conversation import Ask
from knowledge.answering.identifiers import Identifiers
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.retrieval import Found, everyday_terms, terms_of
from knowledge.sources import DigestStatement

_FILE = Path(__file__).parents[1] / "data" / "answering" / "preferences.toml"
MOST = 3  # statements of one ask, status line not counted
_NEAR_TOP = 0.88  # a further statement scores at least this share of the first
_NEAR_ABOUT = 0.75  # share of the best score from which a follow-up's own subject comes first
_NEAR_MEANING = 0.8  # and its cosine at least this share
_SAME = 0.62  # overlap of terms from which two statements say the same
_ASIDE = frozenset(
    {"status", "contradiction", "contact", "unknown"}
)  # said when asked for, never in passing
_HERE, _ELSEWHERE = 0.12, 0.15


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question fixes beside its words: the day, and sources named by number."""

    as_of: date
    identifiers: Identifiers


@lru_cache(maxsize=1)
def _preferences() -> Mapping[str, float]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: float(value) for key, value in table["sources"].items()}


def candidates(ask: Ask, setting: Setting, library: Library) -> tuple[Found, ...]:
    """Statements found for `ask` that may be made on its day, best first."""
    query = f"{ask.text} ({ask.setting} agency)" if ask.setting else ask.text
    named = frozenset(setting.identifiers.sources)
    new = frozenset(terms_of(ask.new)) if ask.new != ask.text else frozenset[str]()
    fitting = [
        replace(
            item,
            score=item.score + _weight(item, ask, named) + _news(item, new, library),
        )
        for item in library.retriever.find(query, count=40)
        if holds_on(item.statement, setting.as_of, library.knowledge, named)
        and not _of_another_state(item.statement, ask)
    ]
    fitting.sort(key=lambda item: (-round(item.score, 6), item.statement.id))
    return tuple(fitting)


def topic_of(ask: Ask) -> frozenset[str]:
    """The weighty terms that a follow-up adds; none where the question stands by itself."""
    added = frozenset(terms_of(ask.new)) - everyday_terms()
    return added if ask.new != ask.text else frozenset()


def _of_another_state(statement: DigestStatement, ask: Ask) -> bool:
    return bool(ask.states and statement.state and statement.state not in ask.states)


def _weight(item: Found, ask: Ask, named: frozenset[str]) -> float:
    """What speaks for a statement beside its words: its source, the state, an order's number."""
    statement = item.statement
    weight = _preferences().get(statement.source, 0.0)
    if statement.state:
        weight += _HERE if statement.state in ask.states else -_ELSEWHERE
    if named and statement.kind != "status":  # what ended an order stands in another
        weight += 0.05 if statement.source in named else -0.08
    return weight


def _news(item: Found, new: frozenset[str], library: Library) -> float:
    """A follow-up is about what it adds: statements that hold its own words come first."""
    if not new:
        return 0.0
    around = library.retriever.words_around(item.statement)
    whole = library.retriever.weigh(new)
    return 0.15 * library.retriever.weigh(new & around) / whole if whole else 0.0


def choose(
    found: Sequence[Found],
    library: Library,
    *,
    first: DigestStatement | None = None,
    about: frozenset[str] = frozenset(),
) -> list[DigestStatement]:
    """Up to three statements: `first` or the best, then near ones that add something.

    After a first that settles the question one more is enough. `about` are terms of which a
    further statement must hold one.
    """
    if not found:
        return []
    chosen = [first or _most_about(found, about, library)]
    floor = found[0].score * _NEAR_TOP
    for item in found:
        if len(chosen) == (MOST - 1 if first else MOST) or item.score < floor:
            break
        near = item.meaning >= _NEAR_MEANING * found[0].meaning
        if near and _adds(item.statement, chosen, library, about):
            chosen.append(item.statement)
    return chosen


def _adds(
    statement: DigestStatement,
    chosen: list[DigestStatement],
    library: Library,
    about: frozenset[str],
) -> bool:
    if statement.kind in _ASIDE or _said(statement, chosen, library):
        return False
    return not about or bool(about & library.retriever.words_of(statement))


def _most_about(found: Sequence[Found], about: frozenset[str], library: Library) -> DigestStatement:
    """The best statement, but for a follow-up one near the best that speaks of what it adds."""
    near = [item for item in found if item.score >= found[0].score * _NEAR_ABOUT]
    speaking = (item for item in near if about & library.retriever.words_of(item.statement))
    return next(speaking, found[0]).statement


def _said(statement: DigestStatement, chosen: list[DigestStatement], library: Library) -> bool:
    words = library.retriever.words_of(statement)
    return any(
        statement.id == item.id
        or library.retriever.overlap(words, library.retriever.words_of(item)) >= _SAME
        for item in chosen
    )
