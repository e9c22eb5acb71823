"""The contract of the store: exact nearest rows, in a settled order, each tenant for itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import InputError
from knowledge.store import ChromaStore, Row, blank_unused, open_store
from knowledge.store_server import drop_other_releases, open_server_store, send_release
from tests.services.chroma import running_chroma


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture(params=["folder", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ChromaStore]:
    """An empty store, once in a folder and once on Chroma's own server."""
    if request.param == "folder":
        opened = open_store(tmp_path / "chroma")
    else:
        url = request.getfixturevalue("server")
        empty = open_store(tmp_path / "empty" / "chroma")
        empty.close()
        drop_other_releases(url, ())
        send_release(tmp_path / "empty", "test", url)
        opened = open_server_store(url, "test")
    yield opened
    opened.close()


def row(id: str, collection: str = "federal", workspace: str = "") -> Row:
    return Row(id, f"passage-{id}", "passage", f"words of {id}", "s", "s#1", collection, workspace)


def unit(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    vector = np.array(values, dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_nearest_first_with_the_cosine_as_score(store: ChromaStore) -> None:
    store.add([row("a"), row("b"), row("c")], np.stack([unit(1, 0), unit(1, 1), unit(0, 1)]))

    near = store.nearest(unit(1, 0), 2)

    assert [n.passage for n in near] == ["passage-a", "passage-b"]
    assert near[0].text == "words of a"
    assert near[0].score == pytest.approx(1.0, abs=1e-6)
    assert near[1].score == pytest.approx(2**-0.5, abs=1e-6)


def test_rows_at_the_same_distance_come_by_passage(store: ChromaStore) -> None:
    rows = [row(f"{n:02d}") for n in range(30)]
    store.add(rows[::-1], np.tile(unit(1, 0), (30, 1)))

    near = store.nearest(unit(1, 0), 5)

    assert [n.passage for n in near] == [f"passage-{n:02d}" for n in range(5)]


def test_nothing_is_missed_among_a_thousand(store: ChromaStore) -> None:
    rng = np.random.default_rng(7)
    vectors = rng.normal(size=(1000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    store.add([row(f"{n:04d}") for n in range(1000)], vectors)

    for question in vectors[:50] + 0.1:
        question = question / np.linalg.norm(question)
        exact = np.argsort(-(vectors @ question))[:10]
        assert [n.passage for n in store.nearest(question, 10)] == [
            f"passage-{n:04d}" for n in exact
        ]


def test_it_is_there_when_opened_again(tmp_path: Path) -> None:
    first = open_store(tmp_path / "chroma")
    first.add([row("a")], unit(1, 0)[None])
    first.close()

    again = open_store(tmp_path / "chroma")

    assert again.size() == 1
    assert again.nearest(unit(1, 0), 1)[0].passage == "passage-a"
    again.close()


def test_one_workspace_never_sees_the_canary_of_another(store: ChromaStore) -> None:
    mine, theirs = row("mine", "agency:manual", "T1"), row("canary", "agency:manual", "T2")
    store.add([row("law"), mine, theirs], np.stack([unit(0, 1), unit(1, 1), unit(1, 0)]))
    asked = ("federal", "agency:manual")

    first = store.nearest(unit(1, 0), 9, collections=asked, workspace="T1")
    second = store.nearest(unit(1, 0), 9, collections=asked, workspace="T2")

    assert [n.passage for n in first] == ["passage-mine", "passage-law"]
    assert [n.passage for n in second] == ["passage-canary", "passage-law"]
    assert [n.passage for n in store.nearest(unit(1, 0), 9)] == ["passage-law"]


def test_an_agency_collection_needs_its_workspace(store: ChromaStore) -> None:
    with pytest.raises(InputError, match="belongs to one workspace"):
        store.nearest(unit(1, 0), 1, collections=("agency:manual",))
    with pytest.raises(InputError, match="belongs to one workspace"):
        store.add([row("a", "agency:manual")], unit(1, 0)[None])


def test_a_collection_that_is_not_there_has_no_rows(store: ChromaStore) -> None:
    assert store.nearest(unit(1, 0), 3) == []
    assert store.size("agency:none", "T1") == 0


@pytest.mark.parametrize("count", [5, 1500])
def test_what_memory_held_by_chance_is_blanked(tmp_path: Path, count: int) -> None:
    folder = tmp_path / "chroma"
    rng = np.random.default_rng(3)
    vectors = rng.normal(size=(count, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    written = open_store(folder)
    written.add([row(f"{n:04d}") for n in range(count)], vectors)
    written.close()
    path = next(folder.glob("*/data_level0.bin"))
    rows, size = struct.unpack_from("<2Q", (path.parent / "header.bin").read_bytes(), 20)
    path.write_bytes(path.read_bytes()[: rows * size] + b"Elm Street" * size)

    blank_unused(folder)

    assert path.read_bytes()[rows * size :] == bytes(10 * size)
    opened = open_store(folder)
    assert [n.passage for n in opened.nearest(vectors[3], 1)] == ["passage-0003"]
    opened.close()
