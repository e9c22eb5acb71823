"""What the rows tell on a question: a draft of their statements, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answering.conversation import Ask
from knowledge.answering.draft import Draft
from knowledge.answering.extract import plain_draft
from knowledge.answering.library import Library
from knowledge.answering.states.cues import choices, message, said
from knowledge.answering.states.leads import lead_of
from knowledge.answering.states.pick import (
    duty_in_table,
    duty_statements,
    holds_statements,
    table_statements,
    warned_rule,
)
from knowledge.answering.states.wanted import ELSE, HOLDS, Wanted, wanted
from knowledge.places import place_name
from knowledge.sources import status_on
from knowledge.statelaw import TABLE, StateLaw, load_state_laws, source_id_of
from knowledge.statelaw.sentences import load_wording
from knowledge.types import Abstention, AbstentionKind, Question, Status


@dataclass(frozen=True, slots=True)
class Told:
    """A draft, or an abstention, or both."""

    draft: Draft
    abstention: Abstention | None = None


def state_law(ask: Ask, question: Question, library: Library) -> Told | None:
    """What the rows on state law tell on `ask`; None when it is not about state law."""
    want = wanted(ask, question)
    if want is None or not _held(library):
        return None
    if want.over_all:
        return _over_all(want, question, library)
    if not want.states:
        kind = AbstentionKind.AMBIGUOUS
        return Told((), Abstention(kind, message("which_state"), choices()))
    parts = [_of_state(state, want, question, library) for state in want.states]
    claims = {claim.quotes: claim for part in parts for claim in part.draft}
    refused = [part.abstention for part in parts if part.abstention]
    every = len(refused) == len(parts)
    return Told(tuple(claims.values()), refused[0] if every else None)


def state_rule_beside(ask: Ask, question: Question, library: Library) -> Draft:
    """The rule of the state that is named or known, for a federal answer about neck holds."""
    if not (ask.states and said("hold", ask.text) and _held(library)):
        return ()
    row = load_state_laws().get(ask.states[0])
    if row is None or row.found == "none" or _too_early(row, question, library):
        return ()
    return plain_draft(warned_rule(row, ask.text, library), library)


def _held(library: Library) -> bool:
    """Whether the library holds the rows; a small one made for a test does not."""
    return source_id_of("CO") in library.knowledge.sources


def _over_all(want: Wanted, question: Question, library: Library) -> Told:
    draft = plain_draft(table_statements(want.text, library), library)
    source = library.knowledge.sources[TABLE]
    if not _not_yet(source.id, question, library):
        return Told(draft)
    why = message("table_earlier", seen=source.seen_on, as_of=question.as_of)
    return Told(draft, _nothing(why))


def _of_state(state: str, want: Wanted, question: Question, library: Library) -> Told:
    row = load_state_laws().get(state)
    if row is None:
        return Told((), _nothing(message("no_row", place=place_name(state))))
    if want.topics == (ELSE,):
        return Told((), _nothing(message("no_topic", place=place_name(state))))
    draft: Draft = ()
    for topic in want.topics:
        draft += _on_topic(row, topic, want, question, library)
    why = _why_not(row, want, question, library)
    return Told(draft, _nothing(why) if why else None)


def _on_topic(
    row: StateLaw, topic: str, want: Wanted, question: Question, library: Library
) -> Draft:
    """The row's sentences on that topic; for a duty that it lacks, what the table says of it."""
    if topic != HOLDS:
        found = duty_statements(row, topic, library) or duty_in_table(topic, library)
        return plain_draft(found, library)
    late = " (when)" if _too_early(row, question, library) else ""  # its dates matter then
    reach = " (campus)" if want.reach else ""
    statements = holds_statements(row, want.text + late + reach, library)
    lead = None if late or reach or len(want.states) > 1 else lead_of(row, want.text)
    return plain_draft(statements, library, lead=lead)


def _why_not(row: StateLaw, want: Wanted, question: Question, library: Library) -> str | None:
    """Why what is told does not answer: a day before the row was read, or a duty that it lacks."""
    if _too_early(row, question, library):
        seen = row.read.seen_on
        return message("earlier", state=row.name, seen=seen, as_of=question.as_of)
    if any(topic == HOLDS or duty_statements(row, topic, library) for topic in want.topics):
        return None
    topic = load_wording()["about"][want.topics[0]]
    return message("no_duty", place=row.place, topic=topic)


def _too_early(row: StateLaw, question: Question, library: Library) -> bool:
    return _not_yet(source_id_of(row.state), question, library)


def _not_yet(source: str, question: Question, library: Library) -> bool:
    status = status_on(library.knowledge.sources[source], question.as_of).status
    return status is Status.NOT_YET_ISSUED


def _nothing(text: str) -> Abstention:
    return Abstention(AbstentionKind.NOT_IN_SOURCES, text)
