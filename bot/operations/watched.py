"""The engines as before, with their time taken and their outcome counted."""

from __future__ import annotations

from bot.engines import Engines
from bot.operations.meters import Meters
from bot.operations.tracing import Trace, no_trace
from knowledge.types import Answer, Excerpt, Question, Review, Verdict


class Watched:
    """Passes every call on. Never changes what comes back."""

    def __init__(self, engines: Engines, meters: Meters, trace: Trace = no_trace) -> None:
        self._engines = engines
        self._meters = meters
        self._trace = trace

    @property
    def release(self) -> str:
        """The release of the engines."""
        return self._engines.release

    def answer(self, question: Question) -> Answer:
        """The engines' answer."""
        with self._meters.timed("answer"), self._trace("answer") as told:
            answer = self._engines.answer(question)
            kind = str(answer.abstention.kind) if answer.abstention else ""
            told({"answered": answer.answered, "abstention": kind, "release": answer.release})
        self._meters.answered(answer)
        return answer

    def review(self, excerpt: Excerpt) -> Review:
        """The engines' review."""
        with self._meters.timed("review"), self._trace("review") as told:
            review = self._engines.review(excerpt)
            met = sum(1 for f in review.findings if f.verdict is Verdict.MEETS)
            told({"met": met, "standards": len(review.findings), "release": review.release})
        self._meters.reviewed(review)
        return review
