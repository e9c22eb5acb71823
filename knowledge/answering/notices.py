"""What an answer says of itself: its day, what was read otherwise, which parts are left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.answering.conversation import MOST_ASKS, asks_more
from knowledge.answering.draft import Draft
from knowledge.answering.identifiers import read_identifiers
from knowledge.answering.library import Library
from knowledge.answering.part import Part, said_of
from knowledge.answering.plain import in_english, is_spanish
from knowledge.answering.wording import notice
from knowledge.types import Question


def _answered_as_of(draft: Draft, as_of: date, library: Library) -> str:
    """The day of the answer, and when what it cites was last checked; where it cites nothing, all.

    The oldest day is told, and the newest beside it where they differ.
    """
    cited = [library.section(quote.section) for claim in draft for quote in claim.quotes]
    used = [section for section in cited if section] or library.knowledge.sections.values()
    days = {section.seen_on for section in used}
    kind = "as_of" if len(days) == 1 else "as_of_between"
    return notice(kind, as_of=as_of, checked=min(days), newest=max(days))


def notices_of(
    parts: Sequence[Part], draft: Draft, question: Question, library: Library
) -> tuple[str, ...]:
    """What is said of an answer beside its statements."""
    lines = [_answered_as_of(draft, question.as_of, library)]
    if is_spanish(question.text):
        lines.append(notice("spanish", read=in_english(question.text)))
    if question.as_of < max(source.seen_on for source in library.knowledge.sources.values()):
        lines.append(notice("past_day", as_of=question.as_of))
    misprints = read_identifiers(question.text, library.knowledge).misprints
    lines += [notice("misprint", number=number) for number in misprints]
    if any(part.abstention is None for part in parts):
        left = [part.ask.said for part in parts if part.abstention is not None]
        lines += [notice("unanswered", part=text) for text in left]
        lines += [notice("said_above", part=text) for text in _said_above(parts)]
    if asks_more(question.text):
        lines.append(notice("more", count=MOST_ASKS))
    lines += [note for part in parts for note in part.notes]
    if any(part.drafted for part in parts):
        lines.append(notice("drafted"))
    lines.append(notice("advice"))
    return tuple(lines)


def _said_above(parts: Sequence[Part]) -> list[str]:
    """Parts of a message of which all that was found is said for an earlier part."""
    said: set[object] = set()
    repeated: list[str] = []
    for part in parts:
        own = {said_of(claim) for claim in part.draft}
        if part.abstention is None and own and own <= said:
            repeated.append(part.ask.said)
        said |= own
    return repeated
