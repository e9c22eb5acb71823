"""The catalogue in the terminal: each source with its status, its date and what is held of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.terminal.screen import open_screen, plain, print_indented, styled
from bot.terminal.words import say
from bot.wording import Wording, load_wording
from knowledge.types import Status

Record = Mapping[str, Any]


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
