"""Both engines, fitted. Every door calls the same two methods: `answer` and `review`.

The index opens at the first question, in whatever thread asks it; a review needs none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.release import knowledge_release
from knowledge.types import Answer, Excerpt, Question, Review, Section, TextKind

if TYPE_CHECKING:
    from knowledge.answering import Library
    from knowledge.index import Index
    from knowledge.llm import Complete
    from knowledge.settings import Settings
    from knowledge.sources import Knowledge

OWN_TEXTS = 8  # passages of own collections that are looked at for one question


class Advisor:
    """Answers questions and reviews excerpts. Safe to share between threads."""

    def __init__(
        self,
        home: Path,
        model: str,
        complete: Complete | None = None,
        *,
        second_reader: bool = False,
        server: str | None = None,
    ) -> None:
        self._server = server
        self._home = home
        self._model = model
        self._complete = complete
        self._second_reader = complete if second_reader else None
        self._lock = Lock()
        self._library: Library | None = None

    @property
    def release(self) -> str:
        """The release of the rules and digests that came with this program."""
        return knowledge_release()

    def answer(self, question: Question) -> Answer:
        """The answer to `question`, or an abstention with its kind.

        What the own collections of the question's workspace say is named as theirs. Raises:
        `IndexMissing`, `IndexMismatch`.
        """
        from knowledge.answering import answer, with_own_texts

        library = self.library()
        return with_own_texts(answer(question, library), question, library)

    def identified(self, question: Question) -> Question:
        """`question` under the id that derives from it and from the release that answers it.

        Raises: `IndexMissing`, `IndexMismatch`.
        """
        from knowledge.requests import question_id

        return replace(question, id=question_id(question, self.library().release))

    def review(self, excerpt: Excerpt) -> Review:
        """All fourteen findings on `excerpt`."""
        from knowledge.reviewing import review

        made = review(excerpt, self.release)
        if self._second_reader is None:
            return made
        from knowledge.reviewing.second_reader import second_read

        return second_read(made, excerpt, self._second_reader)

    def library(self) -> Library:
        """What questions are answered from: the release that serves now, opened at its first use.

        Raises: `IndexMissing`, `IndexMismatch`.
        """
        with self._lock:
            if self._library is None or self._outdated(self._library):
                self._library = self._open_library()
            return self._library

    def find(self, query: str) -> tuple[str, ...]:
        """Ids of the digest statements found for `query`, best first.

        Raises: `IndexMissing`, `IndexMismatch`.
        """
        return tuple(found.statement.id for found in self.library().retriever.find(query))

    def ready(self) -> None:
        """The index is open and everything that a question needs is loaded.

        Raises: `IndexMissing`, `IndexMismatch`.
        """
        self.library().retriever.find("ready")

    def _open_library(self) -> Library:
        from knowledge.index import open_index
        from knowledge.sources import load_knowledge

        known = load_knowledge()
        index = open_index(self._home, model=self._model, knowledge=known, server=self._server)
        return _library_over(index, known, self._complete)

    def _outdated(self, library: Library) -> bool:
        """Whether another release serves by now, and this program can open it."""
        from knowledge.index import can_serve, current_release

        serving = current_release(self._home)
        return serving not in (None, library.release) and can_serve(self._home, library.knowledge)


def open_advisor(settings: Settings) -> Advisor:
    """An advisor over the index in `settings.home`, which is not opened yet.

    Raises: `SettingsError` when the language model that is asked for cannot be opened.
    """
    complete = None
    if settings.llm:
        from knowledge.llm import open_model

        complete = open_model(
            settings.llm, base_url=settings.llm_base_url, timeout=settings.llm_timeout
        )
    return Advisor(
        settings.home,
        settings.model,
        complete,
        second_reader=settings.second_reader,
        server=settings.chroma_url,
    )


def _library_over(index: Index, known: Knowledge, complete: Complete | None) -> Library:
    from knowledge.answering import Library
    from knowledge.retrieval import Retriever
    from knowledge.suggesting import suggestion_for

    retriever = Retriever(known, lambda query, count: _nearest(index, query, count))
    return Library(
        known,
        retriever,
        index.release.name,
        _official(index.sections),
        complete,
        suggestion_for,
        lambda query, workspace: index.own_texts(query, workspace, OWN_TEXTS),
    )


def _nearest(index: Index, query: str, count: int) -> Sequence[tuple[str, str, float]]:
    vector = index.embedder.embed([query])[0]
    near = index.store.nearest(vector, count)
    return [(row.passage, row.text, row.score) for row in near]


def _official(sections: Mapping[str, Section]) -> Mapping[str, Section]:
    """Official sections by the id of the digest section at the same pinpoint."""
    return {
        f"{section.source}#{section.pinpoint}": section
        for section in sections.values()
        if section.text_kind is TextKind.OFFICIAL
    }
