"""Say on which page of a document the deciding words of a review stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from knowledge.reading import Document
from knowledge.types import EvidenceSpan, Review


def with_pages(review: Review, page_at: Callable[[int], int | None]) -> Review:
    """`review` with the page of every evidence span, the one on which the span begins.

    `page_at` gives the page of an offset into the reviewed text, or None where there are no pages.
    """
    return replace(
        review,
        findings=tuple(replace(f, evidence=_paged(f.evidence, page_at)) for f in review.findings),
        state_notes=tuple(
            replace(n, evidence=_paged(n.evidence, page_at)) for n in review.state_notes
        ),
    )


def of_document(review: Review, document: Document) -> Review:
    """`review` of a whole file: with pages, and with a notice of each thing that was not read."""
    paged = with_pages(review, document.page_at)
    return replace(paged, notices=(*paged.notices, *document.notes))


def _paged(
    spans: tuple[EvidenceSpan, ...], page_at: Callable[[int], int | None]
) -> tuple[EvidenceSpan, ...]:
    return tuple(replace(span, page=page_at(span.start)) for span in spans)
