"""`answer`: the whole way of a question, one ask at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.answering.asked_back import asked_back
from knowledge.answering.choose import Setting, candidates, choose
from knowledge.answering.companions import companions
from knowledge.answering.conversation import Ask, read_asks
from knowledge.answering.decline import decline
from knowledge.answering.draft import Draft
from knowledge.answering.extract import plain_claim, status_claim
from knowledge.answering.gates import gate_for
from knowledge.answering.identifiers import Identifiers, read_identifiers
from knowledge.answering.library import Library
from knowledge.answering.sections import section_statements
from knowledge.answering.status import status_chain
from knowledge.answering.verify import verify
from knowledge.answering.wording import notice, refusal
from knowledge.answering.yesno import find_lead
from knowledge.retrieval import Found
from knowledge.sources import DigestStatement
from knowledge.types import Abstention, AbstentionKind, Answer, Question


@dataclass(frozen=True, slots=True)
class Part:
    """What one ask came to: statements with the lead of the first, or an abstention, or both."""

    ask: Ask
    statements: tuple[DigestStatement, ...]
    lead: str | None
    abstention: Abstention | None
    score: float


def answer(question: Question, library: Library) -> Answer:
    """Answer `question` from the indexed sources, or abstain and say why.

    Every statement returned carries a quote found word for word in its section, and whatever
    rests on a source that is no longer in force comes with what ended it.
    """
    asks = read_asks(question)
    parts = [_part(ask, question, library) for ask in asks]
    draft = _draft(parts, question.as_of, library)
    statements = verify(draft, library, question.as_of)
    answered = [part for part in parts if part.abstention is None]
    abstention = None if answered and statements else _abstention(parts)
    return Answer(
        id=question.id,
        question=question.text,
        as_of=question.as_of.isoformat(),
        answered=abstention is None,
        score=round(max((part.score for part in answered), default=0.0), 4),
        statements=statements,
        abstention=abstention,
        notices=_notices(parts, question, library),
        release=library.release,
    )


def _part(ask: Ask, question: Question, library: Library) -> Part:
    gate = gate_for(ask.new) or gate_for(ask.text)
    if gate is not None:
        query = ask.text if gate.text == "same" else gate.text
        held = _text_for(query, ask, question.as_of, library) if query else ()
        return Part(ask, held, None, gate.abstention, 0.0)
    back = asked_back(ask, bool(question.history))
    if back is not None:
        held = _text_for(back.text, ask, question.as_of, library) if back.text else ()
        return Part(ask, held, None, back.abstention, 0.0)
    return _looked_up(ask, question, library)


def _looked_up(ask: Ask, question: Question, library: Library) -> Part:
    identifiers = read_identifiers(ask.text, library.knowledge)
    setting = Setting(question.as_of, identifiers)
    found = candidates(ask, setting, library)
    declined = decline(ask, identifiers, found, setting, library)
    if declined is not None:
        return Part(ask, declined.statements, None, declined.abstention, 0.0)
    told = section_statements(ask, setting, library)
    if told:
        return Part(ask, told, None, None, 1.0)
    lead = find_lead(ask, found[:12], library.retriever)
    chosen = choose(found, library, first=lead.statement if lead else None)
    extra = companions(ask, question.as_of, library)
    statements = tuple(dict.fromkeys([*chosen, *extra], None))
    return Part(ask, statements, lead.text if lead else None, None, _sure(found))


def _text_for(query: str, ask: Ask, as_of: date, library: Library) -> tuple[DigestStatement, ...]:
    """The two statements nearest to `query`, for those who are told the text, not the advice."""
    setting = Setting(as_of, Identifiers((), (), (), (), ()))
    found = candidates(Ask(query, query, ask.states), setting, library)
    near = [item for item in found if item.score > 0.5]
    return tuple(choose(near, library)[:2])


def _draft(parts: Sequence[Part], as_of: date, library: Library) -> Draft:
    made = []
    said: set[str] = set()
    for part in parts:
        for number, statement in enumerate(part.statements):
            if statement.id not in said:
                said.add(statement.id)
                made.append(plain_claim(statement, library, lead=None if number else part.lead))
    sources = [item.source for part in parts for item in part.statements]
    chain = status_chain(sources, as_of, library.knowledge)
    if chain is None:  # what ended a source is not known here, so nothing may rest on it
        return ()
    owed = [line for line in chain if line.id not in said]
    return (*made, *([status_claim(owed, library)] if owed else []))


def _abstention(parts: Sequence[Part]) -> Abstention:
    given = (part.abstention for part in parts if part.abstention is not None)
    nothing = Abstention(AbstentionKind.NOT_IN_SOURCES, refusal("not_in_sources"))
    return next(given, nothing)


def _notices(parts: Sequence[Part], question: Question, library: Library) -> tuple[str, ...]:
    checked = max(source.seen_on for source in library.knowledge.sources.values())
    lines = [notice("as_of", as_of=question.as_of, checked=checked)]
    misprints = read_identifiers(question.text, library.knowledge).misprints
    lines += [notice("misprint", number=number) for number in misprints]
    if any(part.abstention is None for part in parts):
        left = [part.ask.new for part in parts if part.abstention is not None]
        lines += [notice("unanswered", part=text) for text in left]
    lines.append(notice("advice"))
    return tuple(lines)


def _sure(found: Sequence[Found]) -> float:
    return max(0.0, min(1.0, found[0].score)) if found else 0.0
