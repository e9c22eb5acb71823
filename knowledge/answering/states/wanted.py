"""Whose law a question is about, and what of it; or that it is not about state law at all."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answering.conversation import Ask
from knowledge.answering.states.cues import general_terms, said
from knowledge.places import states_in
from knowledge.retrieval import terms_of
from knowledge.statelaw.rows import TOPICS
from knowledge.types import Question

HOLDS = "holds"
ELSE = "else"  # something that the table does not speak of
_MOST = 3  # states of one question


@dataclass(frozen=True, slots=True)
class Wanted:
    """`states` to tell of, or none when the state has to be asked for; `topics` duties or holds.

    `over_all`: the question is about the states in general. `text` is the question understood.
    `reach`: the asker's agency is of a kind that a law may not reach.
    """

    text: str
    topics: tuple[str, ...]
    states: tuple[str, ...] = ()
    over_all: bool = False
    reach: bool = False


def wanted(ask: Ask, question: Question) -> Wanted | None:
    """What `ask` wants to know of state law, or None when it wants something else."""
    text = _understood(ask, question)
    named = states_in(text)
    holds = said("hold", text)
    topics = _topics(text)
    over_all = said("states", text) and not named
    beside = said("differs", text) or said("copies", text)
    asks = holds or said("law", text) or topics != (HOLDS,) or beside or over_all
    if not asks or (said("federal", text) and not (beside and (holds or said("law", text)))):
        return None
    if over_all:
        return Wanted(text, topics, over_all=True) if topics != (ELSE,) else None
    if topics == (ELSE,) and (said("federal", text) or not (named and said("strong", text))):
        return None
    reach = ask.setting is not None
    if named:
        return Wanted(text, topics, _closest(named, ask), reach=reach)
    if said("ours", text) or (holds and said("known" if ask.states else "illegal", text)):
        return Wanted(text, topics, ask.states[:_MOST], reach=reach)
    return None


def _understood(ask: Ask, question: Question) -> str:
    """The ask; with what is told beside it of a copied law, or with the question it completes."""
    if said("copies", ask.told) and said("federal", ask.text):
        return f"{ask.told} {ask.text}"
    if question.history and states_in(ask.text) and not said("hold", ask.text):
        before = question.history[-1].question
        if said("ours", before) and not states_in(before):
            return f"{before} {ask.new}"
    return ask.text


def _closest(named: tuple[str, ...], ask: Ask) -> tuple[str, ...]:
    """The states that the newest words name, else all of them."""
    return (states_in(ask.new) or named)[:_MOST]


def _topics(text: str) -> tuple[str, ...]:
    holds = [HOLDS] if said("hold", text) else []
    spoken = (*holds, *(topic for topic in TOPICS if said(topic, text)))
    if spoken:
        return spoken
    return (ELSE,) if _left(text) else (HOLDS,)


def _left(text: str) -> set[str]:
    """Terms of the question that are neither general nor a number."""
    return {term for term in terms_of(text) if not term[0].isdigit()} - general_terms()
