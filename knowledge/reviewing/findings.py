"""Write the findings: reasons, missing items and citations, from the wording in the data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.errors import KnowledgeError
from knowledge.reviewing.outcome import Mark, Outcome, spans_of
from knowledge.reviewing.standards import Standard
from knowledge.reviewing.wording import load_wording
from knowledge.sources import Knowledge, load_knowledge, section_id, status_on
from knowledge.types import Citation, Finding, Role, Verdict

WORDS_LIMIT = 160  # characters of the excerpt that a reason repeats


def finding_of(standard: Standard, outcome: Outcome, text: str, day: date) -> Finding:
    """The finding as it leaves the house."""
    met = outcome.verdict is Verdict.MEETS
    return Finding(
        standard=standard.id,
        title=standard.title,
        mandatory=standard.mandatory,
        verdict=outcome.verdict,
        reason=_reason(standard, outcome, text),
        missing=() if met else _missing(standard, outcome),
        evidence=spans_of(text, outcome.marks),
        suggestion=None if met else standard.suggestion,
        citations=citations_of(standard, day, outcome.reason),
    )


def _reason(standard: Standard, outcome: Outcome, text: str) -> str:
    wording = load_wording()
    template = (standard.reasons if standard.mandatory else wording.principle)[outcome.reason]
    reason = template.replace("{words}", f"\u201c{_words(outcome.marks, text)}\u201d")
    if not standard.mandatory:
        return f"{reason} {wording.not_required}"
    return f"{reason} {standard.caveat}" if standard.caveat else reason


def _words(marks: Sequence[Mark], text: str) -> str:
    """The deciding words: an exception before the rule that it opens, shortened."""
    ordered = [m for m in marks if m.role is Role.CONFLICT] or list(marks)
    pieces = [" ".join(span.text.split()) for span in spans_of(text, tuple(ordered[:2]))]
    whole = " \u2026 ".join(dict.fromkeys(pieces))
    return whole if len(whole) <= WORDS_LIMIT else whole[:WORDS_LIMIT].rsplit(" ", 1)[0] + " \u2026"


def _missing(standard: Standard, outcome: Outcome) -> tuple[str, ...]:
    if not standard.mandatory:
        return outcome.missing or (standard.missing,)
    items: list[str] = []
    for key in outcome.missing:
        name, _, detail = key.partition(":")
        if name in standard.missing_items:
            items.append(standard.missing_items[name].replace("{levels}", detail))
    return tuple(items) or (standard.missing,)


def citations_of(standard: Standard, day: date, reason: str = "") -> tuple[Citation, ...]:
    """What the standard rests on, and the grounds that `reason` names.

    Raises `KnowledgeError` when a pinpoint is not known.
    """
    known = load_knowledge()
    places = (*standard.citations, *standard.grounds.get(reason, ()))
    return tuple(_citation(known, *place, day=day) for place in places)


def attestation_citations(day: date) -> tuple[Citation, ...]:
    """What the form of an agency head's statement rests on, and what revoked its order."""
    known = load_knowledge()
    return tuple(_citation(known, *place, day=day) for place in load_wording().attestation)


def _citation(
    known: Knowledge, source_id: str, pinpoint: str, number: int | None, *, day: date
) -> Citation:
    section = known.section_at(source_id, pinpoint)
    statement = known.statements.get(f"{section_id(source_id, pinpoint)}/{number or 1}")
    if statement is None:
        raise KnowledgeError(f"{source_id} {pinpoint} has no statement {number}.")
    source = known.sources[source_id]
    return Citation(
        source=source_id,
        title=source.title,
        date=source.issued.isoformat(),
        pinpoint=pinpoint,
        quote=statement.text,
        url=section.url,
        text_kind=section.text_kind,
        status=status_on(source, day).status,
    )
