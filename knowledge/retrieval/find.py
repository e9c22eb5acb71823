"""A question to the digest statements that may answer it, each with how sure we are.

A statement is found through any of its rows: its own words, the questions it is known to answer
and the yes/no claims it settles. Retrieval proposes; what is shown is always the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.places import state_names
from knowledge.retrieval.lexical import Wording
from knowledge.retrieval.spelling import Speller
from knowledge.retrieval.terms import everyday_terms, everyday_words, load_vocabulary, terms_of
from knowledge.sources import DigestClaim, DigestStatement, Knowledge
from knowledge.statelaw import is_state_law

Nearest = Callable[[str, int], Sequence[tuple[str, str, float]]]
"""(query, count) -> (statement id, the row's text, cosine), best first."""

_DENSE_ROWS = 80
_LEXICAL_ROWS = 40
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
    terms: frozenset[str]


class Retriever:
    """Finds digest statements. Built once for a knowledge base and an index over it."""

    def __init__(self, knowledge: Knowledge, nearest: Nearest) -> None:
        self._knowledge = knowledge
        self._nearest = nearest
        self._rows = tuple(_rows(knowledge))
        self._by_statement: dict[str, list[_Row]] = {}
        for row in self._rows:
            self._by_statement.setdefault(row.statement, []).append(row)
        self._around = {key: _around(knowledge, item) for key, item in knowledge.statements.items()}
        self._wording = Wording(terms_of(text) for text in _texts(knowledge))
        self.lexicon = self._wording.single
        self._light = everyday_terms() | _of_places()
        self._speller = Speller(_words_known(knowledge))

    def find(self, query: str, *, count: int = 24) -> tuple[Found, ...]:
        """The `count` likeliest statements, best first; ties keep the knowledge base's order."""
        terms = frozenset(terms_of(query))
        near = self._near(query)
        keys = set(near.statements) | self._lexical(query)
        found = [self._judge(key, terms, near) for key in keys]
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

    def words_around(self, statement: DigestStatement) -> frozenset[str]:
        """Terms of a statement, its questions, claims, heading and source."""
        return self._around[statement.id]

    def _weight(self, term: str) -> float:
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

    def _lexical(self, query: str) -> set[str]:
        scores = self._wording.scores(terms_of(query))
        order = np.argsort(-scores, kind="stable")[:_LEXICAL_ROWS]
        return {self._rows[int(row)].statement for row in order if scores[int(row)] > 0}

    def _judge(self, key: str, terms: frozenset[str], near: _Near) -> Found:
        statement = self._knowledge.statements[key]
        meaning = near.statements.get(key, near.floor)
        row = max(
            (self.overlap(terms, item.terms) for item in self._by_statement[key]),
            default=0,
        )
        whole = self.weigh(terms)
        cover = self.weigh(terms & self._around[key]) / whole if whole else 0.0
        score = _MEANING * meaning + _ROW * row + _COVER * cover
        claims = tuple((claim, self._claim(claim, terms, near)) for claim in statement.claims)
        return Found(statement, score, meaning, row, cover, claims)

    def _claim(self, claim: DigestClaim, terms: frozenset[str], near: _Near) -> float:
        meaning = near.rows.get(claim.says, near.floor)
        return 0.6 * meaning + 0.4 * self.overlap(terms, frozenset(terms_of(claim.says)))


def row_texts(statement: DigestStatement) -> tuple[tuple[str, str], ...]:
    """(kind, text) of every row through which a statement can be found."""
    asks = (("ask", text) for text in statement.asks)
    claims = (("claim", claim.says) for claim in statement.claims)
    return (("passage", statement.text), *asks, *claims)


def searched(knowledge: Knowledge) -> list[DigestStatement]:
    """The statements that are found by their words; rows on state law are found by their state."""
    held = knowledge.statements.values()
    return [statement for statement in held if not is_state_law(statement.source)]


def _rows(knowledge: Knowledge) -> Sequence[_Row]:
    return [
        _Row(statement.id, frozenset(terms_of(text)))
        for statement in searched(knowledge)
        for _, text in row_texts(statement)
    ]


def _texts(knowledge: Knowledge) -> Sequence[str]:
    """The words of every row, in the order of `_rows`."""
    return [text for statement in searched(knowledge) for _, text in row_texts(statement)]


def _around(knowledge: Knowledge, statement: DigestStatement) -> frozenset[str]:
    section = knowledge.sections[statement.section]
    source = knowledge.sources[statement.source]
    texts = [section.heading, section.pinpoint, source.title, source.short_title]
    texts += [text for _, text in row_texts(statement)]
    return frozenset(term for text in texts for term in terms_of(text))


def _of_places() -> frozenset[str]:
    """Names of states: which state a question is about is settled elsewhere."""
    return frozenset(term for name in state_names().values() for term in terms_of(name))


def _words_known(knowledge: Knowledge) -> Sequence[str]:
    """Every text whose words are taken to be spelled as meant."""
    names = load_vocabulary()
    heads = [section.heading for section in knowledge.sections.values()]
    titles = [f"{source.title} {source.issuer}" for source in knowledge.sources.values()]
    places = list(state_names().values())
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
