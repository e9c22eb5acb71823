"""Open the published index: what `safepolicing ingest` made, as questions need it.

    HOME/current                 the name of the release that serves
    HOME/releases/<name>/  release.json sections.json digests.json passages.json origins.json
                           agency/ vectors.npy vectors.json chroma/
    HOME/models/<fingerprint>/  the embedding model as questions read it

A release is never changed after it is published. Chroma is the index of it, not the record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, TypeVar

from knowledge.embedding import Embedder, open_embedder
from knowledge.errors import IndexMismatch, IndexMissing
from knowledge.model_files import find_model
from knowledge.sources import DigestStatement, Knowledge, load_knowledge
from knowledge.store import ChromaStore, Near, open_store, stored_name
from knowledge.store_server import open_server_store
from knowledge.types import Evidence, OwnText, Passage, Section, TextKind

try:
    import fcntl
except ImportError:  # Windows: files in use cannot be removed there anyhow
    fcntl = None  # type: ignore[assignment]

FORMAT = 2  # raised when the layout of a release changes
Entry = TypeVar("Entry", Section, Passage)
_REMEDY = "run `safepolicing ingest`"


@dataclass(frozen=True, slots=True)
class Release:
    """What a published index was made of. `made` is UTC; `passages` are counted, not rows."""

    name: str
    model: str
    fingerprint: str
    knowledge: str
    made: str
    passages: int
    rows: int
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class AgencyTexts:
    """What one workspace added under one collection name."""

    collection: str
    titles: Mapping[str, str]
    sections: Mapping[str, Section]
    passages: Mapping[str, Passage]


@dataclass(frozen=True, slots=True)
class Index:
    """A release, opened. `sections` and `passages` are federal: digests and official texts."""

    release: Release
    folder: Path
    sections: Mapping[str, Section]
    passages: Mapping[str, Passage]
    statements: Mapping[str, DigestStatement]
    store: ChromaStore
    embedder: Embedder
    hold: IO[bytes]

    def agency(self, collection: str, workspace: str) -> AgencyTexts | None:
        """The texts of an agency's collection, or None when that workspace has none."""
        path = self.folder / "agency" / f"{stored_name(collection, workspace)}.json"
        if not path.is_file():
            return None
        table = _read(path)
        if table["workspace"] != workspace or table["collection"] != collection:
            return None
        return AgencyTexts(
            collection,
            MappingProxyType(table["titles"]),
            _by_id(read_sections(table["sections"])),
            _by_id(read_passages(table["passages"])),
        )

    def own_texts(self, query: str, workspace: str, count: int) -> list[OwnText]:
        """The passages of this workspace's collections nearest to `query`, best first.

        No other workspace's are looked at.
        """
        names = self.agency_collections(workspace)
        if not names:
            return []
        near = self.store.nearest(
            self.embedder.embed([query])[0], count, collections=names, workspace=workspace
        )
        held_texts = [texts for name in names if (texts := self.agency(name, workspace))]
        return [own for row in near for texts in held_texts if (own := _own(row, texts))]

    def agency_collections(self, workspace: str) -> list[str]:
        """Names of the collections that this workspace has added, sorted."""
        tables = [_read(path) for path in (self.folder / "agency").glob("*.json")]
        return sorted(t["collection"] for t in tables if t["workspace"] == workspace)

    def close(self) -> None:
        """Files are closed; the index answers no more."""
        self.store.close()
        self.hold.close()


def _own(row: Near, texts: AgencyTexts) -> OwnText | None:
    passage = texts.passages.get(row.passage)
    if passage is None:
        return None
    section = texts.sections[passage.section]
    title = texts.titles[section.source]
    return OwnText(texts.collection, title, section, passage.text, row.score)


def open_index(
    home: Path,
    *,
    model: str | None = None,
    knowledge: Knowledge | None = None,
    server: str | None = None,
) -> Index:
    """The release that serves, ready for questions; its vectors on a Chroma `server` if given.

    Raises: `IndexMissing` when nothing was ingested; `IndexMismatch` when the release was made
    by another embedding model, another knowledge base or another version of this program.
    """
    known = knowledge if knowledge is not None else load_knowledge()
    folder = serving_folder(home)
    release = read_release(folder)
    _check(release, known, model)
    official = _by_id(read_sections(_read(folder / "sections.json")))
    return Index(
        release,
        folder,
        MappingProxyType({**known.sections, **official}),
        _by_id(read_passages(_read(folder / "passages.json"))),
        known.statements,
        open_server_store(server, release.name) if server else open_store(folder / "chroma"),
        open_embedder(model or release.model, home),
        held(folder, for_reading=True),
    )


def known_sections(home: Path, knowledge: Knowledge) -> list[Section]:
    """Every section of the digests, and of the official texts where some were taken in."""
    digests = list(knowledge.sections.values())
    try:
        folder = serving_folder(home)
    except IndexMissing:
        return digests
    return digests + read_sections(_read(folder / "sections.json"))


def can_serve(home: Path, knowledge: Knowledge) -> bool:
    """Whether the release that serves was made from this knowledge base, for this program."""
    try:
        return read_release(serving_folder(home)).knowledge == content_release(knowledge)
    except (IndexMissing, IndexMismatch):
        return False


def serving_folder(home: Path) -> Path:
    """The folder of the release that serves. Raises: `IndexMissing` when there is none."""
    name = current_release(home)
    folder = release_folder(home, name) if name else None
    if folder is None or not (folder / "release.json").is_file():
        raise IndexMissing(f"There is no index in {home} yet; {_REMEDY} first.")
    return folder


def current_release(home: Path) -> str | None:
    """The name of the release that serves, or None."""
    try:
        name = (home / "current").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return name or None


def release_folder(home: Path, name: str) -> Path:
    """Where a release of that name lies."""
    return home / "releases" / name


def read_release(folder: Path) -> Release:
    """What the release in `folder` says of itself.

    Raises: `IndexMismatch` when it is not whole or was laid out by another version.
    """
    table = _read(folder / "release.json")
    if table.get("format") != FORMAT:
        raise IndexMismatch(
            f"The index was made by another version of this program; {_REMEDY} to make it anew."
        )
    return Release(**table)


def read_sections(entries: list[dict[str, Any]]) -> list[Section]:
    """Sections as a release keeps them."""
    return [
        Section(
            **{
                **entry,
                "text_kind": TextKind(entry["text_kind"]),
                "evidence": Evidence(entry["evidence"]),
                "seen_on": date.fromisoformat(entry["seen_on"]),
            }
        )
        for entry in entries
    ]


def read_passages(entries: list[dict[str, Any]]) -> list[Passage]:
    """Passages as a release keeps them."""
    return [Passage(**entry) for entry in entries]


def content_release(knowledge: Knowledge) -> str:
    """Twelve hexadecimal digits over the sections and statements that an index is made of.

    Comments, order of keys, rules and wording do not count: they change no index.
    """
    digest = hashlib.sha256()
    for entries in (knowledge.sections, knowledge.statements):
        for key in sorted(entries):
            digest.update(repr(entries[key]).encode())
    return digest.hexdigest()[:12]


def held(folder: Path, *, for_reading: bool) -> IO[bytes]:
    """An open file that marks the release as in use until it is closed.

    Readers share it; who wants to remove the release asks for it alone, and gets it only when
    nobody reads. Raises: `BlockingIOError` when it is wanted alone and somebody does.
    """
    file = (folder / "release.json").open("rb")
    if fcntl is not None:
        how = fcntl.LOCK_SH if for_reading else fcntl.LOCK_EX
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise
    return file


def _check(release: Release, knowledge: Knowledge, model: str | None) -> None:
    if release.knowledge != content_release(knowledge):
        raise IndexMismatch(
            "The index was made from another state of the knowledge base; "
            f"{_REMEDY} to bring it up to date."
        )
    files = find_model(model or release.model)
    if files.fingerprint != release.fingerprint:
        raise IndexMismatch(
            f"The index was made with the embedding model {release.model} and the one in use "
            f"({files.name}) differs; {_REMEDY} to make the index anew."
        )


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError) as error:
        raise IndexMismatch(f"The index is damaged ({path.name}); {_REMEDY} again.") from error


def _by_id(entries: list[Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({entry.id: entry for entry in entries})
