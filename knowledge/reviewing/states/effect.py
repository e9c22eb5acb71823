"""What a conflict with a verified row does to the finding on applicable law, and to no other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.reviewing.outcome import Mark, spans_of
from knowledge.reviewing.standards import load_standards
from knowledge.reviewing.states.compare import Due
from knowledge.reviewing.states.says import say
from knowledge.reviewing.states.write import blanks_of, citations_of
from knowledge.statelaw import StateLaw
from knowledge.types import Excerpt, Finding, Role, Verdict

LAW = "applicable-law"
_LOWERED = {Verdict.MEETS: Verdict.PARTIAL, Verdict.NOT_ADDRESSED: Verdict.UNCLEAR}


def with_conflicts(
    findings: Sequence[Finding], row: StateLaw, due: Sequence[Due], excerpt: Excerpt
) -> tuple[Finding, ...]:
    """The findings; `applicable-law` lowered and told why where a conflict is due.

    `meets` becomes `partial`: the commitment stands beside words that look contrary to the law.
    `not_addressed` becomes `unclear`: there is no commitment, and such words. Others stay.
    """
    marks = tuple(mark for each in due if each.conflict for mark in each.marks)
    if not marks:
        return tuple(findings)
    return tuple(_lowered(f, row, marks, excerpt) if f.standard == LAW else f for f in findings)


def _lowered(finding: Finding, row: StateLaw, marks: tuple[Mark, ...], excerpt: Excerpt) -> Finding:
    turned = tuple(Mark(m.strip, m.start, m.end, Role.CONFLICT) for m in marks)
    spans = spans_of(excerpt.text, turned)
    blanks = blanks_of(row, spans)
    standard = next(standard for standard in load_standards() if standard.id == LAW)
    return replace(
        finding,
        verdict=_LOWERED.get(finding.verdict, finding.verdict),
        reason=f"{finding.reason} {say('law', 'reason', **blanks)}",
        missing=(*finding.missing, say("law", "missing", **blanks)),
        evidence=tuple(sorted({*finding.evidence, *spans}, key=lambda s: (s.start, s.end))),
        suggestion=finding.suggestion or standard.suggestion,
        citations=(*finding.citations, *citations_of(row, excerpt)),
    )
