"""Where a finding's deciding words stand: joined where they stand together, few of them quoted."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.types import EvidenceSpan, Finding, Role

NEAR = 300  # characters between spans that are told as one spot
QUOTED = 3  # spots of a finding that are quoted; the others are only named
REASONED = 60  # characters of a span by which a reason that repeats it is known

Spot = tuple[EvidenceSpan, ...]
"""Spans of one part of the text, in order. What contradicts a rule is a spot of its own."""


def spots_of(evidence: Sequence[EvidenceSpan]) -> list[Spot]:
    """The spots in the order of the text; together they hold every span once."""
    made: list[list[EvidenceSpan]] = []
    for span in sorted(evidence, key=lambda span: (span.start, span.end)):
        if made and _together(made[-1][-1], span):
            made[-1].append(span)
        else:
            made.append([span])
    return [tuple(spans) for spans in made]


def _together(before: EvidenceSpan, after: EvidenceSpan) -> bool:
    alike = (before.role is Role.CONFLICT) is (after.role is Role.CONFLICT)
    return alike and before.page == after.page and after.start - before.end <= NEAR


def quoted_and_named(finding: Finding) -> tuple[list[Spot], list[Spot]]:
    """The spots to quote and those only to name, each in order.

    What the reason names comes first, then one rule and what contradicts it, then the other rules.
    Words that are quoted already are not quoted again.
    """
    spots = spots_of(finding.evidence)
    against = [spot for spot in spots if spot[0].role is Role.CONFLICT]
    rules = [spot for spot in spots if spot[0].role is not Role.CONFLICT]
    named = [spot for spot in spots if _in_reason(spot, finding.reason)]
    first: dict[str, Spot] = {}
    for spot in [*named, *rules[:1], *against, *rules[1:]]:
        first.setdefault(spot_words(spot).casefold(), spot)
    chosen = list(first.values())[:QUOTED]
    return sorted(chosen, key=_start), [spot for spot in spots if spot not in chosen]


def _in_reason(spot: Spot, reason: str) -> bool:
    return any(" ".join(span.text.split())[:REASONED] in reason for span in spot)


def spot_words(spot: Spot) -> str:
    """The words of the spot on one line, with a sign where words between them are left out."""
    return " \u2026 ".join(" ".join(span.text.split()) for span in spot)


def _start(spot: Spot) -> int:
    return spot[0].start
