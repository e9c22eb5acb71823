"""What the rows tell on a question: a draft of their statements, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.conversation import Ask
from knowledge.answering.draft import Draft
from knowledge.answering.extract import plain_draft
from knowledge.answering.library import Library
from knowledge.answering.states.cues import choices, lead_for, message, said
from knowledge.answering.states.pick import duty_statements, holds_statements, table_statements
from knowledge.answering.states.wanted import ELSE, HOLDS, Wanted, wanted
from knowledge.places import state_names
from knowledge.sources import DigestStatement, status_on
from knowledge.statelaw import StateLaw, load_state_laws, source_id_of
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
        return _over_all(want, library)
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


def _over_all(want: Wanted, library: Library) -> Told:
    return Told(plain_draft(table_statements(want.text, library), library))


def _of_state(state: str, want: Wanted, question: Question, library: Library) -> Told:
    name = state_names()[state]
    row = load_state_laws().get(state)
    if row is None:
        return Told((), _nothing(message("no_row", state=name)))
    if want.topic == ELSE:
        return Told((), _nothing(message("no_topic", state=name)))
    if want.topic != HOLDS:
        found = duty_statements(row, want.topic, library)
        if not found:
            topic = load_wording()["topics"][want.topic].lower()
            return Told((), _nothing(message("no_duty", state=name, topic=topic)))
        return _dated(row, found, None, question, library)
    late = " (when)" if _too_early(row, question, library) else ""  # its dates matter then
    statements = holds_statements(row, want.text + late, library)
    return _dated(row, statements, _lead(row, want.text), question, library)


def _dated(
    row: StateLaw,
    statements: Sequence[DigestStatement],
    lead: str | None,
    question: Question,
    library: Library,
) -> Told:
    """The statements; for a day before the row was read they do not answer."""
    if not _too_early(row, question, library):
        return Told(plain_draft(statements, library, lead=lead))
    seen = row.read.seen_on
    why = message("earlier", state=row.name, seen=seen, as_of=question.as_of)
    return Told(plain_draft(statements, library), _nothing(why))


def _too_early(row: StateLaw, question: Question, library: Library) -> bool:
    source = library.knowledge.sources[source_id_of(row.state)]
    return status_on(source, question.as_of).status is Status.NOT_YET_ISSUED


def _nothing(text: str) -> Abstention:
    return Abstention(AbstentionKind.NOT_IN_SOURCES, text)


def _lead(row: StateLaw, text: str) -> str | None:
    """How a yes/no answer opens: only where the row was read and the hold asked of is in it."""
    if not said("yesno", text) or not row.verified:
        return None
    if said("blood", text) and "blood_flow" not in row.covers:
        return None
    if said("blood", text) and row.review and row.review.blood_flow_leave:
        return None
    asked = next((name for name in _ASKED if said(name, text)), None)
    return lead_for(asked, row.rule) if asked else None
