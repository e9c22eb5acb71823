"""From statements to an index that answers, and back: what a build promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.build import build_index
from ingest.releases import releases, rollback
from knowledge.embedding import TransformerEmbedder
from knowledge.errors import IndexMismatch, IndexMissing, InputError
from knowledge.index import open_index, serving_folder
from knowledge.settings import Settings
from knowledge.sources import Knowledge
from tests.conftest import home_with_model
from tests.ingest.small import knowledge_of

CHOKEHOLD = "EO 13929 asks that chokeholds be banned except where deadly force is lawful."


def test_a_question_finds_the_statement_it_is_about(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    report = build_index(settings, knowledge=small, embedder=embedder)

    index = open_index(settings.home, knowledge=small)
    vector = index.embedder.embed(["May we ever use a chokehold?"])[0]
    near = index.store.nearest(vector, 6)

    assert report.passages == 2
    assert report.embedded == 6
    assert index.passages[near[0].passage].text == CHOKEHOLD
    assert {row.kind for row in near} == {"passage", "ask", "claim"}
    assert index.release.name == report.release
    index.close()


def test_every_passage_is_a_slice_of_its_section(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    build_index(settings, knowledge=small, embedder=embedder)

    index = open_index(settings.home, knowledge=small)

    for passage in index.passages.values():
        section = index.sections[passage.section]
        assert section.text[passage.start : passage.end] == passage.text
    index.close()


def test_the_same_contents_cost_nothing_and_keep_their_name(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    first = build_index(settings, knowledge=small, embedder=embedder)

    again = build_index(settings, knowledge=small, embedder=embedder)

    assert again.release == first.release
    assert again.embedded == 0
    assert again.reused == 6


def test_another_home_gets_the_same_name_and_ids(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder, tmp_path: Path
) -> None:
    elsewhere = home_with_model(tmp_path / "elsewhere", settings.home / "models")
    other = Settings(home=elsewhere, model=settings.model)

    first = build_index(settings, knowledge=small, embedder=embedder)
    second = build_index(other, knowledge=small, embedder=embedder)

    assert first.release == second.release
    here, there = (open_index(s.home, knowledge=small) for s in (settings, other))
    assert dict(here.passages) == dict(there.passages)
    here.close()
    there.close()


def test_only_what_is_new_is_embedded(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    build_index(settings, knowledge=small, embedder=embedder)
    more = knowledge_of(*(s.text for s in small.statements.values()), "EO 13929 has six sections.")
    seen: list[tuple[int, int]] = []

    report = build_index(
        settings, knowledge=more, embedder=embedder, progress=lambda *at: seen.append(at)
    )

    assert report.embedded == 3
    assert seen == [(3, 3)]


def test_without_a_build_the_error_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="run `safepolicing ingest`"):
        open_index(tmp_path)


def test_another_knowledge_base_is_refused(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    build_index(settings, knowledge=small, embedder=embedder)

    with pytest.raises(IndexMismatch, match="another state of the knowledge base"):
        open_index(settings.home, knowledge=knowledge_of("EO 13929 has six sections."))


def test_another_model_is_refused(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder, tmp_path: Path
) -> None:
    build_index(settings, knowledge=small, embedder=embedder)
    manifest = serving_folder(settings.home) / "release.json"
    table = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**table, "fingerprint": "0" * 16}))

    with pytest.raises(IndexMismatch, match="embedding model"):
        open_index(settings.home, knowledge=small)


def test_rollback_returns_to_the_release_before(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    first = build_index(settings, knowledge=small, embedder=embedder).release
    second = build_index(
        settings, knowledge=knowledge_of("EO 13929 has six sections."), embedder=embedder
    ).release

    back = rollback(settings.home, knowledge=small)

    assert back.name == first
    assert [(r.name, serves) for r, serves in releases(settings.home)] == [
        (first, True),
        (second, False),
    ]
    index = open_index(settings.home, knowledge=small)
    assert len(index.passages) == 2
    index.close()


def test_nothing_to_roll_back_to_is_said(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    build_index(settings, knowledge=small, embedder=embedder)

    with pytest.raises(InputError, match="no earlier release"):
        rollback(settings.home, knowledge=small)


def test_a_release_that_could_not_serve_is_not_returned_to(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    other = knowledge_of("EO 13929 has six sections.")
    build_index(settings, knowledge=other, embedder=embedder)
    build_index(settings, knowledge=small, embedder=embedder)

    with pytest.raises(InputError, match="another state of the knowledge base"):
        rollback(settings.home, knowledge=small)

    open_index(settings.home, knowledge=small).close()


def test_a_release_that_is_in_use_is_not_removed(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    first = build_index(settings, knowledge=small, embedder=embedder).release
    reader = open_index(settings.home, knowledge=small)
    for n in range(3):
        build_index(
            settings, knowledge=knowledge_of(f"EO 13929 has {n} sections."), embedder=embedder
        )

    assert first in [release.name for release, _ in releases(settings.home)]
    vector = reader.embedder.embed(["Are chokeholds banned?"])[0]
    assert reader.store.nearest(vector, 1)[0].text.startswith("EO 13929 asks that chokeholds")
    reader.close()
    build_index(settings, knowledge=small, embedder=embedder)
    build_index(settings, knowledge=knowledge_of("EO 13929 is short."), embedder=embedder)
    assert len(releases(settings.home)) == 2


def test_two_releases_are_kept(settings: Settings, embedder: TransformerEmbedder) -> None:
    names = [
        build_index(
            settings, knowledge=knowledge_of(f"EO 13929 has {n} sections."), embedder=embedder
        ).release
        for n in range(4)
    ]

    kept = [release.name for release, _ in releases(settings.home)]

    assert kept == [names[3], names[2]]


def test_a_damaged_release_is_made_anew(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    name = build_index(settings, knowledge=small, embedder=embedder).release
    (serving_folder(settings.home) / "release.json").unlink()

    again = build_index(settings, knowledge=small, embedder=embedder)

    assert again.release == name
    open_index(settings.home, knowledge=small).close()


def test_a_lost_export_is_made_again(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    build_index(settings, knowledge=small, embedder=embedder)
    (settings.home / "models").unlink()

    build_index(settings, knowledge=small, embedder=embedder)

    assert list((settings.home / "models").glob("*/model.onnx"))


def test_a_release_of_another_version_is_replaced(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder
) -> None:
    name = build_index(settings, knowledge=small, embedder=embedder).release
    old = serving_folder(settings.home)
    manifest = old / "release.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    old.rename(old.with_name("2020.01-00000000"))
    (settings.home / "current").write_text("2020.01-00000000")
    with pytest.raises(IndexMismatch, match="another version"):
        open_index(settings.home, knowledge=small)

    again = build_index(settings, knowledge=small, embedder=embedder)

    assert again.release == name
    assert [release.name for release, _ in releases(settings.home)] == [name]
    assert [folder.name for folder in (settings.home / "releases").iterdir()] == [name]
