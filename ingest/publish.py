"""Write contents to disk as one release, and let it serve."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.contents import AgencyContents, Contents, all_rows, release_name
from ingest.releases import open_partial, publish, readable_release
from ingest.vectors import Reading, embed_texts, load_vectors, save_vectors
from knowledge.index import Release, current_release, release_folder
from knowledge.store import Row, blank_unused, open_store, stored_name
from knowledge.types import TextKind


def publish_contents(
    home: Path,
    contents: Contents,
    knowledge: str,
    reading: Reading,
) -> tuple[str, int]:
    """The contents are a release on disk; its name, and how many texts had to be embedded.

    `knowledge` names the state of the knowledge base. Nothing is written when a release of
    these very contents is there already.
    """
    embedder = reading.embedder
    name = release_name(contents, f"{embedder.fingerprint} {knowledge}")
    embedded = 0
    if readable_release(release_folder(home, name)) is None:
        texts = [embedded_text(row) for row in all_rows(contents)]
        known = _known_vectors(home, embedder.fingerprint)
        vectors, embedded = embed_texts(texts, reading, home, known=known)
        folder = open_partial(home, name)
        save_vectors(folder, texts, vectors)
        _write_texts(folder, contents)
        _write_vectors(folder, contents, vectors)
        release = Release(
            name, embedder.model, embedder.fingerprint, knowledge,
            datetime.now(UTC).isoformat(timespec="seconds"),
            len(contents.passages), len(texts),
        )  # fmt: skip
        _write_json(folder / "release.json", dataclasses.asdict(release))
        publish(home, name)
    embedder.export_to(home)
    return name, embedded


def embedded_text(row: Row) -> str:
    """What the model reads for a row: the heading that it stands under, then its words."""
    return f"{row.heading}\n{row.text}" if row.heading else row.text


def _known_vectors(home: Path, fingerprint: str) -> dict[str, NDArray[np.float32]]:
    """Vectors of the release that serves, unless another model made them."""
    serving = current_release(home)
    folder = release_folder(home, serving) if serving else None
    release = readable_release(folder) if folder is not None else None
    if folder is None or release is None or release.fingerprint != fingerprint:
        return {}
    return load_vectors(folder)


def _write_texts(folder: Path, contents: Contents) -> None:
    """The record beside the index. Digests stand in it too, so that a release is whole."""
    official = [s for s in contents.sections if s.text_kind is TextKind.OFFICIAL]
    digests = [s for s in contents.sections if s.text_kind is TextKind.DIGEST]
    _write_json(folder / "sections.json", [dataclasses.asdict(s) for s in official])
    _write_json(folder / "digests.json", [dataclasses.asdict(s) for s in digests])
    _write_json(folder / "passages.json", [dataclasses.asdict(p) for p in contents.passages])
    _write_json(folder / "origins.json", [dataclasses.asdict(o) for o in contents.origins])
    (folder / "agency").mkdir()
    for agency in contents.agencies:
        name = stored_name(agency.collection, agency.workspace)
        _write_json(folder / "agency" / f"{name}.json", _agency_table(agency))


def _agency_table(agency: AgencyContents) -> dict[str, Any]:
    return {
        "workspace": agency.workspace,
        "collection": agency.collection,
        "titles": dict(agency.titles),
        "sections": [dataclasses.asdict(section) for section in agency.sections],
        "passages": [dataclasses.asdict(passage) for passage in agency.passages],
        "origins": [dataclasses.asdict(origin) for origin in agency.origins],
    }


def _write_vectors(folder: Path, contents: Contents, vectors: NDArray[np.float32]) -> None:
    store = open_store(folder / "chroma")
    try:
        store.add(all_rows(contents), vectors)
    finally:
        store.close()
    blank_unused(folder / "chroma")


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, default=_plain), encoding="utf-8")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a release")
