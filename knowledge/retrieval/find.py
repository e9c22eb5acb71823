"""A question to the digest statements that may answer it, each with how sure we are.

A statement is found through any of its rows: its own words, the questions it is known to answer
and the yes/no claims it settles. Retrieval proposes; what is shown is always the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.places import look_like_states, state_names
from knowledge.retrieval.lexical import Wording
from knowledge.retrieval.spelling import Speller
from knowledge.retrieval.terms import everyday_terms, everyday_words, load_vocabulary, terms_of
from knowledge.sources import DigestClaim, DigestStatement, Knowledge
from knowledge.statelaw import is_state_law

Nearest = Callable[[str, int], Sequence[tuple[str, str, float]]]
"""(query, count) -> (statement id, the row's text, cosine), best first."""

_DENSE_ROWS = 40
_LEXICAL_ROWS = 30
_MEANING, _ROW, _COVER = 0.5, 0.3, 0.2
_EVERYDAY = 0.6  # the most that a word of everyday talk or the name of a state weighs


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with the parts of its score, each 0 to 1; `score` is their weighted sum.

    `meaning` is the cosine of the nearest row, `row` the overlap of terms with the best row,
    `cover` the share of the question's weight that the statement's words account for. `claims`
    are the statement's yes/no claims, each with its own score.
    """

    statement: DigestStatement
    score: float
    meaning: float
    row: float
    cover: float
    claims: tuple[tuple[DigestClaim, float], ...] = ()


@dataclass(frozen=True, slots=True)
class _Near:
    statements: Mapping[str, float]
    rows: Mapping[str, float]
    floor: float


@dataclass(frozen=True, slots=True)
class _Row:
    statement: str
    text: str
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The terms of a query, each with its weight, and the weight of all of them."""

    weights: Mapping[str, float]
    whole: float

    def held_by(self, terms: frozenset[str]) -> float:
        """The weight of those of the query's terms that are among `terms`."""
        return sum(weight for term, weight in self.weights.items() if term in terms)


class Retriever:
    """Finds digest statements. Built once for a knowledge base and an index over it."""

    def __init__(self, knowledge: Knowledge, nearest: Nearest) -> None:
        self._knowledge = knowledge
        self._nearest = nearest
        read = {text: tuple(terms_of(text)) for text in dict.fromkeys(_texts(knowledge))}
        self._rows = tuple(_rows(knowledge, read))
        self._by_statement: dict[str, list[_Row]] = {}
        for row in self._rows:
            self._by_statement.setdefault(row.statement, []).append(row)
        self._around = _around_each(knowledge, self._by_statement)
        self._wording = Wording(read[row.text] for row in self._rows)
        self.lexicon = self._wording.single
        self._light = everyday_terms() | _of_places()
        self._weights = {term: self._weighed(term) for term in self.lexicon.terms}
        self._heavy = {row.text: self.weigh(row.terms) for row in self._rows}
        self._speller = Speller(_words_known(knowledge))

    def find(self, query: str, *, count: int = 24) -> tuple[Found, ...]:
        """The `count` likeliest statements, best first; ties keep the knowledge base's order."""
        terms = terms_of(query)
        weights = {term: self._weight(term) for term in dict.fromkeys(terms)}
        asked = _Asked(weights, sum(weights.values()))
        near = self._near(query)
        keys = set(near.statements) | self._lexical(terms)
        found = [self._judge(key, asked, near) for key in keys]
        found.sort(key=lambda item: (-round(item.score, 6), item.statement.id))
        return tuple(found[:count])

    def weigh(self, terms: frozenset[str]) -> float:
        """The summed weight of terms: rare ones weigh more, everyday ones little."""
        return sum(self._weight(term) for term in terms)

    def foreign(self, terms: frozenset[str]) -> frozenset[str]:
        """Those terms that neither the knowledge base nor everyday talk knows; numbers aside."""
        return frozenset(
            term
            for term in terms
            if term.isalpha() and term not in self.lexicon and not self._speller.knows(term)
        )

    def spelled(self, text: str) -> str:
        """`text` with slips of the keys put right, where one known word is near."""
        return self._speller.right(text)

    def overlap(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Weighted F1 of two sets of terms, 0 to 1."""
        shared = self.weigh(left & right)
        total = self.weigh(left) + self.weigh(right)
        return 2 * shared / total if total else 0.0

    def words_of(self, statement: DigestStatement) -> frozenset[str]:
        """The terms of a statement's own words."""
        rows = self._by_statement.get(statement.id)
        return rows[0].terms if rows else frozenset(terms_of(statement.text))

    def words_around(self, statement: DigestStatement) -> frozenset[str]:
        """Terms of a statement, its questions, claims, heading and source."""
        return self._around.get(statement.id) or self.words_of(statement)

    def _weight(self, term: str) -> float:
        known = self._weights.get(term)
        return self._weighed(term) if known is None else known

    def _weighed(self, term: str) -> float:
        weight = self.lexicon.idf(term)
        return min(weight, _EVERYDAY) if term in self._light else weight

    def _near(self, query: str) -> _Near:
        best: dict[str, float] = {}
        rows: dict[str, float] = {}
        for key, text, score in self._nearest(query, _DENSE_ROWS):
            if key in self._by_statement:
                best[key] = max(best.get(key, -1.0), score)
                rows[text] = max(rows.get(text, -1.0), score)
        return _Near(best, rows, min(best.values(), default=0.0))

    def _lexical(self, terms: Sequence[str]) -> set[str]:
        scores = self._wording.scores(terms)
        order = np.argsort(-scores, kind="stable")[:_LEXICAL_ROWS]
        return {self._rows[int(row)].statement for row in order if scores[int(row)] > 0}

    def _judge(self, key: str, asked: _Asked, near: _Near) -> Found:
        statement = self._knowledge.statements[key]
        meaning = near.statements.get(key, near.floor)
        rows = {row.text: self._alike(asked, row) for row in self._by_statement[key]}
        row = max(rows.values(), default=0.0)
        cover = asked.held_by(self._around[key]) / asked.whole if asked.whole else 0.0
        score = _MEANING * meaning + _ROW * row + _COVER * cover
        claims = tuple(
            (claim, 0.6 * near.rows.get(claim.says, near.floor) + 0.4 * rows[claim.says])
            for claim in statement.claims
        )
        return Found(statement, score, meaning, row, cover, claims)

    def _alike(self, asked: _Asked, row: _Row) -> float:
        """Weighted F1 of a query's terms and a row's, 0 to 1."""
        total = asked.whole + self._heavy[row.text]
        return 2 * asked.held_by(row.terms) / total if total else 0.0


def row_texts(statement: DigestStatement) -> tuple[tuple[str, str], ...]:
    """(kind, text) of every row through which a statement can be found."""
    asks = (("ask", text) for text in statement.asks)
    claims = (("claim", claim.says) for claim in statement.claims)
    return (("passage", statement.text), *asks, *claims)


def searched(knowledge: Knowledge) -> list[DigestStatement]:
    """The statements that are found by their words; rows on state law are found by their state."""
    held = knowledge.statements.values()
    return [statement for statement in held if not is_state_law(statement.source)]


def _rows(knowledge: Knowledge, read: Mapping[str, Sequence[str]]) -> Sequence[_Row]:
    return [
        _Row(statement.id, text, frozenset(read[text]))
        for statement in searched(knowledge)
        for _, text in row_texts(statement)
    ]


def _texts(knowledge: Knowledge) -> Sequence[str]:
    """The words of every row, in the order of `_rows`."""
    return [text for statement in searched(knowledge) for _, text in row_texts(statement)]


def _around_each(
    knowledge: Knowledge, rows: Mapping[str, Sequence[_Row]]
) -> Mapping[str, frozenset[str]]:
    """Terms of each statement's rows, heading, pinpoint and source."""
    heads = {
        key: frozenset(terms_of(_head(knowledge, key)))
        for key in dict.fromkeys(knowledge.statements[name].section for name in rows)
    }
    return {
        key: heads[knowledge.statements[key].section].union(*(row.terms for row in held))
        for key, held in rows.items()
    }


def _head(knowledge: Knowledge, section: str) -> str:
    """Heading, pinpoint and source of a section, apart so that no phrase spans two of them."""
    held = knowledge.sections[section]
    source = knowledge.sources[held.source]
    return f"{held.heading} ; {held.pinpoint} ; {source.title} ; {source.short_title}"


def _of_places() -> frozenset[str]:
    """Names of states: which state a question is about is settled elsewhere."""
    return frozenset(term for name in state_names().values() for term in terms_of(name))


def _words_known(knowledge: Knowledge) -> Sequence[str]:
    """Every text whose words are taken to be spelled as meant."""
    names = load_vocabulary()
    heads = [section.heading for section in knowledge.sections.values()]
    titles = [f"{source.title} {source.issuer}" for source in knowledge.sources.values()]
    places = [*state_names().values(), *look_like_states()]
    silent = list(names.silent)
    return [
        *_texts(knowledge),
        *heads,
        *titles,
        *names.phrases,
        *places,
        *silent,
        *everyday_words(),
    ]
