"""The texts that were taken in: kept as read, so that the next build needs no file again.

    HOME/texts/index.json        which texts there are, whose, and where they came from
    HOME/texts/<sha256>.json     what was read in one file

A build reads all of them; a text stays until it is replaced or removed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.releases import replace_text
from knowledge.reading import Document
from knowledge.store import FEDERAL


@dataclass(frozen=True, slots=True)
class Kept:
    """One text: the digest of its file, its name, where it came from, and whose it is.

    `source` is the source id that it is a copy of, or the agency document's own; `added` is the
    day on which it was first taken in.
    """

    sha256: str
    name: str
    origin: str
    source: str
    added: str
    collection: str = FEDERAL
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """The kept texts in a settled order."""

    texts: tuple[Kept, ...] = ()

    def federal(self) -> list[Kept]:
        """Official texts of the catalogue's sources."""
        return [kept for kept in self.texts if kept.collection == FEDERAL]

    def agency(self) -> list[Kept]:
        """Texts that agencies added."""
        return [kept for kept in self.texts if kept.collection != FEDERAL]


def load_library(home: Path) -> Library:
    """The texts kept under `home`; none before the first were taken in."""
    path = home / "texts" / "index.json"
    if not path.is_file():
        return Library()
    entries = json.loads(path.read_text(encoding="utf-8"))
    return Library(tuple(Kept(**entry) for entry in entries))


def collections(home: Path) -> list[tuple[str, str, int]]:
    """(workspace, collection, files) of every agency collection under `home`, in order."""
    counts = Counter((kept.workspace, kept.collection) for kept in load_library(home).agency())
    return [(*owner, count) for owner, count in sorted(counts.items())]


def save_library(home: Path, library: Library, documents: Iterable[tuple[Kept, Document]]) -> None:
    """The library is on disk, with these new documents; texts that nobody names are gone.

    The index is replaced last, in one step: stopped before, the old one is as it was.
    """
    folder = home / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    for kept, document in documents:
        replace_text(_path(home, kept), json.dumps(dataclasses.asdict(document)))
    ordered = sorted(library.texts, key=lambda k: (k.collection, k.workspace, k.source, k.origin))
    entries = [dataclasses.asdict(kept) for kept in ordered]
    replace_text(folder / "index.json", json.dumps(entries, indent=1))
    named = {_path(home, kept) for kept in ordered}
    for path in folder.glob("*.json"):
        if path.name != "index.json" and path not in named:
            path.unlink()


def load_document(home: Path, kept: Kept) -> Document:
    """What was read in the file, as it was read."""
    table = json.loads(_path(home, kept).read_text(encoding="utf-8"))
    pages = tuple((number, start, end) for number, start, end in table["pages"])
    return Document(table["name"], table["text"], pages, tuple(table["notes"]))


def digest_of(data: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def without(library: Library, gone: Iterable[Kept]) -> Library:
    """The library less these texts."""
    left_out = set(gone)
    return Library(tuple(kept for kept in library.texts if kept not in left_out))


def with_texts(library: Library, new: Iterable[Kept]) -> Library:
    """The library with these texts; each replaces what came from the same place before."""
    before = {_place(kept): kept for kept in library.texts}
    after = dict(before)
    for kept in new:
        old = before.get(_place(kept))
        same = old is not None and dataclasses.replace(old, added=kept.added) == kept
        after[_place(kept)] = old if old is not None and same else kept
    return Library(tuple(after.values()))


def _place(kept: Kept) -> tuple[str, str, str]:
    return kept.collection, kept.workspace, kept.origin


def _path(home: Path, kept: Kept) -> Path:
    return home / "texts" / f"{kept.sha256}.json"
