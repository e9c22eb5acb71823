"""State notes: an excerpt beside the words read of a state's law, after the federal findings.

    readings -> openings and names -> notes of the row -> review with notes

A note never raises a verdict. A contrary rule in a verified row lowers `applicable-law`; a row that
was only reported does nothing but note. See `docs/decisions/0092-state-notes.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.places import state_names
from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.states.compare import due_notes
from knowledge.reviewing.states.effect import with_conflicts
from knowledge.reviewing.states.says import state_notice
from knowledge.reviewing.states.told import read_excerpt_for_state
from knowledge.reviewing.states.write import notes_of
from knowledge.sources import load_knowledge, status_on
from knowledge.statelaw import StateLaw, load_state_laws, source_id_of
from knowledge.types import Excerpt, Review, Status

__all__ = ["with_state_notes"]


def with_state_notes(
    review: Review, excerpt: Excerpt, units: Sequence[Unit], readings: Sequence[Reading]
) -> Review:
    """`review` with what the law of its state adds; as it was where no state is given."""
    if excerpt.state is None:
        return review
    row = load_state_laws().get(excerpt.state)
    if row is None:
        return _noticed(review, state_notice("no_row", state=state_names()[excerpt.state]))
    kind = _without_notes(row, excerpt)
    said = state_notice(kind or "made", state=row.name, seen=row.read.seen_on)
    if kind or row.review is None:
        return _noticed(review, said)
    due = due_notes(row, row.review, read_excerpt_for_state(units, readings))
    notes = notes_of(row, due, excerpt)
    findings = with_conflicts(review.findings, row, due, excerpt)
    return replace(_noticed(review, said), findings=findings, state_notes=notes)


def _without_notes(row: StateLaw, excerpt: Excerpt) -> str | None:
    """Why no note can be made, by the name of its notice."""
    if row.review is None:
        return "voluntary" if row.found == "voluntary" else "none"
    source = load_knowledge().sources[source_id_of(row.state)]
    too_early = status_on(source, excerpt.as_of).status is Status.NOT_YET_ISSUED
    return "earlier" if too_early else None


def _noticed(review: Review, said: str) -> Review:
    """The notice stands before the general limit, which stays last."""
    return replace(review, notices=(*review.notices[:-1], said, *review.notices[-1:]))
