"""What the person who keeps the rows wants to know: what is wrong, and what has grown old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.errors import AdvisorError
from knowledge.places import state_names
from knowledge.statelaw.patterns import pattern_table
from knowledge.statelaw.rows import StateLaw, load_state_laws

JURISDICTIONS = frozenset(state_names()) - {"PR", "GU", "VI", "MP", "AS"}


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A row that was last looked at `age` days ago; `recheck` when it waits for a second look."""

    state: str
    name: str
    citation: str | None
    evidence: str
    seen_on: date
    age: int
    recheck: bool


def check_state_laws(
    rows: Mapping[str, StateLaw] | None = None, today: date | None = None
) -> tuple[str, ...]:
    """What is wrong with the rows, a sentence each; nothing when all is well.

    A row that does not load is the first sentence, and then the only one.
    """
    try:
        held = load_state_laws() if rows is None else rows
        pattern_table(held)
    except AdvisorError as error:
        return (str(error),)
    lacking = sorted(JURISDICTIONS - set(held))
    problems = [f"state-law-{code.lower()}: there is no row for {code}." for code in lacking]
    for row in held.values():
        problems += [f"state-law-{row.state.lower()}: {text}" for text in _problems(row, today)]
    return tuple(problems)


def _problems(row: StateLaw, today: date | None) -> list[str]:
    found: list[str] = []
    if row.read.seen_on > (today or date.today()):
        found.append(f"the day it was seen, {row.read.seen_on}, has not come yet.")
    if row.read.url and not row.read.url.startswith("https://"):
        found.append(f"its address {row.read.url} does not begin with https://.")
    if row.found != "none" and row.verified and not row.review:
        found.append("a verified rule has no [review], so no excerpt is held against it.")
    citations = [duty.citation for duty in row.duties] + [row.citation or ""]
    found += [
        f"{c} is the pinpoint of two sections."
        for c in sorted(set(citations))
        if citations.count(c) > 1
    ]
    return found


def stale_rows(older_than: timedelta, today: date | None = None) -> tuple[StaleRow, ...]:
    """Rows last seen longer ago than that, oldest first; of one day those to recheck first."""
    day = today or date.today()
    made = (_aged(row, day) for row in load_state_laws().values())
    old = (row for row in made if timedelta(days=row.age) > older_than)
    return tuple(sorted(old, key=lambda row: (row.seen_on, not row.recheck, row.state)))


def _aged(row: StateLaw, day: date) -> StaleRow:
    """A row is as old as the oldest look at any part of it."""
    seen = min([row.read.seen_on, *(duty.seen_on for duty in row.duties)])
    age = (day - seen).days
    return StaleRow(row.state, row.name, row.citation, row.evidence, seen, age, row.recheck)
