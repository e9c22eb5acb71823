"""What is to be done for one person: said once, by whichever entry point they used."""

from __future__ import annotations

from dataclasses import dataclass

from bot.intake import Incoming, Place, Upload
from bot.intent import Intent, Kind, holds, load_cues, read_intent
from bot.memory import Thread


@dataclass(frozen=True, slots=True)
class Job:
    """What a person wants, where the reply goes, and how the message is marked.

    `private`: everything goes to the asker only, as for a slash command.
    """

    intent: Intent
    place: Place
    mark: str = ""
    external: bool = False
    private: bool = False
    uploads: tuple[Upload, ...] = ()
    state: str | None = None

    @property
    def thread(self) -> Thread:
        """The conversation that this belongs to."""
        return Thread(self.place.team, self.place.channel, self.place.thread or self.place.person)


def read_job(message: Incoming) -> Job:
    """What `message` wants. Beside a file, words that are no question of their own add nothing."""
    intent = read_intent(message.text)
    if message.uploads:
        intent = _beside_files(intent)
    return Job(intent, message.place, message.mark, message.external, uploads=message.uploads)


def _beside_files(intent: Intent) -> Intent:
    if intent.kind in (Kind.THANKS, Kind.GREETING, Kind.UNSURE):
        return Intent(Kind.REVIEW, excerpt=intent.excerpt)
    if intent.kind is Kind.QUESTION and asks_for_review(intent.question):
        return Intent(Kind.REVIEW)
    return Intent(Kind.BOTH, intent.question) if intent.kind is Kind.QUESTION else intent


def asks_for_review(question: str) -> bool:
    """The words only ask that something be checked."""
    return holds(question, load_cues().review_requests)
