"""From a plain ranked list to an answer: the first texts as they stand, or none when too far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.sources import DigestStatement, Knowledge, status_on
from knowledge.types import (
    Abstention,
    AbstentionKind,
    Answer,
    Citation,
    Question,
    Statement,
    TextKind,
)

SHOWN = 3  # texts that an answer shows


@dataclass(frozen=True, slots=True)
class Near:
    """A statement's id with its score; only the order and the cut-off mean something."""

    statement: str
    score: float


Search = Callable[[str, int], Sequence[Near]]


def sections_of(near: Sequence[Near], statements: Mapping[str, DigestStatement]) -> list[str]:
    """The sections of the ranked statements, each once."""
    known = (statements[item.statement] for item in near if item.statement in statements)
    return list(dict.fromkeys(statement.section for statement in known))


def listed_answer(question: Question, near: Sequence[Near], known: Knowledge, cut: float) -> Answer:
    """The first distinct statements with their citations; declined when the best is under `cut`."""
    ids = dict.fromkeys(item.statement for item in near if item.statement in known.statements)
    chosen = [known.statements[key] for key in list(ids)[:SHOWN]]
    best = near[0].score if near else 0.0
    answered = bool(chosen) and best >= cut
    statements = tuple(_statement(item, known, question.as_of) for item in chosen)
    return Answer(
        id=question.id,
        question=question.text,
        as_of=question.as_of.isoformat(),
        answered=answered,
        score=best,
        statements=statements if answered else (),
        abstention=None if answered else Abstention(AbstentionKind.NOT_IN_SOURCES, ""),
        notices=(),
        release="baseline",
    )


def _statement(item: DigestStatement, known: Knowledge, day: date) -> Statement:
    source, section = known.sources[item.source], known.sections[item.section]
    citation = Citation(
        source.id, source.title, source.issued.isoformat(), section.pinpoint, item.text,
        section.url, TextKind.DIGEST, status_on(source, day).status,
    )  # fmt: skip
    return Statement(item.text, (citation,))
