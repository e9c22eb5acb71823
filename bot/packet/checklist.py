"""What the bodies asked for while the order stood: dated facts from the catalogue, to tick off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.packet.parts import Items, Part, Text, say
from bot.wording import load_wording
from knowledge.places import state_names
from knowledge.sources import DigestStatement, Knowledge, load_knowledge, status_on
from knowledge.types import Citation, Review

SOURCE = "credentialing-bodies"
ORDER = "eo-13929"
NATIONAL = ("CALEA", "IACLEA", "IADLEST")
_ASKED = frozenset({"condition", "deadline", "exception", "encouraged"})
_TOLD = frozenset({"body", "contradiction", "unknown", "fact"})


def checklist_parts(review: Review) -> Iterator[Part]:
    """The state's body and what it asked for; without a state, the national bodies."""
    known = load_knowledge()
    day = date.fromisoformat(review.as_of)
    yield Text("head", say("checklist"))
    state = state_names().get(review.state or "")
    if not state:
        yield Text("text", say("checklist_national"))
        for pinpoint in NATIONAL:
            yield from _section(known, [s for s in _statements(known) if _at(s, pinpoint)], day)
        return
    theirs = [statement for statement in _statements(known) if statement.state == review.state]
    if not any(statement.kind in _ASKED for statement in theirs):
        yield Text("text", say("checklist_none", state=state))
    if theirs:
        yield Text("text", say("checklist_state", state=state))
        yield from _section(known, theirs, day)


def order_status(day: date) -> tuple[Citation, ...]:
    """The text that says what the order is worth on `day`; none while it simply stands."""
    known = load_knowledge()
    change = status_on(known.sources[ORDER], day)
    if not change.by or not change.pinpoint:
        return ()
    section = known.section_at(change.by, change.pinpoint)
    source = known.sources[change.by]
    words = known.statements[f"{section.id}/1"].text
    status = status_on(source, day).status
    day_of = source.issued.isoformat()
    return (
        Citation(
            source.id, source.title, day_of, section.pinpoint, words, section.url,
            section.text_kind, status,
        ),
    )  # fmt: skip


def _section(known: Knowledge, statements: list[DigestStatement], day: date) -> Iterator[Part]:
    asked = tuple(s.text for s in statements if s.kind in _ASKED)
    told = [s.text for s in statements if s.kind in _TOLD]
    yield from (Text("text", words) for words in told)
    if asked:
        yield Items(asked, boxes=True)
    if asked or told:
        yield Text("small", _origin(known, statements[0], day))


def _origin(known: Knowledge, statement: DigestStatement, day: date) -> str:
    section = known.sections[statement.section]
    source = known.sources[SOURCE]
    status = load_wording().status[status_on(source, day).status]
    return say(
        "checklist_from",
        title=source.title,
        pinpoint=section.pinpoint,
        seen=section.seen_on.isoformat(),
        status=status,
    )


def _statements(known: Knowledge) -> list[DigestStatement]:
    return [s for s in known.statements.values() if s.source == SOURCE]


def _at(statement: DigestStatement, pinpoint: str) -> bool:
    return statement.section == f"{SOURCE}#{pinpoint}"
