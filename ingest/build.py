"""Build the index: gather what is known, embed what is new, publish it as one release."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.agency import Collection, agency_contents, read_agency_files
from ingest.contents import Contents, all_rows, digest_contents, joined
from ingest.library import load_library, save_library, with_texts, without
from ingest.official import TakenText, official_contents, read_files, with_offered
from ingest.publish import publish_contents
from ingest.releases import only_writer, prune, purge, releases, switch_to
from ingest.vectors import Reading
from knowledge.embedding import IngestEmbedder, open_ingest_embedder
from knowledge.errors import InputError
from knowledge.index import content_release, current_release, release_folder
from knowledge.progress import Progress
from knowledge.settings import Settings
from knowledge.sources import Knowledge, load_knowledge
from knowledge.store_server import drop_other_releases, send_release
from knowledge.workers import Workers, open_workers

__all__ = [
    "BuildReport",
    "Collection",
    "Parts",
    "TakenText",
    "add_collection",
    "build_index",
    "open_parts",
    "remove_collection",
]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `embedded` and `reused` count texts; `problems` are for the reader."""

    release: str
    passages: int
    embedded: int
    reused: int
    seconds: float
    official: tuple[TakenText, ...]
    problems: tuple[str, ...]


def build_index(
    settings: Settings,
    *,
    sources: Sequence[Path] = (),
    progress: Progress | None = None,
    knowledge: Knowledge | None = None,
    embedder: IngestEmbedder | None = None,
) -> BuildReport:
    """The knowledge base and the texts taken in are published as one release that serves.

    `sources` are files or folders of official texts; those taken in before stay. `progress` is
    told (done, all) of the texts that must be embedded.

    Raises: `InputError` for a named file that cannot be read, and when another ingest is
    writing; `SettingsError` when the embedding model is not here. Nothing has changed then.
    """
    started = time.perf_counter()
    parts = open_parts(settings, knowledge, embedder)
    offered = read_files(sources, parts.knowledge)  # before anything is written
    with only_writer(settings.home):
        if sources:
            library = with_offered(load_library(settings.home), offered)
            save_library(settings.home, library, offered.documents)
        return _built(settings.home, parts, offered.problems, started, progress)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a build works with: what is known, and the model that reads it."""

    knowledge: Knowledge
    embedder: IngestEmbedder
    server: str | None = None
    workers: Workers | None = None


def add_collection(
    settings: Settings,
    collection: Collection,
    files: Sequence[Path],
    *,
    progress: Progress | None = None,
    parts: Parts | None = None,
) -> BuildReport:
    """The files are in the agency's collection, which only its workspace searches.

    A file of the same name is replaced whole; other files of the collection stay.

    Raises: `InputError` as `build_index`.
    """
    started = time.perf_counter()
    documents = read_agency_files(collection, files)
    working = parts or open_parts(settings)
    with only_writer(settings.home):
        library = with_texts(load_library(settings.home), (kept for kept, _ in documents))
        save_library(settings.home, library, documents)
        notes = tuple(note for _, document in documents for note in document.notes)
        return _built(settings.home, working, notes, started, progress)


def remove_collection(
    settings: Settings, collection: Collection, *, parts: Parts | None = None
) -> BuildReport:
    """The collection is gone, from every release that is kept: there is no way back to it.

    Raises: `InputError` when that workspace has no collection of the name.
    """
    started = time.perf_counter()
    working = parts or open_parts(settings)
    with only_writer(settings.home):
        library = load_library(settings.home)
        gone = [kept for kept in library.agency() if collection.owns(kept)]
        if not gone:
            raise InputError(f"There is no collection {collection.full_name} in this workspace.")
        save_library(settings.home, without(library, gone), ())
        report = _built(settings.home, working, (), started, None)
        purge(settings.home)
        _drop_on_server(settings.home, working.server)
        return report


def open_parts(
    settings: Settings,
    knowledge: Knowledge | None = None,
    embedder: IngestEmbedder | None = None,
) -> Parts:
    """The knowledge base and the model of the settings, where none are given."""
    return Parts(
        knowledge if knowledge is not None else load_knowledge(),
        embedder if embedder is not None else open_ingest_embedder(settings.model),
        settings.chroma_url,
        _open_workers(settings),
    )


def _open_workers(settings: Settings) -> Workers | None:
    """Who embeds; None is this process, whose threads use every core by themselves."""
    if settings.embed_engine == "one":
        return None
    return open_workers(settings.embed_engine, address=settings.ray_address)


def _serve(home: Path, name: str, server: str | None) -> None:
    """The release serves; a Chroma server has it before, and no pruned one after."""
    if server:
        send_release(release_folder(home, name), name, server)
    if current_release(home) != name:
        switch_to(home, name)
    prune(home)
    _drop_on_server(home, server)


def _drop_on_server(home: Path, server: str | None) -> None:
    if server:
        drop_other_releases(server, {release.name for release, _serving in releases(home)})


def _built(
    home: Path,
    parts: Parts,
    problems: Sequence[str],
    started: float,
    progress: Progress | None,
) -> BuildReport:
    knowledge, reader = parts.knowledge, parts.embedder
    library = load_library(home)
    official, texts, told = official_contents(home, library, knowledge, reader)
    agencies = agency_contents(home, library, reader)
    contents = joined([digest_contents(knowledge), official, Contents(agencies=agencies)])
    reading = Reading(reader, parts.workers, progress)
    name, embedded = publish_contents(home, contents, content_release(knowledge), reading)
    _serve(home, name, parts.server)
    return BuildReport(
        release=name,
        passages=len(contents.passages) + sum(len(agency.passages) for agency in agencies),
        embedded=embedded,
        reused=len(all_rows(contents)) - embedded,
        seconds=time.perf_counter() - started,
        official=tuple(texts),
        problems=(*problems, *told),
    )
