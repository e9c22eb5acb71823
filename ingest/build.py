"""Build the index: gather what is known, embed what is new, publish it as one release."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.contents import all_rows, digest_contents, joined
from ingest.publish import publish_contents
from ingest.releases import only_writer, prune
from ingest.vectors import Progress
from knowledge.embedding import IngestEmbedder, open_ingest_embedder
from knowledge.index import content_release
from knowledge.settings import Settings
from knowledge.sources import Knowledge, load_knowledge


@dataclass(frozen=True, slots=True)
class TakenText:
    """An official text that was taken in, and the number of sections found in it."""

    file: str
    source: str
    sections: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `embedded` counts texts; `reused` those that had a vector already."""

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
    """The knowledge base and the official texts are published as one release that serves.

    `sources` are files or folders of official texts. `progress` is told (done, all) of the
    texts that must be embedded.

    Raises: `InputError` for a file that cannot be read, and when another ingest is writing;
    `SettingsError` when the embedding model is not here. The index is then as it was.
    """
    started = time.perf_counter()
    known = knowledge if knowledge is not None else load_knowledge()
    reader = embedder if embedder is not None else open_ingest_embedder(settings.model)
    with only_writer(settings.home):
        contents = joined([digest_contents(known)])
        name, embedded = publish_contents(
            settings.home, contents, content_release(known), reader, progress=progress
        )
        prune(settings.home)
    rows = len(all_rows(contents))
    seconds = time.perf_counter() - started
    passages = len(contents.passages)
    return BuildReport(name, passages, embedded, rows - embedded, seconds, (), ())
