"""The catalogue in the terminal: each source with its status, its date and what is held of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.terminal.screen import open_screen, plain, print_indented, styled
from bot.terminal.words import say
from bot.wording import Wording, load_wording
from knowledge.catalogue import Entry, Stale
from knowledge.statelaw import StaleRow, source_id_of
from knowledge.types import Evidence, Status

Record = Mapping[str, Any]
ASKING = say("check_asking")


def print_catalogue(sources: Sequence[Record]) -> None:
    """Every source is on standard output, in the catalogue's order."""
    wording = load_wording()
    screen = open_screen()
    for source in sources:
        screen.print(styled(f"{source['id']}: {source['title']}", "bold"))
        print_indented(_status(source, wording))
        print_indented(_held(source))
        if source["status_note"]:
            print_indented(source["status_note"], "dim")
        if source["url"]:
            screen.print(styled(f"    {plain(source['url'])}", "dim"), soft_wrap=True)
        screen.print()
    if sources:
        screen.print(styled(say("catalogue_note", day=sources[0]["as_of"]), "dim"))


def _status(source: Record, wording: Wording) -> str:
    status = wording.status[Status(source["status"])]
    said = say("catalogue_status", status=status, issued=source["date"], seen=source["seen_on"])
    by = source["status_by"]
    if by is None:
        return said
    return f"{said} {say('catalogue_by', since=source['status_since'], **by)}"


def _held(source: Record) -> str:
    kinds = [section["text_kind"] for section in source["sections"]]
    held = say("catalogue_held", digest=kinds.count("digest"))
    official = kinds.count("official")
    return f"{held} {say('catalogue_official', official=official)}" if official else held


def print_statements(entries: Sequence[Entry]) -> None:
    """A table on standard output: statements of each source by evidence mark."""
    from rich import box
    from rich.table import Table

    marks = [mark for mark in Evidence if any(mark in entry.marks for entry in entries)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(say("check_source"), no_wrap=True, min_width=24)
    for name in (say("check_sections"), say("check_statements"), *marks):
        table.add_column(name, justify="right")
    for entry in entries:
        counts = [entry.sections, entry.statements, *(entry.marks.get(mark, 0) for mark in marks)]
        table.add_row(entry.source.id, *map(str, counts))
    table.add_section()
    sums = [sum(entry.marks.get(mark, 0) for entry in entries) for mark in marks]
    whole = [sum(e.sections for e in entries), sum(e.statements for e in entries), *sums]
    table.add_row(say("check_all"), *map(str, whole))
    open_screen().print(table)


def print_problems(problems: Sequence[str]) -> None:
    """What must be mended is on standard output, a line each."""
    screen = open_screen()
    for problem in problems:
        screen.print(styled(problem))
    said = say("check_problems", count=len(problems)) if problems else say("check_fine")
    screen.print(styled(said, "bold"))


def print_stale(found: Sequence[Stale], rows: Sequence[StaleRow], age: int) -> None:
    """Sections and rows on state law that nobody has looked at for long, the oldest first."""
    screen = open_screen()
    for item in found:
        screen.print(styled(f"{item.seen_on}  {item.days:>5} d  {item.section.id}"))
    for row in rows:
        first = f" ({say('recheck')})" if row.recheck else ""
        place = f"{source_id_of(row.state)}: {row.citation or say('no_statute')}{first}"
        screen.print(styled(f"{row.seen_on}  {row.age:>5} d  {place}"))
    count = len(found) + len(rows)
    said = say("stale_found", count=count, age=age) if count else say("stale_none", age=age)
    screen.print(styled(said, "bold"))
