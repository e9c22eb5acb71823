"""A comparison in the terminal, and as a record."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.compare.changes import Change, Comparison
from bot.compare.edits import word_changes
from bot.terminal.screen import open_screen, print_indented, styled
from bot.wording import load_wording
from knowledge.reading import Document

_FILE = Path(__file__).parents[1] / "data" / "compare.toml"
_STYLES = {"same": "", "removed": "red strike", "added": "green bold"}
LONGEST = 1_200  # characters of a changed place that are shown


def say(name: str, /, **values: object) -> str:
    """The sentence called `name`, its blanks filled."""
    return _sentences()[name].format(**values)


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, str]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def print_comparison(found: Comparison) -> None:
    """What changed is on standard output, the mandatory standards first."""
    screen = open_screen()
    screen.print(styled(say("title", old=found.old.name, new=found.new.name), "bold"))
    screen.print(styled(say("made", as_of=found.after.as_of, release=found.after.release), "dim"))
    for note in (*found.old.notes, *found.new.notes):
        screen.print(styled(note, "bold"))
    deciding = len({change.edit for change in found.changes})
    if not found.edits:
        screen.print(styled(say("same_words")))
        return
    screen.print(styled(say("edits", edits=len(found.edits), deciding=deciding)))
    if not found.changes:
        screen.print(styled(say("no_change")))
    for change in found.changes:
        _print_change(found, change)
    changed = {change.standard for change in found.changes}
    same = [finding for finding in found.after.findings if finding.standard not in changed]
    for verdict in dict.fromkeys(finding.verdict for finding in same):
        titles = ", ".join(finding.title for finding in same if finding.verdict is verdict)
        said = say("unchanged", verdict=load_wording().verdict[verdict], titles=titles)
        screen.print(styled("\n" + said, "dim"))


def _print_change(found: Comparison, change: Change) -> None:
    from rich.padding import Padding
    from rich.text import Text

    screen, wording = open_screen(), load_wording()
    kind = say("mandatory" if change.mandatory else "discretionary")
    old, new = wording.verdict[change.old], wording.verdict[change.new]
    head = say("changed", title=change.title, kind=kind, old=old, new=new)
    screen.print(styled("\n" + head, "bold"))
    print_indented(say("alone" if change.alone else "together"), "dim")
    before, after = _words(found, change)
    for label, document, place, words, other in _sides(found, change, before, after):
        page = document.page_at(place)
        where = f" ({say('on_page', page=page)})" if page else ""
        line = Text(f"{label}{where}: ")
        for state, part in word_changes(before, after):
            if state in ("same", other):
                line.append(styled(part + " ", _STYLES[state]))
        screen.print(Padding(line if words else Text(f"{label}: {_nothing(other)}"), (0, 0, 0, 4)))


def _sides(
    found: Comparison, change: Change, before: str, after: str
) -> Iterator[tuple[str, Document, int, str, str]]:
    """(label, document, offset, words, which of the changed words are its own)."""
    yield say("removed"), found.old, change.edit.old_start, before, "removed"
    yield say("added"), found.new, change.edit.new_start, after, "added"


def _nothing(side: str) -> str:
    return say("nothing_before" if side == "removed" else "nothing_after")


def _words(found: Comparison, change: Change) -> tuple[str, str]:
    edit = change.edit
    before = found.old.text[edit.old_start : edit.old_end]
    after = found.new.text[edit.new_start : edit.new_end]
    return " ".join(before.split())[:LONGEST], " ".join(after.split())[:LONGEST]


def comparison_record(found: Comparison) -> dict[str, Any]:
    """The comparison as a plain dictionary; offsets are code points into each file's text."""
    return {
        "old": found.old.name,
        "new": found.new.name,
        "as_of": found.after.as_of,
        "state": found.after.state,
        "release": found.after.release,
        "notes": {"old": list(found.old.notes), "new": list(found.new.notes)},
        "edits": len(found.edits),
        "changes": [_record(found, change) for change in found.changes],
        "verdicts": {finding.standard: str(finding.verdict) for finding in found.after.findings},
    }


def _record(found: Comparison, change: Change) -> dict[str, Any]:
    edit = change.edit
    return {
        "standard": change.standard,
        "title": change.title,
        "mandatory": change.mandatory,
        "old": str(change.old),
        "new": str(change.new),
        "alone": change.alone,
        "removed": _place(found.old, edit.old_start, edit.old_end),
        "added": _place(found.new, edit.new_start, edit.new_end),
    }


def _place(document: Document, start: int, end: int) -> dict[str, Any] | None:
    if start == end:
        return None
    words = document.text[start:end]
    return {"start": start, "end": end, "text": words, "page": document.page_at(start)}
