"""Our suggested wording for a standard, with what our own review says of it.

The seam between the two engines: answering asks for a clause, reviewing owns the wording.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from knowledge.answering.library import Suggestion
from knowledge.reviewing import review
from knowledge.reviewing.standards import Standard, load_standards
from knowledge.types import Excerpt

_VERDICTS = {
    "meets": "meets the standard",
    "partial": "meets part of the standard",
    "does_not_meet": "does not meet the standard",
    "not_addressed": "does not address the standard",
    "unclear": "cannot be judged",
}


def suggestion_for(standard: str) -> Suggestion | None:
    """Our wording for the standard with this id, or nothing when there is no such standard."""
    found = next((item for item in load_standards() if item.id == standard), None)
    return _suggestion(found) if found is not None else None


def _suggestion(standard: Standard) -> Suggestion:
    places = [(source, pinpoint) for source, pinpoint, _ in standard.citations]
    return Suggestion(
        standard.title,
        standard.mandatory,
        standard.suggestion,
        _VERDICTS[_verdict(standard.id, standard.suggestion)],
        tuple(places),
    )


@lru_cache(maxsize=32)
def _verdict(standard: str, wording: str) -> str:
    """What the review finds in our own wording; the day changes no verdict."""
    found = review(Excerpt("suggestion", wording, date.today()), "").findings
    return next(finding.verdict.value for finding in found if finding.standard == standard)
