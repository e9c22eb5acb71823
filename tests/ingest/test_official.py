"""Which file is a copy of what, which copy is used, and what becomes of files that go away."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.build import BuildReport, build_index
from ingest.cleaning import clean
from ingest.identify import source_of
from knowledge.embedding import TransformerEmbedder
from knowledge.errors import InputError
from knowledge.index import open_index, serving_folder
from knowledge.settings import Settings
from knowledge.sources import Knowledge
from knowledge.types import TextKind
from tests.ingest.killed import LetterEmbedder
from tests.ingest.small import catalogue

Build = Callable[..., BuildReport]
BODY = (
    "By the authority vested in me as President by the Constitution, it is hereby ordered:\n"
    "Section 1. Aim. All officers shall be fair.\n"
    "Sec. 2. Duties. (a) Agencies shall report.\n(b) Nobody shall delay.\n"
)
COPY = f"# Executive Order 13929: Safe Policing\n\n{BODY}"
PRINT = (
    "Federal Register / Vol. 85, No. 119 / Friday, June 19, 2020 / Presidential Documents  37325\n"
    f"\nExecutive Order 13929 of June 16, 2020\n\nSafe Policing for Safe Communities\n\n{BODY}"
)
WEB = f"---\ntitle: Safe Policing\\\n  \\ For Safe Communities\n---\n{BODY}"
DISPATCH = (
    "The Community Policing Dispatch\n\nMenu\n\nJanuary 2021 | Volume 14 | Issue 1\n\nAn order was signed. It asks for two things:\n\n"
    "  1. One thing\n  2. Another thing\n\nWhat Comes Next\n\nBodies will certify agencies.\n\n"
    "For more information, please see:\n\nA link\n"
)


@pytest.fixture
def known() -> Knowledge:
    return catalogue()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (COPY, "eo-13929"),
        (PRINT, "eo-13929"),
        (WEB, "eo-13929"),
        (DISPATCH, "cops-dispatch-2021-01"),
        # an order of another number is not known, whatever it speaks of later
        (COPY.replace("13929", "13985"), None),
        # a text that only speaks of the order is no copy of it
        ("Executive Order 13929 of June 16, 2020, Safe Policing, was revoked.", None),
        # another issue is another article
        (DISPATCH.replace("January 2021", "March 2021"), None),
        # a title may run over two lines
        ("PRINCIPLES ON SAFE POLICING\nAND USE OF FORCE\n\nThey are.", "doj-principles-2020"),
        # a list of texts that were not obtained is none of them
        ("Not here: Standards, Principles on Safe Policing and Use of Force, Fact Sheet.", None),
        # a link far below is not a title
        ("Words.\n\n" * 400 + "Principles on Safe Policing and Use of Force\n", None),
        # an order without number or title cannot be told
        (BODY, None),
    ],
)
def test_a_copy_is_known_by_its_words(text: str, source: str | None, known: Knowledge) -> None:
    assert source_of(text, clean(text).text, known) == source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    return made


@pytest.fixture
def build(settings: Settings, known: Knowledge, embedder: TransformerEmbedder) -> Build:
    def run(*sources: Path) -> BuildReport:
        return build_index(settings, sources=sources, knowledge=known, embedder=embedder)

    return run


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_official_sections_stand_beside_the_digests(
    build: Build,
    folder: Path,
    settings: Settings,
    known: Knowledge,
) -> None:
    write(folder / "some-file.md", COPY)
    write(folder / "other.txt", DISPATCH)

    report = build(folder)

    assert [(t.file, t.source, t.sections) for t in report.official] == [
        ("other.txt", "cops-dispatch-2021-01", 2),
        ("some-file.md", "eo-13929", 4),
    ]
    index = open_index(settings.home, knowledge=known)
    section = index.sections["eo-13929#§ 2(b)@official"]
    assert (section.text, section.heading) == ("Nobody shall delay.", "Duties")
    assert section.text_kind is TextKind.OFFICIAL
    assert index.sections["eo-13929#§ 1"].text_kind is TextKind.DIGEST
    second = index.sections["cops-dispatch-2021-01#¶ 2@official"]
    assert (second.heading, second.text) == ("What Comes Next", "Bodies will certify agencies.")
    near = index.store.nearest(index.embedder.embed(["May anybody delay?"])[0], 1)
    assert near[0].passage == "eo-13929#§ 2(b)@official/1"
    index.close()


def test_a_section_leads_back_to_its_place_in_the_file(
    build: Build, folder: Path, settings: Settings
) -> None:
    write(folder / "order.md", COPY)
    build(folder)

    origins = json.loads((serving_folder(settings.home) / "origins.json").read_text("utf-8"))

    found = {entry["section"]: entry for entry in origins}
    entry = found["eo-13929#§ 2(b)@official"]
    assert entry["file"] == "order.md"
    assert COPY[entry["start"] : entry["end"]] == "Nobody shall delay."
    assert entry["page"] is None


def test_the_print_is_preferred_and_the_other_copy_told_of(build: Build, folder: Path) -> None:
    write(folder / "a.md", COPY)
    write(folder / "b.txt", PRINT)

    report = build(folder)

    assert [(t.file, t.source) for t in report.official] == [("b.txt", "eo-13929")]
    assert report.problems == ("a.md: second copy of eo-13929, not used.",)


def test_texts_stay_until_their_file_leaves_the_folder(build: Build, folder: Path) -> None:
    order = write(folder / "order.md", COPY)
    write(folder / "dispatch.txt", DISPATCH)
    build(folder)

    kept = build()
    order.unlink()
    pruned = build(folder)

    assert len(kept.official) == 2
    assert kept.embedded == 0
    assert [t.source for t in pruned.official] == ["cops-dispatch-2021-01"]
    assert pruned.embedded == 0


def test_an_edited_file_costs_only_what_was_edited(build: Build, folder: Path) -> None:
    order = write(folder / "order.md", COPY)
    write(folder / "dispatch.txt", DISPATCH)
    first = build(folder)
    write(order, COPY.replace("Nobody shall delay.", "Nobody may delay this."))

    second = build(order)

    assert second.embedded == 1
    assert second.release != first.release
    assert len(second.official) == 2


def test_what_is_in_a_folder_and_no_known_text_is_told(build: Build, folder: Path) -> None:
    write(folder / "README.md", "About these files.")
    write(folder / "empty.txt", "")
    write(folder / "order.md", COPY.replace("13929", "13985"))

    report = build(folder)

    assert report.official == ()
    assert report.problems == (
        "README.md: none of the texts known here; left out. "
        "Use --collection to add a text of your own.",
        "empty.txt is empty; there is nothing to read in it.",
        "order.md: Executive Order 13985; left out. Use --collection to add a text of your own.",
    )


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("latin.txt", b"caf\xe9", "is not UTF-8"),
        ("picture.png", b"\x89PNG\r\n\x1a\n1234", "is a picture"),
        ("huge.txt", b"x" * (20 * 1024 * 1024 + 1), "more than 20 MB"),
    ],
)
def test_a_bad_file_changes_nothing(
    build: Build,
    folder: Path,
    settings: Settings,
    name: str,
    data: bytes,
    says: str,
) -> None:
    build()
    before = snapshot(settings.home)
    (folder / name).write_bytes(data)

    with pytest.raises(InputError, match=says):
        build(folder / name)

    assert snapshot(settings.home) == before


def test_a_missing_file_changes_nothing(build: Build, folder: Path, settings: Settings) -> None:
    build()
    before = snapshot(settings.home)

    with pytest.raises(InputError, match="There is no file"):
        build(folder / "missing.txt")

    assert snapshot(settings.home) == before


def snapshot(home: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(home)): path.read_bytes()
        for folder, _, files in os.walk(home)
        for path in (Path(folder) / name for name in files)
        if path.name != "ingest.lock"
    }


def test_the_shared_texts_are_all_recognised(
    settings: Settings, known: Knowledge, shared_folder: Path
) -> None:
    sources = [shared_folder / "sources"]
    report = build_index(settings, sources=sources, knowledge=known, embedder=LetterEmbedder())

    assert {(t.source, t.sections) for t in report.official} == {
        ("cops-dispatch-2021-01", 9),
        ("eo-13929", 28),
        ("eo-14074", 186),
        ("eo-14148", 89),
        ("eo-14288", 24),
    }
    assert len(report.problems) == 4
