"""The catalogue: every source with its status and coverage, what is wrong in it, what grew old.

catalogue(knowledge, day)              one `Entry` a source, for `safepolicing sources`
check_catalogue(knowledge)             problems, one sentence each, for `sources check`
check_reach(knowledge, find)           the same for what questions reach; needs the index
stale_sections(knowledge, day, age)    what nobody has looked at since, for `sources stale`
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import InputError
from knowledge.hosts import load_hosts
from knowledge.release import DATA
from knowledge.sources import DigestStatement, Knowledge, section_id, status_on
from knowledge.statelaw import check_state_laws, is_state_law
from knowledge.types import REPORTED, Evidence, Section, Source, StatusChange

Find = Callable[[str], Sequence[str]]
"""A question to the ids of the statements found for it, best first."""

REACH = 3  # a statement counts as reached when it is among so many
_REPORTED = re.compile(r"\breported by\b", re.IGNORECASE)
_OURS = re.compile(r"\bour (?:reading|inference)\b|\binference\b", re.IGNORECASE)
_ORDER_SECTION = re.compile(r"\b[Ss]ection (\d+(?:\([a-z]+\))*) of EO (\d{5})\b")
_STANDARDS_PART = re.compile(r"\b(Part I{1,3}(?:\.[A-Z])?) of the DOJ Standards\b")
_AGE = re.compile(r"(\d{1,5})\s*(?:d|days?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One source on a day. `marks` counts its statements by evidence mark, in `Evidence` order."""

    source: Source
    status: StatusChange
    sections: int
    statements: int
    marks: Mapping[Evidence, int]


@dataclass(frozen=True, slots=True)
class Stale:
    """A section, the day its stored copy was last looked at, and how many days ago that was."""

    section: Section
    seen_on: date
    days: int


def catalogue(knowledge: Knowledge, day: date) -> tuple[Entry, ...]:
    """Every source with the status that it has on `day` and what is held of it, by id."""
    parts = list(knowledge.statements.values())
    sections = Counter(section.source for section in knowledge.sections.values())
    return tuple(
        _entry(source, day, sections[source.id], [p for p in parts if p.source == source.id])
        for source in knowledge.sources.values()
    )


def stale_sections(knowledge: Knowledge, day: date, *, older_than: int) -> tuple[Stale, ...]:
    """Sections last looked at more than `older_than` days before `day`, the oldest first."""
    found = [Stale(s, s.seen_on, (day - s.seen_on).days) for s in knowledge.sections.values()]
    old = (item for item in found if item.days > older_than)
    return tuple(sorted(old, key=lambda item: (item.seen_on, item.section.id)))


def read_age(text: str) -> int:
    """Days of an age such as "180d", "180 days" or "180". Raises: `InputError`."""
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise InputError(f"{text!r} is not a number of days; write for example 180d.")
    return int(match.group(1))


def check_catalogue(
    knowledge: Knowledge, *, day: date | None = None, data: Path = DATA
) -> tuple[str, ...]:
    """What is wrong in the knowledge base, one sentence each; empty when all is well.

    Checked: pinpoints, addresses, evidence marks against the wording, dates, and every
    reference from one place of `data` to a section.
    """
    return (
        *check_state_laws(today=day),
        *_pinpoints(knowledge),
        *_addresses(knowledge),
        *_marks(knowledge),
        *_days(knowledge, day or date.today()),
        *_references(knowledge, data),
    )


def check_reach(knowledge: Knowledge, find: Find) -> tuple[str, ...]:
    """Statements that none of their own questions finds among the first three, one sentence each.

    `find` is the real retriever over the index that serves. Rows on state law are reached by their
    state, not by a search.
    """
    parts = knowledge.statements.values()
    return tuple(_unreached((p for p in parts if not is_state_law(p.source)), find))


def _entry(source: Source, day: date, sections: int, parts: list[DigestStatement]) -> Entry:
    counts = Counter(part.evidence for part in parts)
    marks = {mark: counts[mark] for mark in Evidence if counts[mark]}
    return Entry(source, status_on(source, day), sections, len(parts), marks)


def _pinpoints(knowledge: Knowledge) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for section in knowledge.sections.values():
        plain = (section.source, " ".join(section.pinpoint.casefold().split()))
        if plain in seen:
            yield f"{section.id}: the pinpoint reads the same as {seen[plain]}."
        seen[plain] = section.id
        if section.source not in knowledge.sources:
            yield f"{section.id}: there is no source {section.source}."
        if knowledge.sections.get(section_id(section.source, section.pinpoint)) is not section:
            yield f"{section.id}: the pinpoint does not lead to this section."
    for part in knowledge.statements.values():
        section = knowledge.sections[part.section]
        if section.text[part.start : part.end] != part.text:
            yield f"{part.id}: the statement does not stand in its section."


def _addresses(knowledge: Knowledge) -> Iterator[str]:
    hosts = load_hosts()
    held: list[Source | Section] = [*knowledge.sources.values(), *knowledge.sections.values()]
    for item in held:
        if item.url is not None and not hosts.allow(item.url):
            yield f"{item.id}: the address {item.url} is not HTTPS on a host of hosts.toml."


def _marks(knowledge: Knowledge) -> Iterator[str]:
    for part in knowledge.statements.values():
        reported, ours = bool(_REPORTED.search(part.text)), bool(_OURS.search(part.text))
        if part.evidence in REPORTED and not reported:
            yield f"{part.id}: marked {part.evidence}, so it has to say who reported it."
        if part.evidence is Evidence.INFERENCE and not ours:
            yield f"{part.id}: marked I, so it has to say that it is our reading or inference."
        if part.evidence not in REPORTED and reported:
            yield f"{part.id}: says reported by, but is marked {part.evidence}."
        if part.evidence is not Evidence.INFERENCE and ours:
            yield f"{part.id}: is called our reading or inference, but is marked {part.evidence}."
        if not part.asks:
            yield f"{part.id}: no question is given that it answers."


def _days(knowledge: Knowledge, day: date) -> Iterator[str]:
    for source in knowledge.sources.values():
        if source.status_changes[0].on < source.issued:
            yield f"{source.id}: has a status before it was issued."
    for section in knowledge.sections.values():
        if section.seen_on > day:
            yield f"{section.id}: was seen on {section.seen_on}, which is still to come."
    for part in knowledge.statements.values():
        if part.since and part.until and part.since > part.until:
            yield f"{part.id}: ends before it begins."


def _references(knowledge: Knowledge, data: Path) -> Iterator[str]:
    named = [*_in_wording(knowledge), *_in_data(data)]
    named += [
        (source.id, change.by, change.pinpoint or "")
        for source in knowledge.sources.values()
        for change in source.status_changes
        if change.by
    ]
    for where, source, pinpoint in named:
        if not _ends(knowledge, source, pinpoint):
            yield f"{where}: points at {source} {pinpoint}, which is no section."


def _ends(knowledge: Knowledge, source: str, pinpoint: str) -> bool:
    """Whether a section has the pinpoint, or one below it has."""
    if source not in knowledge.sources:
        return False
    wanted = section_id(source, pinpoint)
    below = (f"{wanted}(", f"{wanted} (")
    return any(key == wanted or key.startswith(below) for key in knowledge.sections)


def _in_wording(knowledge: Knowledge) -> Iterator[tuple[str, str, str]]:
    for part in knowledge.statements.values():
        for number, order in _ORDER_SECTION.findall(part.text):
            yield part.id, f"eo-{order}", f"§ {number}"
        for name in _STANDARDS_PART.findall(part.text):
            yield part.id, "doj-standards-2020", name


def _in_data(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every table of a data file that names a source and a pinpoint."""
    for path in sorted(folder.rglob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in _tables(tables):
            source, pinpoint = table.get("source"), table.get("pinpoint")
            if isinstance(source, str) and isinstance(pinpoint, str):
                yield path.relative_to(folder).as_posix(), source, pinpoint


def _tables(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _tables(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _tables(inner)


def _unreached(parts: Iterable[DigestStatement], find: Find) -> Iterator[str]:
    for part in parts:
        if not any(part.id in find(ask)[:REACH] for ask in part.asks):
            yield f"{part.id}: none of its own questions leads to it."
