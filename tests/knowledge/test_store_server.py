"""The index on a Chroma server, run for real: the same hits, filled before it serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.build import Parts, build_index, remove_collection
from knowledge.embedding import TransformerEmbedder
from knowledge.errors import IndexMissing, SettingsError
from knowledge.index import Index, open_index, release_folder
from knowledge.settings import Settings
from knowledge.sources import Knowledge
from knowledge.store_server import drop_other_releases, open_server_store, send_release
from tests.ingest.small import knowledge_of
from tests.services.chroma import running_chroma

BAN = "EO 13929 asks that chokeholds be banned except where deadly force is lawful."
LAW = "EO 13929 asks that force follow every law that applies."
QUESTIONS = ("May we ever use a chokehold?", "Does force have to follow state law?", "Badges?")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def small() -> Knowledge:
    return knowledge_of(BAN, LAW)


def built(home: Path, server: str | None, known: Knowledge, embedder: TransformerEmbedder) -> str:
    settings = Settings(home=home, chroma_url=server)
    return build_index(settings, knowledge=known, embedder=embedder).release


def hits(index: Index) -> list[list[tuple[str, str, float]]]:
    return [
        [(n.passage, n.text, round(n.score, 5)) for n in index.store.nearest(vector, 4)]
        for vector in index.embedder.embed(list(QUESTIONS))
    ]


def test_the_server_finds_what_the_folder_finds(
    server: str, small: Knowledge, embedder: TransformerEmbedder, model_home: Path
) -> None:
    built(model_home, server, small, embedder)
    here = open_index(model_home, knowledge=small)
    there = open_index(model_home, knowledge=small, server=server)
    assert there.store.size() == here.store.size() > 0
    assert hits(there) == hits(here)
    here.close()
    there.close()


def test_a_server_that_lost_its_data_is_filled_by_the_next_ingest(
    server: str, small: Knowledge, embedder: TransformerEmbedder, model_home: Path
) -> None:
    release = built(model_home, server, small, embedder)
    drop_other_releases(server, ())
    with pytest.raises(IndexMissing, match="safepolicing ingest"):
        open_server_store(server, release)
    built(model_home, server, small, embedder)
    assert open_server_store(server, release).size() > 0


def test_a_release_is_sent_once_and_one_sent_in_part_again(
    server: str, small: Knowledge, embedder: TransformerEmbedder, model_home: Path
) -> None:
    release = built(model_home, server, small, embedder)
    folder = release_folder(model_home, release)
    assert send_release(folder, release, server) == 0
    store = open_server_store(server, release)
    one = store.client.list_collections()[0]
    one.delete(ids=one.get(limit=1)["ids"])
    assert send_release(folder, release, server) > 0
    assert send_release(folder, release, server) == 0


def test_releases_that_are_pruned_leave_the_server_too(
    server: str, embedder: TransformerEmbedder, model_home: Path
) -> None:
    names = [
        built(model_home, server, knowledge_of(BAN, f"Fact number {n}."), embedder)
        for n in range(3)
    ]
    with pytest.raises(IndexMissing):
        open_server_store(server, names[0])
    for name in names[1:]:
        assert open_server_store(server, name).size() > 0


def test_a_collection_that_is_removed_leaves_the_server(
    server: str,
    small: Knowledge,
    embedder: TransformerEmbedder,
    model_home: Path,
    tmp_path: Path,
) -> None:
    from ingest.build import Collection, add_collection

    settings = Settings(home=model_home, chroma_url=server)
    parts = Parts(small, embedder, server)
    manual = tmp_path / "manual.txt"
    manual.write_text("100 FORCE\n\nOfficers carry the zebra baton on parade.\n")
    mine = Collection("manual", "T1")
    with_it = add_collection(settings, mine, [manual], parts=parts).release
    index = open_index(settings.home, knowledge=small, server=server)
    asked = index.embedder.embed(["zebra baton"])[0]
    found = index.store.nearest(asked, 1, collections=("agency:manual",), workspace="T1")
    assert "zebra" in found[0].text
    assert index.store.nearest(asked, 9, collections=("agency:manual",), workspace="T2") == []
    index.close()
    remove_collection(settings, mine, parts=parts)
    with pytest.raises(IndexMissing):
        open_server_store(server, with_it)


@pytest.mark.parametrize("url", ["chroma:8000", "ftp://chroma", "http://", "http://h:port"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(SettingsError, match="CHROMA_URL"):
        open_server_store(url, "r")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(SettingsError, match="does not answer"):
        open_server_store("http://127.0.0.1:9", "r")
