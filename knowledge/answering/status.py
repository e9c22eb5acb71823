"""Law in time: which statements hold on a day, and what must be said of a source's status."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.sources import DigestStatement, Knowledge, section_id, status_on
from knowledge.types import Status

_GONE = frozenset({Status.REVOKED, Status.SUPERSEDED})


def holds_on(
    statement: DigestStatement, day: date, knowledge: Knowledge, named: frozenset[str]
) -> bool:
    """Whether `statement` may be made for `day`.

    A source that was not yet issued speaks only when the question names it.
    """
    if statement.since and day < statement.since:
        return False
    if statement.until and day > statement.until:
        return False
    status = status_on(knowledge.sources[statement.source], day).status
    return status is not Status.NOT_YET_ISSUED or statement.source in named


def status_chain(
    sources: Iterable[str], day: date, knowledge: Knowledge
) -> list[DigestStatement] | None:
    """The status statements that an answer resting on `sources` owes on `day`, in order.

    A source that rests on another owes that one's status; what revoked a source owes its own.
    Nothing is returned when one that is owed is not in the knowledge base: then the answer
    cannot be given.
    """
    owed: dict[str, DigestStatement] = {}
    waiting = list(dict.fromkeys(sources))
    seen: set[str] = set()
    while waiting:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        change = status_on(knowledge.sources[key], day)
        if change.status in _GONE and change.by:
            line = status_statement(change.by, change.pinpoint or "", knowledge)
            if line is None:
                return None
            owed[line.id] = line
            waiting.append(change.by)
        if key in knowledge.rests_on:
            waiting.append(knowledge.rests_on[key])
    return list(owed.values())


def status_statement(source: str, pinpoint: str, knowledge: Knowledge) -> DigestStatement | None:
    """The sentence of a section that tells what it ended: its first of kind `status`."""
    wanted = section_id(source, pinpoint)
    parts = [item for item in knowledge.statements.values() if item.section == wanted]
    return next((item for item in parts if item.kind == "status"), parts[0] if parts else None)
