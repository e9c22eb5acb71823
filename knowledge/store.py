"""The vectors: a Chroma database in a folder. An index, not the record; ids come from outside.

The federal collection and each agency collection are apart. An agency collection belongs to
one workspace, is opened by its name, and its rows are filtered by their workspace as well.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import InputError

FEDERAL = "federal"
AGENCY = "agency:"
PAGE = 1000  # rows that Chroma is given at once
# Wide search lists: recall was 1.0 against an exhaustive search on 3,000 rows. One thread: the
# same rows give the same graph.
HNSW = {
    "space": "cosine", "ef_construction": 200, "ef_search": 400, "max_neighbors": 32,
    "num_threads": 1,
}  # fmt: skip
_HEADER = struct.Struct("<i4Q")  # version, offset, room for rows, rows, bytes of a row
_SPARE = 20  # extra rows asked for, so that ties at the edge are settled by passage
_TIE = 1e-6

RowKind = Literal["passage", "ask", "claim"]
_Text = tuple[str, str, str]  # passage, kind, text


@dataclass(frozen=True, slots=True)
class Row:
    """One embedded text that points at a passage; `workspace` is empty for federal rows.

    `heading` is the path of headings that the text stands under, read by the model before it.
    """

    id: str
    passage: str
    kind: RowKind
    text: str
    source: str
    section: str
    collection: str = FEDERAL
    workspace: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """A row near to a question. `score` is the cosine, -1 to 1."""

    passage: str
    kind: str
    text: str
    score: float


class ChromaStore:
    """A Chroma database. Written once while a release is built, then only read."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._open: dict[str, Any] = {}
        self._read: dict[str, _Text] = {}

    def add(self, rows: Sequence[Row], vectors: NDArray[np.float32]) -> None:
        """Every row is in its collection with its vector; collections are made as needed."""
        self._read.clear()
        for name in dict.fromkeys(stored_name(row.collection, row.workspace) for row in rows):
            chosen = [
                n
                for n, row in enumerate(rows)
                if stored_name(row.collection, row.workspace) == name
            ]
            collection = self._client.get_or_create_collection(
                name, configuration={"hnsw": HNSW}, embedding_function=None
            )
            for start in range(0, len(chosen), PAGE):
                _add_page(collection, rows, vectors, chosen[start : start + PAGE])

    def nearest(
        self,
        vector: NDArray[np.float32],
        count: int,
        *,
        collections: Sequence[str] = (FEDERAL,),
        workspace: str = "",
    ) -> list[Near]:
        """The nearest rows of the named collections, best first; ties by passage and text.

        A collection that is not there has no rows. Raises: `InputError` when an agency
        collection is asked for without its workspace.
        """
        near: list[Near] = []
        for name in collections:
            owner = "" if name == FEDERAL else workspace
            near += self._nearest_in(stored_name(name, owner), owner, vector, count)
        near.sort(key=lambda row: (-round(row.score, 6), row.passage, row.kind, row.text))
        return near[:count]

    def size(self, collection: str = FEDERAL, workspace: str = "") -> int:
        """Rows of one collection; 0 when it is not there."""
        found = self._collection(stored_name(collection, workspace))
        return 0 if found is None else int(found.count())

    @property
    def client(self) -> Any:
        """Chroma itself, for whoever copies everything."""
        return self._client

    def close(self) -> None:
        """Files are closed; the store answers no more."""
        self._open.clear()
        self._read.clear()
        self._client.close()

    def _nearest_in(
        self, name: str, workspace: str, vector: NDArray[np.float32], count: int
    ) -> list[Near]:
        collection = self._collection(name)
        if collection is None or count < 1:
            return []
        wanted = count + _SPARE
        near = self._query(collection, vector, wanted, workspace)
        while len(near) == wanted and near[count - 1].score - near[-1].score < _TIE:
            wanted *= 4  # a tie runs over the edge; only all of it can be put in order
            near = self._query(collection, vector, wanted, workspace)
        return near

    def _query(
        self, collection: Any, vector: NDArray[np.float32], count: int, workspace: str
    ) -> list[Near]:
        """The nearest rows, best first. What a federal row says is read once: it never changes."""
        answer = collection.query(
            query_embeddings=[np.asarray(vector, dtype=np.float32).reshape(-1)],
            n_results=count,
            where={"workspace": workspace} if workspace else None,
            include=["distances"],
        )
        ids, distances = answer["ids"][0], answer["distances"][0]
        texts = self._read if not workspace else {}
        texts.update(_texts(collection, [key for key in ids if key not in texts]))
        return [
            Near(*texts[key], 1.0 - float(distance))
            for key, distance in zip(ids, distances, strict=True)
        ]

    def _collection(self, name: str) -> Any:
        from chromadb.errors import NotFoundError

        if name not in self._open:
            try:
                self._open[name] = self._client.get_collection(name, embedding_function=None)
            except NotFoundError:
                return None
        return self._open[name]


def open_store(folder: Path) -> ChromaStore:
    """The database in `folder`, made if it is not there. Sends no telemetry."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    return ChromaStore(chromadb.PersistentClient(str(folder), settings=settings))


def stored_name(collection: str, workspace: str = "") -> str:
    """Chroma's name for a collection. Raises: `InputError` for an agency's without workspace."""
    if collection == FEDERAL:
        return FEDERAL
    if not collection.startswith(AGENCY) or not workspace:
        raise InputError(
            f"The collection {collection!r} belongs to one workspace; name it as "
            "agency:<name> together with the workspace that it belongs to."
        )
    digest = hashlib.sha256(f"{workspace}\0{collection}".encode()).hexdigest()[:32]
    return f"agency-{digest}"


def _texts(collection: Any, ids: Sequence[str]) -> dict[str, _Text]:
    """What the rows of these ids point at, of which kind they are, and their words."""
    if not ids:
        return {}
    got = collection.get(ids=list(ids), include=["metadatas", "documents"])
    return {
        key: (str(meta["passage"]), str(meta["kind"]), text)
        for key, meta, text in zip(got["ids"], got["metadatas"], got["documents"], strict=True)
    }


def _add_page(
    collection: Any, rows: Sequence[Row], vectors: NDArray[np.float32], chosen: Sequence[int]
) -> None:
    picked = [rows[n] for n in chosen]
    collection.upsert(
        ids=[row.id for row in picked],
        embeddings=vectors[list(chosen)],
        documents=[row.text for row in picked],
        metadatas=[
            {
                "passage": row.passage, "kind": row.kind, "source": row.source,
                "section": row.section, "workspace": row.workspace, "heading": row.heading,
            }
            for row in picked
        ],
    )  # fmt: skip


def blank_unused(folder: Path) -> None:
    """Places of the index's files that hold no row are zero.

    The library writes them as its memory happened to be, and words of texts that were read in
    the same run, or of a collection just removed, can stand there.
    """
    for path in folder.glob("*/data_level0.bin"):
        header = (path.parent / "header.bin").read_bytes()
        version, _, _, rows, size = _HEADER.unpack_from(header)
        used, whole = rows * size, path.stat().st_size
        if version != 1 or not size or whole % size or used > whole:
            continue  # laid out by another version of the library
        with path.open("r+b") as file:
            file.seek(used)
            file.write(bytes(whole - used))
