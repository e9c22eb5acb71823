"""`answer`: the whole way of a question, one ask at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.asked_back import asked_back
from knowledge.answering.bodies import body_lead, body_statements
from knowledge.answering.choose import Setting, candidates, choose, topic_of
from knowledge.answering.clauses import suggested_clause
from knowledge.answering.companions import companions
from knowledge.answering.compare import sides_of, told_apart
from knowledge.answering.conversation import Ask, leans_on_told, read_asks
from knowledge.answering.decline import ANSWER_FROM, decline
from knowledge.answering.draft import Claim, Draft
from knowledge.answering.extract import plain_draft, status_claim
from knowledge.answering.frames import framed
from knowledge.answering.gates import gate_for
from knowledge.answering.generate import generate
from knowledge.answering.identifiers import Identifiers, as_meant, on_misprints, read_identifiers
from knowledge.answering.library import Library
from knowledge.answering.mentions import mention_lead
from knowledge.answering.notices import notices_of
from knowledge.answering.part import Part, said_of
from knowledge.answering.plain import in_english, is_spanish, plain_english, with_fiscal_years
from knowledge.answering.sections import section_statements
from knowledge.answering.states import state_law, state_rule_beside
from knowledge.answering.status import status_chain
from knowledge.answering.submissions import (
    asks_for_letter_alone,
    letter_lead,
    submission_statements,
)
from knowledge.answering.tags import without_concession, without_tag
from knowledge.answering.truth import unwrapped
from knowledge.answering.verify import verify
from knowledge.answering.wording import refusal
from knowledge.answering.yesno import find_lead
from knowledge.places import with_state_names
from knowledge.retrieval import Found
from knowledge.sources import DigestStatement
from knowledge.types import Abstention, AbstentionKind, Answer, Question, Turn

_MOST_TOLD, _SURE_TOLD = 6, 0.6  # sentences tried beside a question, and what they must reach
_OFFERED = 8  # statements whose sections a language model may draft from


def answer(question: Question, library: Library) -> Answer:
    """Answer `question` from the indexed sources, or abstain and say why.

    Every statement returned carries a quote found word for word in its section, and whatever
    rests on a source that is no longer in force comes with what ended it.
    """
    asks = read_asks(_understood(question, library))
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
        notices=notices_of(parts, draft, question, library),
        release=library.release,
    )


def _understood(question: Question, library: Library) -> Question:
    """The question and its history in English, slips of the keys put right."""
    turns = (Turn(_read(turn.question, library), turn.answer) for turn in question.history)
    return replace(question, text=_read(question.text, library), history=tuple(turns))


def _read(text: str, library: Library) -> str:
    text = with_fiscal_years(with_state_names(in_english(text) if is_spanish(text) else text))
    return library.retriever.spelled(text)


def _part(ask: Ask, question: Question, library: Library) -> Part:
    ask = _confirmed(unwrapped(ask))
    of_state = state_law(ask, question, library)
    gate = gate_for(ask.new, ask.told) or gate_for(ask.text)
    if gate is not None:
        query = ask.text if gate.text == "same" else gate.text
        told = of_state.draft if of_state and gate.text else ()
        text = told or _text_for(query, ask, question.as_of, library)
        return Part(ask, text, gate.abstention)
    written = suggested_clause(ask, question.as_of, library)
    if written is not None:
        score = 0.0 if written.abstention else 1.0
        return Part(ask, written.draft, written.abstention, score, notes=written.notes)
    if of_state is not None:
        return Part(ask, of_state.draft, of_state.abstention, score=1.0)
    back = asked_back(ask, bool(question.history))
    if back is not None:
        return Part(ask, _text_for(back.text, ask, question.as_of, library), back.abstention)
    part = _looked_up(ask, question, library)
    if part.abstention and ask.told:
        part = _with_one_told(ask, question, library) or part
    beside = () if part.abstention else state_rule_beside(ask, question, library)
    return replace(part, draft=part.draft + beside)


def _with_one_told(ask: Ask, question: Question, library: Library) -> Part | None:
    """A question of a long message, answered with the one sentence of it that makes it clear."""
    told = [each for each in re.split(r"(?<=[.!?;])\s+|\n", ask.told) if each.strip()]
    asks = [replace(ask, text=f"{each} {ask.new}", told="") for each in told[:_MOST_TOLD]]
    parts = (_looked_up(one, question, library) for one in asks)
    return max(
        (part for part in parts if part.abstention is None and part.score >= _SURE_TOLD),
        key=lambda part: part.score,
        default=None,
    )


def _looked_up(ask: Ask, question: Question, library: Library) -> Part:
    printed = read_identifiers(ask.text, library.knowledge)
    ask = _as_asked(ask)
    meant = read_identifiers(ask.text, library.knowledge)
    added = read_identifiers(ask.new, library.knowledge)
    if added.sections or added.missing:
        meant = replace(meant, sections=added.sections, missing=added.missing)
    identifiers = replace(meant, misprints=printed.misprints)
    setting = Setting(question.as_of, identifiers)
    found = candidates(ask, setting, library)
    told = section_statements(ask, setting, library) or _compared(ask, found, setting, library)
    told = told or submission_statements(ask, question.as_of, library)
    told = told or body_statements(ask, question.as_of, library)
    told = told or companions(ask, question.as_of, library, place="first")
    if told:
        lead = body_lead(ask, told) or _lead_of(told, ask, found, library)
        return Part(ask, plain_draft(told, library, lead=lead), score=1.0)
    declined = decline(ask, identifiers, found, setting, library)
    if declined is not None and not _settled(ask, identifiers, found, library):
        return Part(ask, plain_draft(declined.statements, library), declined.abstention)
    offered = [item.statement for item in found[:_OFFERED]]
    drafted = _by_model(ask, question, offered, library)
    extracted = _extracted(ask, question, found, library)
    return Part(
        ask,
        (drafted or extracted) + plain_draft(on_misprints(identifiers, library.knowledge), library),
        score=max(0.0, min(1.0, found[0].score)),
        drafted=bool(drafted),
    )


def _as_asked(ask: Ask) -> Ask:
    """`ask` in the words of the field, and as the knowledge base puts such questions."""
    plain = plain_english(without_concession(ask.text))
    new = plain_english(without_concession(ask.new))
    told = f"{plain_english(ask.told)} {new}".strip() if leans_on_told(new) else new
    for words in (new, as_meant(new), plain, told):
        read = framed(words)
        if read is not None:
            text = read.text if read.exact else as_meant(read.text)
            ask = replace(ask, inverts=read.inverts, premise=read.premise)
            return replace(ask, text=text, new=text, asserted=False)
    return replace(ask, text=as_meant(plain), new=as_meant(new))


def _confirmed(ask: Ask) -> Ask:
    """`ask` without the tag of a sentence that wants to be confirmed."""
    asserted = without_tag(ask.new)
    if asserted is None or ask.judged_false:
        return ask
    return replace(ask, text=without_tag(ask.text) or asserted, new=asserted, asserted=True)


def _lead_of(
    told: Sequence[DigestStatement], ask: Ask, found: Sequence[Found], library: Library
) -> str | None:
    """A lead that the first statement told bears out."""
    if asks_for_letter_alone(ask.text) and told[0].state:
        return letter_lead(ask, told)
    lead = find_lead(ask, found[:12], library.retriever)
    return lead.text if lead and lead.statement.id == told[0].id else None


def _settled(ask: Ask, identifiers: Identifiers, found: Sequence[Found], library: Library) -> bool:
    """Whether a claim settles `ask`, however little the finder thinks of it."""
    known = not identifiers.unknown and not identifiers.missing
    return known and find_lead(ask, found[:12], library.retriever) is not None


def _compared(
    ask: Ask, both: Sequence[Found], setting: Setting, library: Library
) -> list[DigestStatement]:
    sides = sides_of(ask)
    if sides is None:
        return []
    found = [
        candidates(replace(ask, text=s, new=s), _about(s, setting, library), library) for s in sides
    ]
    return told_apart(both, found[0], found[1], sure=ANSWER_FROM)


def _about(side: str, setting: Setting, library: Library) -> Setting:
    return replace(setting, identifiers=read_identifiers(side, library.knowledge))


def _extracted(ask: Ask, question: Question, found: Sequence[Found], library: Library) -> Draft:
    lead = find_lead(ask, found[:12], library.retriever)
    lead = lead or mention_lead(ask, question.as_of, library)
    first, about = (lead.statement if lead else None), topic_of(ask)
    chosen = choose(found, library, first=first, about=about)
    chosen += companions(ask, question.as_of, library, place="last")
    return plain_draft(dict.fromkeys(chosen), library, lead=lead.text if lead else None)


def _by_model(
    ask: Ask, question: Question, offered: Sequence[DigestStatement], library: Library
) -> Draft:
    if library.complete is None:
        return ()
    return generate(ask.text, question.as_of, offered, library, library.complete)


def _text_for(query: str | None, ask: Ask, as_of: date, library: Library) -> Draft:
    """The two statements nearest to `query`, for those who are told the text, not the advice."""
    if not query:
        return ()
    setting = Setting(as_of, Identifiers((), (), (), (), ()))
    found = candidates(Ask(query, query, ask.states), setting, library)
    near = [item for item in found if item.score > 0.5]
    return plain_draft(choose(near, library)[:2], library)


def _draft(parts: Sequence[Part], as_of: date, library: Library) -> Draft:
    """The claims of all parts, each once, with the status line that their sources owe."""
    claims: dict[object, Claim] = {}
    for claim in (claim for part in parts for claim in part.draft):
        claims.setdefault(said_of(claim), claim)
    made = tuple(claims.values())
    sections = [library.section(quote.section) for claim in made for quote in claim.quotes]
    chain = status_chain([s.source for s in sections if s], as_of, library.knowledge)
    if chain is None:  # what ended a source is not known here, so nothing may rest on it
        return ()
    said = {quote.words for claim in made for quote in claim.quotes}
    owed = [line for line in chain if line.text not in said]
    return (*made, *([status_claim(owed, library)] if owed else []))


def _abstention(parts: Sequence[Part]) -> Abstention:
    given = (part.abstention for part in parts if part.abstention is not None)
    nothing = Abstention(AbstentionKind.NOT_IN_SOURCES, refusal("not_in_sources"))
    return next(given, nothing)
