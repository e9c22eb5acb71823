"""What buttons will need: one contract for the process's own shelves and for shared ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bot import shared_shelf
from bot.database import Database, open_database
from bot.intake import Place
from bot.intent import Intent, Kind
from bot.kept import Answered, Asked, Doubt, Part, Reviewed, asked_key
from bot.seals import Seals
from bot.shared_shelf import SharedShelf, prepare_table
from bot.shelf import MINUTES, OwnShelf, Shelf, new_key
from bot.shelves import Shelves, shared_shelves
from knowledge.reviewing import review, with_pages
from knowledge.types import Excerpt, Question
from tests.bot.small import SmallAdvisor

SECRET = b"s" * 32
CANARY = "canary-4711"
MINE = Place("T1", "C1", "1.1", "U1", direct=False)
THEIRS = replace(MINE, person="U2")
ELSEWHERE = replace(MINE, team="T2")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    prepare_table(opened)
    yield opened
    opened.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the time of both kinds of shelf."""
    now = [time.time()]
    monkeypatch.setattr(shared_shelf.time, "time", lambda: now[0])
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def forward(seconds: float) -> None:
        now[0] += seconds

    return forward


@pytest.fixture(params=["own", "shared"])
def shelf(
    request: pytest.FixtureRequest, database: Database, clock: Callable[[float], None]
) -> Shelf[Part]:
    if request.param == "own":
        return OwnShelf(clock=time.monotonic)
    return SharedShelf("part", Part, database, Seals(SECRET))


def test_an_item_lies_there_for_half_an_hour(
    shelf: Shelf[Part], clock: Callable[[float], None]
) -> None:
    shelf.keep("a", Part("first", MINE))
    shelf.keep("a", Part("second", MINE))
    clock(MINUTES * 60 - 1)
    shelf.expire()
    assert (shelf.get("a"), shelf.get("b")) == (Part("second", MINE), None)
    clock(2)
    assert shelf.get("a") is None
    assert shelf.take("a") is None


def test_what_is_taken_is_gone(shelf: Shelf[Part]) -> None:
    shelf.keep("a", Part("text", MINE))
    assert [shelf.take("a"), shelf.take("a"), shelf.get("a")] == [Part("text", MINE), None, None]


def test_a_person_and_a_workspace_are_forgotten_alone(shelf: Shelf[Part]) -> None:
    for place in (MINE, THEIRS, ELSEWHERE):
        shelf.keep(f"{place.team}/{place.person}", Part("text", place))
    shelf.forget("T1", "U1")
    assert shelf.get("T1/U1") is None
    assert shelf.get("T1/U2")
    assert shelf.get("T2/U1"), "the same name in another workspace is another person"
    shelf.forget_team("T1")
    assert (shelf.get("T1/U2"), bool(shelf.get("T2/U1"))) == (None, True)


def test_only_the_newest_are_kept(
    database: Database, clock: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_shelf, "EACH", 2)
    for shelf in (OwnShelf[Part](items=2), SharedShelf("p", Part, database, Seals(SECRET))):
        for key in ("a", "b", "c"):
            clock(1)
            shelf.keep(key, Part(key, MINE))
        assert [bool(shelf.get(key)) for key in ("a", "b", "c")] == [False, True, True]


def test_every_kind_comes_back_as_it_was(database: Database) -> None:
    text = "Officers shall not use choke holds \u2014 \u201cever\u201d \U0001f46e.\n\nState law governs."
    made = with_pages(review(Excerpt("r-1", text, date(2026, 11, 24), "CO"), "r1"), lambda _at: 3)
    answer = SmallAdvisor().answer(Question("q-1", "Is it over?", date(2026, 11, 24)))
    declined = SmallAdvisor().answer(Question("q-2", "unclear", date(2026, 11, 24)))
    shelves = shared_shelves(database, SECRET)
    reviewed = Reviewed(made, MINE, text, "policy.pdf", internal=True)
    shelves.reviews.keep("k", reviewed)
    assert shelves.reviews.get("k") == reviewed
    for kept in (Answered(answer, MINE, "r1"), Answered(declined, MINE, "r1")):
        shelves.answers.keep("k", kept)
        assert shelves.answers.get("k") == kept
    doubt = Doubt(Intent(Kind.UNSURE, "a", "b"), MINE, external=True)
    shelves.doubts.keep("k", doubt)
    assert shelves.doubts.get("k") == doubt
    shelves.asked.keep(asked_key("q-1", "T1", "U1"), Asked("Is it over?", MINE))
    assert shelves.asked.get(asked_key("q-1", "T1", "U1")) == Asked("Is it over?", MINE)
    assert shelves.asked.get(asked_key("q-1", "T1", "U2")) is None


def test_half_a_character_does_not_stop_anybody(database: Database) -> None:
    shelf = SharedShelf("part", Part, database, Seals(SECRET))
    shelf.keep("a", Part("be\ud800fore", MINE))
    assert shelf.get("a") == Part("be?fore", MINE)


def test_another_replica_finds_it_and_another_secret_does_not(
    database: Database, tmp_path: Path
) -> None:
    other = open_database(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    key = new_key()
    shared_shelves(database, SECRET).parts.keep(key, Part(CANARY, MINE))
    wrong = shared_shelves(other, b"w" * 32)
    wrong.forget("T1", "U1")
    wrong.forget_team("T1")
    assert wrong.parts.get(key) is None
    assert shared_shelves(other, SECRET).parts.get(key) == Part(CANARY, MINE)
    other.close()


@dataclass(frozen=True, slots=True)
class Longer:
    """A part as a later program might have it."""

    excerpt: str
    place: Place
    more: str = ""


def test_a_program_with_another_form_does_not_find_it(database: Database) -> None:
    new = SharedShelf("part", Longer, database, Seals(SECRET))
    new.keep("a", Longer("text", MINE, "a warning that must not get lost"))
    old = SharedShelf("part", Part, database, Seals(SECRET))
    assert old.get("a") is None
    old.forget("T1", "U1")
    assert new.get("a") is None, "but it deletes it when it is told to"


def test_a_row_that_was_moved_or_changed_is_not_read(database: Database) -> None:
    shelf = SharedShelf("part", Part, database, Seals(SECRET))
    shelf.keep("a", Part("mine", MINE))
    shelf.keep("b", Part("theirs", THEIRS))
    (first,), (second,) = database.rows("SELECT id FROM shelf ORDER BY until")
    database.change(
        "UPDATE shelf SET content = (SELECT content FROM shelf WHERE id = :second) "
        "WHERE id = :first",
        first=first,
        second=second,
    )
    assert shelf.get("a") is None
    database.change("UPDATE shelf SET content = :short", short=b"x")
    assert shelf.get("b") is None


def test_the_file_of_the_state_tells_nothing(database: Database, tmp_path: Path) -> None:
    place = Place("TCANARY", "CCANARY", "1.1", "UCANARY", direct=False)
    shelves: Shelves = shared_shelves(database, SECRET)
    shelves.parts.keep("KCANARY", Part(CANARY * 100, place))
    database.change("INSERT INTO seen (mark, at) VALUES ('control-4711', 1)")
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("bot.sqlite3*"))
    assert b"control-4711" in stored, "what is not sealed is found this way"
    for hidden in (CANARY, "TCANARY", "CCANARY", "UCANARY", "KCANARY"):
        assert hidden.encode() not in stored
    assert shelves.parts.get("KCANARY")
