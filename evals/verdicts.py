"""What a reviewer, ours or a baseline, says of an excerpt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.types import Review

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts by standard, and the spans in the excerpt that they rest on."""

    by_standard: Mapping[str, str]
    spans: Mapping[str, Spans] = field(default_factory=dict)


def verdicts_of(review: Review) -> Verdicts:
    """The verdicts and evidence spans of a review of ours."""
    return Verdicts(
        {finding.standard: str(finding.verdict) for finding in review.findings},
        {f.standard: [(span.start, span.end) for span in f.evidence] for f in review.findings},
    )
