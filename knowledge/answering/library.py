"""What the answering engine reads from: the knowledge base, official texts, and the finder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.llm import Complete
from knowledge.retrieval import Retriever
from knowledge.sources import Knowledge
from knowledge.types import OwnText, Section

FindOwn = Callable[[str, str], Sequence[OwnText]]
"""(question, workspace) to the nearest passages of that workspace's collections, best first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Our wording for one standard: what our own review says of it, and what it rests on.

    `places` are (source, pinpoint), the one to be told first.
    """

    title: str
    mandatory: bool
    wording: str
    verdict: str
    places: tuple[tuple[str, str], ...]


Suggest = Callable[[str], Suggestion | None]
"""A standard's id -> our wording for it."""


@dataclass(frozen=True, slots=True)
class Library:
    """`official` maps a digest section's id to the issuer's own words at the same pinpoint.

    `complete` is a language model that may draft; without one the answer is extractive. `suggest`
    gives our wording for a standard; without it no clause is written. `own` finds passages of a
    workspace's own collections; without it there are none.
    """

    knowledge: Knowledge
    retriever: Retriever
    release: str
    official: Mapping[str, Section] = field(default_factory=dict)
    complete: Complete | None = None
    suggest: Suggest | None = None
    own: FindOwn | None = None

    def section(self, key: str) -> Section | None:
        """The section with this id, digest or official."""
        return self.knowledge.sections.get(key) or self._official_by_id(key)

    def _official_by_id(self, key: str) -> Section | None:
        return next((item for item in self.official.values() if item.id == key), None)
