"""Words of a workspace's own collections, shown beside the answer and named as its own.

They never change what the federal sources are said to say, and no other workspace's are asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.cues import any_cue
from knowledge.answering.extract import own_words
from knowledge.answering.library import Library
from knowledge.answering.verify import own_statement
from knowledge.retrieval import terms_of
from knowledge.types import Abstention, AbstentionKind, Answer, OwnText, Question, Statement

_FILE = Path(__file__).parents[1] / "data" / "answering" / "own_texts.toml"
_LONGEST = 700  # characters of one passage that are shown
_MAY_BE_ANSWERED = frozenset({AbstentionKind.NOT_IN_SOURCES, AbstentionKind.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question; whether it is about the agency's own documents, and asks for their text."""

    words: str
    own: bool
    text: bool


def with_own_texts(answer: Answer, question: Question, library: Library) -> Answer:
    """`answer` with what the workspace's own collections say, where they say something near.

    Nothing is added for a question that names no workspace, or that is declined as unsafe, as
    legal advice or as ambiguous.
    """
    if library.own is None or not question.workspace or not _may_stand_beside(answer.abstention):
        return answer
    asked = _asked(question.text)
    chosen = _chosen(library.own(question.text, question.workspace), asked, library)
    made = [_statement(own, asked, library) for own in chosen]
    said = tuple(statement for statement in made if statement is not None)
    if not said:
        return answer
    abstention = _abstention(answer.abstention, asked)
    return replace(
        answer,
        answered=abstention is None,
        abstention=abstention,
        score=answer.score if answer.answered else round(max(0.0, chosen[0].score), 4),
        statements=(*_federal(answer, asked), *said),
        notices=(*_notices(chosen), *answer.notices),
    )


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _may_stand_beside(abstention: Abstention | None) -> bool:
    kinds = (*_MAY_BE_ANSWERED, AbstentionKind.NEEDS_AGENCY_FACT)
    return abstention is None or abstention.kind in kinds


def _asked(question: str) -> _Asked:
    own = any_cue(_data()["about_own"], question)
    opens = any(re.match(cue, question.strip(), re.IGNORECASE) for cue in _data()["asks_for_text"])
    return _Asked(question, own, own and opens)


def _chosen(found: Iterable[OwnText], asked: _Asked, library: Library) -> list[OwnText]:
    near = [own for own in found if _near(own, asked, library)]
    return near[: _data()["most_about_own" if asked.own else "most"]]


def _near(own: OwnText, asked: _Asked, library: Library) -> bool:
    if asked.own:
        return bool(own.score >= _data()["near_about_own"])
    terms = frozenset(terms_of(asked.words))
    held = frozenset(terms_of(f"{own.section.heading} {own.words}"))
    whole = library.retriever.weigh(terms)
    cover = library.retriever.weigh(terms & held) / whole if whole else 0.0
    return bool(own.score >= _data()["near"] and cover >= _data()["cover"])


def _statement(own: OwnText, asked: _Asked, library: Library) -> Statement | None:
    words = own.words
    if len(words) > _LONGEST:
        words = own_words(asked.words, words, library) or words[:_LONGEST].rpartition(" ")[0]
    text = _data()["text"].format(
        collection=_name(own), document=own.title, pinpoint=own.section.pinpoint, words=words
    )
    return own_statement(text, words, own)


def _abstention(given: Abstention | None, asked: _Asked) -> Abstention | None:
    """What is still declined once the agency's own words are there."""
    if given is None or asked.text or given.kind in _MAY_BE_ANSWERED:
        return None
    return replace(given, message=_data()["judgement"])


def _federal(answer: Answer, asked: _Asked) -> tuple[Statement, ...]:
    """Federal statements; those that only went along with a refusal give way to the own words."""
    return () if answer.abstention is not None and asked.text else answer.statements


def _notices(shown: Iterable[OwnText]) -> list[str]:
    names = dict.fromkeys(_name(own) for own in shown)
    return [_data()["notice"].format(collection=name) for name in names]


def _name(own: OwnText) -> str:
    """The collection as the agency named it."""
    return own.collection.removeprefix("agency:")
