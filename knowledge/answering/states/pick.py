"""The statements of a row that a question wants, in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.answering.library import Library
from knowledge.answering.states.cues import said
from knowledge.sources import DigestStatement
from knowledge.statelaw import (
    ABOUT,
    COMPARED,
    TABLE,
    WIDER,
    StateLaw,
    load_patterns,
    source_id_of,
)
from knowledge.statelaw.sentences import load_wording

_RULES = 3  # sentences on the rule itself


def holds_statements(row: StateLaw, text: str, library: Library) -> list[DigestStatement]:
    """The rule, what is open, how it stands beside the federal words, and how far it was read.

    What stands beside the federal words is told whole: where a law is looser in some way, whoever
    copies it has to know, however the question was put.
    """
    places = load_wording()["pinpoints"]
    beside, read = (_at(row, places[name], library) for name in ("beside", "read"))
    if said("asks_stricter", text):
        beside.reverse()
    first = _rule(row, text, library)
    asked = [name for name in ("blood", "reach", "local") if said(name, text)]
    more = [item for name in asked for item in _at(row, places[name], library)]
    if said("differs", text) or said("copies", text):
        none = first[:1] if row.found == "none" else []
        rest = [item for item in first if item not in none][:2]
        return [*none, *beside, *rest, *more, *read[:1]]
    if said("current", text):
        return [*read, *first[:1], *(beside if row.looser else ())]
    return [*first, *more, *_open(row, text, read), *beside, *read[:1]]


def warned_rule(row: StateLaw, text: str, library: Library) -> list[DigestStatement]:
    """The rule in short, beside a federal answer: with the warning that it owes and its origin."""
    places = load_wording()["pinpoints"]
    beside = _at(row, places["beside"], library)[:1] if row.looser else []
    return [*_rule(row, text, library)[:2], *beside, *_at(row, places["read"], library)[:1]]


def _rule(row: StateLaw, text: str, library: Library) -> list[DigestStatement]:
    """The rule's own sentences, its exceptions first where those are asked for."""
    rule = _at(row, row.citation or load_wording()["pinpoints"]["none"], library)
    bound = [item for item in rule if item.text.startswith("In our reading")]
    bound = [item for item in bound if item.kind == "fact"]
    first = [item for item in rule if item.kind in ("requirement", "exception", "unknown")][:_RULES]
    facts = [item for item in rule if item.kind == "fact" and item not in bound]
    if said("blood", text):
        facts.sort(key=lambda item: not said("blood", item.text))
        first += [item for item in facts[:1] if said("blood", item.text)]
    first += [item for item in facts[: _facts(row, text)] if item not in first]
    if said("whom", text):
        first += bound
    if said("exception", text):
        first.sort(key=lambda item: item.kind != "exception")
    return first


def duty_statements(row: StateLaw, topic: str, library: Library) -> list[DigestStatement]:
    """The row's sentences on that duty, then where each of them was read; nothing without one."""
    found = [
        item
        for duty in row.duties
        if duty.topic == topic
        for item in _at(row, duty.citation, library)
    ]
    return sorted(found, key=lambda item: item.kind == "disclaimer")


def duty_in_table(topic: str, library: Library) -> list[DigestStatement]:
    """The sentence over all rows on that duty, which says that an empty cell says nothing."""
    return _of(TABLE, f"Pattern: {load_wording()['topics'][topic].lower()}", library)


def table_statements(text: str, library: Library) -> list[DigestStatement]:
    """The sentences over all rows that fit the question, the best whole, and what the table is."""
    about = _of(TABLE, ABOUT, library)
    fitting = [pattern.pinpoint for pattern in load_patterns() if pattern.fits(text)]
    fitting = fitting or [load_patterns()[-1].pinpoint]
    if fitting[0] == ABOUT:
        return about
    first = _of(TABLE, fitting[0], library)
    second = [_of(TABLE, pinpoint, library)[0] for pinpoint in fitting[1:2] if pinpoint != ABOUT]
    looser = _of(TABLE, WIDER, library)[1:] if fitting[0] in COMPARED else []
    return [*first, *second, *looser, *about[:1]]


def _facts(row: StateLaw, text: str) -> int:
    """How many further facts are told: those of a row without a rule, or when asked for."""
    return 2 if row.found == "none" or said("when", text) else 0


def _open(row: StateLaw, text: str, read: list[DigestStatement]) -> Iterable[DigestStatement]:
    """What stayed open: on blood flow when asked for; the first point where all is hearsay."""
    points = read[1:]
    if said("blood", text):
        points = [i for i in points if "blood flow" in i.text or "vascular" in i.text] or points
    return points[:1] if row.found != "none" and not row.verified else []


def _at(row: StateLaw, pinpoint: str, library: Library) -> list[DigestStatement]:
    return _of(source_id_of(row.state), pinpoint, library)


def _of(source: str, pinpoint: str, library: Library) -> list[DigestStatement]:
    wanted = f"{source}#{pinpoint}"
    return [item for item in library.knowledge.statements.values() if item.section == wanted]
