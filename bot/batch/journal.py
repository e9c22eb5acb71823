"""What was judged so far, on disk: a run that was killed goes on where it was.

One JSON object a line. The first tells the terms of the run; a line that was cut off by a kill
is dropped. A manual is known by its content, so it is judged once whatever it is called.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from bot.batch.judge import Judged
from knowledge.errors import InputError

FORMAT = 1
NAME = "journal.jsonl"
UNFINISHED = ".unfinished"  # there while a run is under way, and after it was killed
PAGES = "manuals"


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides a review beside the text; other terms make another report."""

    release: str
    as_of: str
    state: str | None


class Journal:
    """Judged manuals by their key. Only their places in the file are held in memory."""

    def __init__(self, folder: Path, terms: Terms) -> None:
        self.terms = terms
        self._folder = folder
        self._places: dict[str, int] = {}
        self._file: IO[bytes] = (folder / NAME).open("a+b")

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def begin(self) -> None:
        """The file holds the terms and nothing else, and no page of a manual is left."""
        self._file.truncate(0)
        self._places.clear()
        pages = self._folder / PAGES
        pages.mkdir(exist_ok=True)
        for page in pages.glob("*.html"):
            page.unlink()
        self._append({"format": FORMAT, **asdict(self.terms)})

    def keep(self, key: str, judged: Judged) -> None:
        """`judged` is on disk, its page first: an entry whose page is missing does not count."""
        if judged.page:
            _write_whole(self.page(key), judged.page)
        self._places[key] = self._append({"key": key, **asdict(replace(judged, page=""))})

    def judged(self, key: str) -> Judged:
        """What became of the manual; its page stays on disk."""
        self._file.seek(self._places[key])
        entry = json.loads(self._file.readline())
        del entry["key"]
        told = {**entry, "parts": tuple(entry["parts"]), "problems": tuple(entry["problems"])}
        return Judged(**told)

    def page(self, key: str) -> Path:
        """Where the page of the manual lies."""
        return self._folder / PAGES / f"{key}.html"

    def close(self) -> None:
        """The file is closed."""
        self._file.close()

    def finish(self) -> None:
        """The report is whole; the next run is a new one."""
        (self._folder / UNFINISHED).unlink(missing_ok=True)

    def load(self) -> None:
        """Everything whole that an earlier run left is known; what follows it is cut off."""
        self._file.seek(0)
        self._file.readline()
        whole = self._file.tell()
        while line := self._file.readline():
            entry = _read(line)
            if entry is None:
                break
            if not entry.get("review") or self.page(entry["key"]).is_file():
                self._places[entry["key"]] = whole
            whole += len(line)
        self._file.truncate(whole)

    def _append(self, entry: dict[str, Any]) -> int:
        place = self._file.seek(0, os.SEEK_END)
        self._file.write(json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        return place


def open_journal(folder: Path, terms: Terms, *, day_given: bool) -> Journal:
    """The journal of the report in `folder`, gone on with when its terms are these.

    An unfinished run keeps its day when none was given: it may have begun yesterday.
    Raises: `InputError` when the folder holds something that is no report.
    """
    folder.mkdir(parents=True, exist_ok=True)
    earlier = _terms_of(folder)
    if earlier is None and any(not item.name.startswith(".") for item in folder.iterdir()):
        raise InputError(
            f"{folder} holds other files; name an empty folder, or one that does not exist yet."
        )
    if earlier and not day_given and (folder / UNFINISHED).exists():
        terms = replace(terms, as_of=earlier.as_of)
    journal = Journal(folder, terms)
    if earlier == terms:
        journal.load()
    else:
        journal.begin()
    (folder / UNFINISHED).touch()
    return journal


def _terms_of(folder: Path) -> Terms | None:
    try:
        with (folder / NAME).open("rb") as file:
            entry = _read(file.readline()) or {}
    except FileNotFoundError:
        return None
    if entry.pop("format", None) != FORMAT:
        return Terms("", "", None)  # another version's journal: begun anew
    return Terms(**entry)


def _read(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _write_whole(path: Path, text: str) -> None:
    """The file holds all of `text` or does not exist, whenever the process is killed."""
    partial = path.with_suffix(".partial")
    partial.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    partial.replace(path)
