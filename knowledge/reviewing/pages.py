"""Say on which page of a document the deciding words of a review stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.types import Finding, Review


def with_pages(review: Review, page_at: Callable[[int], int | None]) -> Review:
    """`review` with the page of every evidence span, the one on which the span begins.

    `page_at` gives the page of an offset into the reviewed text, or None where there are no pages.
    """
    return replace(review, findings=tuple(_paged(f, page_at) for f in review.findings))


def _paged(finding: Finding, page_at: Callable[[int], int | None]) -> Finding:
    spans = tuple(replace(span, page=page_at(span.start)) for span in finding.evidence)
    return replace(finding, evidence=spans)
