"""What the rows tell on a question: a draft of their statements, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answering.conversation import Ask
from knowledge.answering.draft import Draft
from knowledge.answering.extract import plain_draft
from knowledge.answering.library import Library
from knowledge.answering.states.cues import choices, lead_for, message, said
from knowledge.answering.states.pick import (
    duty_in_table,
    duty_statements,
    holds_statements,
    table_statements,
)
from knowledge.answering.states.wanted import ELSE, HOLDS, Wanted, wanted
from knowledge.places import state_names
from knowledge.sources import status_on
from knowledge.statelaw import TABLE, StateLaw, load_state_laws, source_id_of
from knowledge.statelaw.sentences import load_wording
from knowledge.types import Abstention, AbstentionKind, Question, Status

_ASKED = ("asks_absolute", "asks_statute", "asks_leave", "asks_ban")


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
    return plain_draft(holds_statements(row, ask.text, library)[:2], library)


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
    name = state_names()[state]
    row = load_state_laws().get(state)
    if row is None:
        return Told((), _nothing(message("no_row", state=name)))
    if want.topics == (ELSE,):
        return Told((), _nothing(message("no_topic", state=name)))
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
    statements = holds_statements(row, want.text + late, library)
    lead = None if late else _lead(row, want.text)
    return plain_draft(statements, library, lead=lead)


def _why_not(row: StateLaw, want: Wanted, question: Question, library: Library) -> str | None:
    """Why what is told does not answer: a day before the row was read, or a duty that it lacks."""
    if _too_early(row, question, library):
        seen = row.read.seen_on
        return message("earlier", state=row.name, seen=seen, as_of=question.as_of)
    if any(topic == HOLDS or duty_statements(row, topic, library) for topic in want.topics):
        return None
    topic = load_wording()["topics"][want.topics[0]].lower()
    return message("no_duty", state=row.name, topic=topic)


def _too_early(row: StateLaw, question: Question, library: Library) -> bool:
    return _not_yet(source_id_of(row.state), question, library)


def _not_yet(source: str, question: Question, library: Library) -> bool:
    status = status_on(library.knowledge.sources[source], question.as_of).status
    return status is Status.NOT_YET_ISSUED


def _nothing(text: str) -> Abstention:
    return Abstention(AbstentionKind.NOT_IN_SOURCES, text)


def _lead(row: StateLaw, text: str) -> str | None:
    """How a yes/no answer opens: only where the row was read and the hold asked of is in it."""
    if not said("yesno", text) or said("special", text) or not row.verified:
        return None
    if said("blood", text) and "blood_flow" not in row.covers:
        return None
    if said("blood", text) and row.review and row.review.blood_flow_leave:
        return None
    asked = next((name for name in _ASKED if said(name, text)), None)
    return lead_for(asked, row.rule) if asked else None
