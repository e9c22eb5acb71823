"""The two engines as the doors see them."""

from __future__ import annotations

from typing import Protocol

from knowledge.types import Answer, Excerpt, Question, Review


class Engines(Protocol):
    """The two calls, as `knowledge.Advisor` has them."""

    @property
    def release(self) -> str: ...

    def answer(self, question: Question) -> Answer: ...

    def review(self, excerpt: Excerpt) -> Review: ...
