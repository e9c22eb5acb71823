"""Review a policy excerpt against the fourteen standards, by rules alone.

    excerpt -> shadow -> blocks -> units -> readings -> verdicts -> findings

Nothing is stored, nothing is loaded but the wording and the cues. Any text can be reviewed.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reviewing.blocks import read_blocks
from knowledge.reviewing.clauses import Unit, read_units
from knowledge.reviewing.findings import attestation_citations, finding_of
from knowledge.reviewing.holds import read_holds
from knowledge.reviewing.judge import judge_all
from knowledge.reviewing.notices import notices_of
from knowledge.reviewing.pages import of_document, with_pages
from knowledge.reviewing.standards import load_standards
from knowledge.reviewing.states import with_state_notes
from knowledge.types import Excerpt, Review

__all__ = ["attestation_citations", "of_document", "review", "with_pages"]


def review(excerpt: Excerpt, release: str) -> Review:
    """All fourteen findings on `excerpt`, in order, each with the words that decide it.

    Where its state is given, what the law read there adds stands beside them.
    """
    units: Sequence[Unit] = read_units(read_blocks(excerpt.text))
    readings = read_holds(units)
    outcomes = judge_all(excerpt.text, units, readings)
    findings = tuple(
        finding_of(standard, outcomes[standard.id], excerpt.text, excerpt.as_of)
        for standard in load_standards()
    )
    notices = notices_of(excerpt.text, units, readings)
    made = Review(excerpt.id, excerpt.as_of.isoformat(), excerpt.state, findings, notices, release)
    return with_state_notes(made, excerpt, units, readings)
