"""The answer and the review that the examples show: from the catalogue, and by the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from knowledge.requests import read_excerpt, read_question
from knowledge.sources import load_knowledge, status_on
from knowledge.types import (
    Abstention,
    AbstentionKind,
    Answer,
    Citation,
    Excerpt,
    Review,
    Section,
    Statement,
)


class Reviewer(Protocol):
    """The half of an advisor that needs no index."""

    @property
    def release(self) -> str: ...

    def review(self, excerpt: Excerpt) -> Review: ...


@dataclass(frozen=True, slots=True)
class Values:
    """What the examples are made of."""

    told: Mapping[str, Any]
    answer: Answer
    review: Review


def example_values(told: Mapping[str, Any], reviewer: Reviewer, today: date) -> Values:
    """The values for `bot/data/preview.toml`, as of `today`."""
    excerpt = read_excerpt(
        told["excerpt"].strip(), as_of=today, state=told["state"], release=reviewer.release
    )
    answer = _answer(told, reviewer.release, today)
    return Values(told, answer, reviewer.review(excerpt))


def abstained(answer: Answer, kind: AbstentionKind, message: str, choices: Sequence[str]) -> Answer:
    """The same question, declined."""
    declined = Abstention(kind, message, tuple(choices))
    return replace(answer, answered=False, statements=(), abstention=declined)


def _answer(told: Mapping[str, Any], release: str, today: date) -> Answer:
    question = read_question(told["question"], as_of=today, release=release)
    settled = _settled(told["settles"], today)
    said = (settled, *(_statement(source, pinpoint, today) for source, pinpoint in told["cited"]))
    return Answer(
        id=question.id,
        question=question.text,
        as_of=today.isoformat(),
        answered=True,
        score=1.0,
        statements=said,
        abstention=None,
        notices=tuple(told["notices"]),
        release=release,
    )


def _settled(says: str, today: date) -> Statement:
    """The statement that settles the claim, opened as an answer opens it."""
    knowledge = load_knowledge()
    statement, claim = next(
        (item, claim)
        for item in knowledge.statements.values()
        for claim in item.claims
        if claim.says == says
    )
    section = knowledge.sections[statement.section]
    cited = _citation(section, statement.text, today)
    return Statement(f"{claim.lead}: {statement.text}", (cited,))


def _statement(source: str, pinpoint: str, today: date) -> Statement:
    """The first sentence of a section, cited."""
    knowledge = load_knowledge()
    section = knowledge.section_at(source, pinpoint)
    first = next(item.text for item in knowledge.statements.values() if item.section == section.id)
    return Statement(first, (_citation(section, first, today),))


def _citation(section: Section, quote: str, today: date) -> Citation:
    source = load_knowledge().sources[section.source]
    return Citation(
        source=source.id,
        title=source.title,
        date=source.issued.isoformat(),
        pinpoint=section.pinpoint,
        quote=quote,
        url=section.url or source.url,
        text_kind=section.text_kind,
        status=status_on(source, today).status,
    )
