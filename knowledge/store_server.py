"""The vectors on a Chroma server, for several replicas of the bot over one index.

Each release has a database of its own there, filled from the release's folder before it serves,
and dropped when the folder is pruned. The folder stays the record: a server that lost its data is
filled again by the next `safepolicing ingest`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from knowledge.errors import IndexMissing, SettingsError
from knowledge.store import HNSW, PAGE, ChromaStore, open_store

PREFIX = "safepolicing-"  # of our databases; others on the server are not touched


def open_server_store(url: str, release: str) -> ChromaStore:
    """The vectors of `release` on the server at `url`, only to be read.

    Raises: `SettingsError` when no server answers there; `IndexMissing` when it does not hold the
    release.
    """
    with _told(url):
        if PREFIX + release not in _databases(url):
            raise IndexMissing(
                f"The Chroma server at {url} does not hold the release {release}; run "
                "`safepolicing ingest` with the same CHROMA_URL."
            )
        return ChromaStore(_client(url, release))


def send_release(folder: Path, release: str, url: str) -> int:
    """The server holds every row of the release in `folder`; how many had to be sent.

    A release that was sent in part, by a run that was killed, is sent again whole.
    Raises: `SettingsError` when no server answers at `url`.
    """
    embedded = open_store(folder / "chroma")
    try:
        with _told(url):
            return _sent(embedded, release, url)
    finally:
        embedded.close()


def drop_other_releases(url: str, kept: Collection[str]) -> None:
    """Of our releases the server holds none but the `kept`. Raises: `SettingsError`."""
    with _told(url):
        for name in _databases(url):
            if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in kept:
                _drop(url, name)


def _sent(embedded: ChromaStore, release: str, url: str) -> int:
    here = {one.name: one for one in embedded.client.list_collections()}
    if PREFIX + release in _databases(url):
        there = _client(url, release)
        counts = {one.name: one.count() for one in there.list_collections()}
        if counts == {name: one.count() for name, one in here.items()}:
            return 0
        _drop(url, PREFIX + release)
    _admin(url).create_database(PREFIX + release)
    target = _client(url, release)
    return sum(_copied(one, target) for one in here.values())


def _copied(collection: Any, target: Any) -> int:
    into = target.create_collection(
        collection.name, configuration={"hnsw": HNSW}, embedding_function=None
    )
    for start in range(0, collection.count(), PAGE):
        rows = collection.get(
            limit=PAGE, offset=start, include=["embeddings", "documents", "metadatas"]
        )
        into.upsert(
            ids=rows["ids"],
            embeddings=rows["embeddings"],
            documents=rows["documents"],
            metadatas=rows["metadatas"],
        )
    return int(collection.count())


def _drop(url: str, database: str) -> None:
    """The database is gone, its collections first: the server keeps those of a dropped one."""
    client = _client(url, database.removeprefix(PREFIX))
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    _admin(url).delete_database(database)


def _databases(url: str) -> list[str]:
    admin = _admin(url)
    found: list[str] = []
    while page := admin.list_databases(limit=PAGE, offset=len(found)):
        found += [str(database["name"]) for database in page]
    return found


def _client(url: str, release: str) -> Any:
    import chromadb

    return chromadb.HttpClient(**_place(url), settings=_settings(), database=PREFIX + release)


def _admin(url: str) -> Any:
    import chromadb

    place = _place(url)
    settings = _settings()
    settings.chroma_api_impl = "chromadb.api.fastapi.FastAPI"
    settings.chroma_server_host = place["host"]
    settings.chroma_server_http_port = place["port"]
    settings.chroma_server_ssl_enabled = place["ssl"]
    return chromadb.AdminClient(settings)


def _settings() -> Any:
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _place(url: str) -> dict[str, Any]:
    """Host, port and whether it is TLS. Raises: `SettingsError` for no such address."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            f"CHROMA_URL is {url!r}, which is no address of a server; write it like "
            "http://chroma:8000."
        )
    return {
        "host": parts.hostname,
        "port": port or (443 if parts.scheme == "https" else 8000),
        "ssl": parts.scheme == "https",
    }


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What the network says becomes one sentence."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (httpx.HTTPError, ChromaError, ValueError, OSError) as error:
        raise SettingsError(
            f"The Chroma server at {url} does not answer as it should ({type(error).__name__}); "
            "check CHROMA_URL and the server, or leave it out to use the folder."
        ) from None
