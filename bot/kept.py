"""What a button will need in a few minutes: whose it is, where it stands, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.intake import Place
from bot.intent import Intent
from knowledge.types import Answer, Review


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review with what its buttons need: who owns it, and where it was asked for.

    `text` is what was reviewed, `document` the name of the file that it is the whole of; `unread`
    says what in that file could not be read as text.
    """

    review: Review
    place: Place
    text: str = ""
    document: str = ""
    unread: tuple[str, ...] = ()
    internal: bool = False  # Slack has said that the channel is not shared with others


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that only one person saw, until that person shares it.

    `release` is what the program knew when it gave it.
    """

    answer: Answer
    place: Place
    release: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question whose author may agree that it is kept with a mark on the answer."""

    question: str
    place: Place


def asked_key(record: str, team: str, person: str) -> str:
    """Where the question lies that this person asked and that was answered with `record`."""
    return f"{record}/{team}/{person}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message that waits for its author to say what it is."""

    intent: Intent
    place: Place
    external: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Policy text that is sent in several messages of a thread."""

    excerpt: str
    place: Place
