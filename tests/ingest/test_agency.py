"""An agency's own documents: apart, per workspace, replaced whole, and gone when removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.build import Collection, Parts, add_collection, build_index, remove_collection
from ingest.library import collections
from ingest.releases import releases
from knowledge.embedding import TransformerEmbedder
from knowledge.errors import InputError
from knowledge.index import Index, open_index
from knowledge.settings import Settings
from knowledge.sources import Knowledge

MANUAL = (
    "Springfield Police Department\n\n300.1 PURPOSE\nThis policy guides the use of force.\n\n"
    "300.1.1 DEFINITIONS\n(a) A baton is a club.\n(b) A hold is a grip.\n\n"
    "300.2 CHOKEHOLDS\nOfficers shall not use a chokehold unless deadly force is lawful.\n"
)
CANARY = "700.1 SECRET\nThe canary sings at the armory on Elm Street.\n700.2 END\nNo more.\n"
QUESTION = "Where does the canary sing?"
MINE = Collection("manual", "T1")
THEIRS = Collection("agency:manual", "T2")


@pytest.fixture
def parts(small: Knowledge, embedder: TransformerEmbedder) -> Parts:
    return Parts(small, embedder)


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    path = tmp_path / "Policy Manual.md"
    path.write_text(MANUAL, encoding="utf-8")
    return path


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


def passages_near(index: Index, question: str, *collections: str, workspace: str) -> list[str]:
    vector = index.embedder.embed([question])[0]
    asked = ("federal", *collections)
    return [
        n.passage for n in index.store.nearest(vector, 50, collections=asked, workspace=workspace)
    ]


def test_pinpoints_are_the_manuals_own(settings: Settings, parts: Parts, manual: Path) -> None:
    add_collection(settings, MINE, [manual], parts=parts)

    index = open_index(settings.home, knowledge=parts.knowledge)
    texts = index.agency("agency:manual", "T1")

    assert texts is not None
    assert dict(texts.titles) == {"agency:manual/policy-manual": "Policy Manual.md"}
    assert [(s.pinpoint, s.heading) for s in texts.sections.values()] == [
        ("Preamble", ""),
        ("300.1", "PURPOSE"),
        ("300.1.1(a)", "DEFINITIONS"),
        ("300.1.1(b)", "DEFINITIONS"),
        ("300.2", "CHOKEHOLDS"),
    ]
    assert index.agency_collections("T1") == ["agency:manual"]
    near = passages_near(index, "What is a baton?", "agency:manual", workspace="T1")
    assert near[0] == "agency:manual/policy-manual#300.1.1(a)/1"
    index.close()


def test_the_federal_record_holds_nothing_of_it(
    settings: Settings, parts: Parts, manual: Path
) -> None:
    add_collection(settings, MINE, [manual], parts=parts)

    index = open_index(settings.home, knowledge=parts.knowledge)

    assert not [id for id in (*index.sections, *index.passages) if id.startswith("agency:")]
    assert not [p for p in passages_near(index, "baton", workspace="T1") if "agency:" in p]
    index.close()


def test_another_workspace_cannot_reach_the_canary(
    settings: Settings, parts: Parts, manual: Path, canary: Path
) -> None:
    add_collection(settings, MINE, [manual], parts=parts)
    add_collection(settings, THEIRS, [canary], parts=parts)

    index = open_index(settings.home, knowledge=parts.knowledge)

    mine = passages_near(index, QUESTION, "agency:manual", workspace="T1")
    theirs = passages_near(index, QUESTION, "agency:manual", workspace="T2")
    assert theirs[0] == "agency:manual/secret#700.1/1"
    assert not [passage for passage in mine if "secret" in passage]
    assert index.agency("agency:manual", "T3") is None
    texts = index.agency("agency:manual", "T1")
    assert texts is not None
    assert "canary" not in repr(texts)
    with pytest.raises(InputError, match="one workspace"):
        passages_near(index, QUESTION, "agency:manual", workspace="")
    index.close()


def test_a_changed_file_is_replaced_whole_and_others_stay(
    settings: Settings, parts: Parts, manual: Path, canary: Path
) -> None:
    add_collection(settings, MINE, [manual, canary], parts=parts)
    manual.write_text(MANUAL.replace("A baton is a club.", "A baton is a stick."), encoding="utf-8")

    report = add_collection(settings, MINE, [manual], parts=parts)

    assert report.embedded == 1
    index = open_index(settings.home, knowledge=parts.knowledge)
    texts = index.agency("agency:manual", "T1")
    assert texts is not None
    words = " ".join(section.text for section in texts.sections.values())
    assert "stick" in words
    assert "club" not in words
    assert "canary" in words
    index.close()


def test_a_removed_collection_is_nowhere_on_disk(
    settings: Settings, parts: Parts, manual: Path, canary: Path
) -> None:
    add_collection(settings, MINE, [manual], parts=parts)
    add_collection(settings, THEIRS, [canary], parts=parts)

    assert collections(settings.home) == [("T1", "agency:manual", 1), ("T2", "agency:manual", 1)]
    remove_collection(settings, THEIRS, parts=parts)
    assert collections(settings.home) == [("T1", "agency:manual", 1)]

    assert not [path for path in files_under(settings.home) if b"Elm Street" in path.read_bytes()]
    assert len(releases(settings.home)) == 1
    index = open_index(settings.home, knowledge=parts.knowledge)
    assert index.agency("agency:manual", "T2") is None
    assert index.agency("agency:manual", "T1") is not None
    index.close()


def files_under(home: Path) -> list[Path]:
    found = [Path(folder) / name for folder, _, names in os.walk(home) for name in names]
    assert any(path.name == "chroma.sqlite3" for path in found)
    return found


def test_it_stays_when_the_federal_part_is_built_again(
    settings: Settings, parts: Parts, manual: Path
) -> None:
    add_collection(settings, MINE, [manual], parts=parts)

    report = build_index(settings, knowledge=parts.knowledge, embedder=parts.embedder)

    assert report.embedded == 0
    index = open_index(settings.home, knowledge=parts.knowledge)
    assert index.agency("agency:manual", "T1") is not None
    index.close()


@pytest.mark.parametrize("name", ["", "Manual", "a b", "../x", "x" * 65, "agency:", "federal/x"])
def test_a_name_that_will_not_do_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot name a collection"):
        Collection(name, "T1")


def test_without_a_workspace_or_files_nothing_is_added(settings: Settings, parts: Parts) -> None:
    with pytest.raises(InputError, match="belongs to one workspace"):
        Collection("manual", " ")
    with pytest.raises(InputError, match="at least one file"):
        add_collection(settings, MINE, [], parts=parts)


def test_what_is_not_there_cannot_be_removed(settings: Settings, parts: Parts) -> None:
    with pytest.raises(InputError, match="no collection agency:manual"):
        remove_collection(settings, MINE, parts=parts)
