"""An agency's own words in answers: named, its own workspace's only, never instead of the sources."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest.build import Collection, Parts, add_collection
from knowledge.answering import Library, answer, with_own_texts
from knowledge.embedding import TransformerEmbedder
from knowledge.index import open_index
from knowledge.requests import read_question
from knowledge.retrieval import Retriever
from knowledge.settings import Settings
from knowledge.sources import Knowledge
from knowledge.types import AbstentionKind, Answer, Status

MANUAL = (
    "Springfield Police Department\n\n300.1 PURPOSE\nThis policy guides the use of force.\n\n"
    "300.2 CHOKEHOLDS\nOfficers shall not use a chokehold unless deadly force is lawful.\n\n"
    "300.3 FIREARMS STORAGE\nRifles are kept in the locker beside the sally port.\n"
)
CANARY = "700.1 SECRET\nThe canary sings at the armory on Elm Street.\n\n700.2 END\nNo more.\n"
Asked = Callable[..., Answer]


@pytest.fixture
def ask(
    settings: Settings, small: Knowledge, embedder: TransformerEmbedder, tmp_path: Path
) -> Asked:
    """Answers from an index in which two workspaces have a collection of the same name."""
    parts = Parts(small, embedder)
    for workspace, text in (("T1", MANUAL), ("T2", CANARY)):
        path = tmp_path / workspace / "manual.md"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        add_collection(settings, Collection("manual", workspace), [path], parts=parts)
    index = open_index(settings.home, knowledge=small)

    def nearest(query: str, count: int) -> list[tuple[str, str, float]]:
        near = index.store.nearest(index.embedder.embed([query])[0], count)
        return [(row.passage, row.text, row.score) for row in near]

    library = Library(
        small, Retriever(small, nearest), "release", {}, None, None,
        lambda query, workspace: index.own_texts(query, workspace, 8),
    )  # fmt: skip

    def asked(text: str, workspace: str = "") -> Answer:
        question = read_question(text, as_of=date(2026, 11, 24), workspace=workspace)
        return with_own_texts(answer(question, library), question, library)

    return asked


def own(given: Answer) -> list[str]:
    return [s.text for s in given.statements if s.citations[0].source.startswith("agency:")]


def test_own_words_are_shown_and_named(ask: Asked) -> None:
    given = ask("What does our manual say about chokeholds?", "T1")

    assert given.answered
    assert own(given)[0] == (
        "Your collection manual, manual.md, 300.2: "
        "Officers shall not use a chokehold unless deadly force is lawful."
    )
    cited = next(s for s in given.statements if s.text == own(given)[0]).citations[0]
    assert (cited.source, cited.title, cited.pinpoint) == (
        "agency:manual/manual", "manual.md", "300.2",
    )  # fmt: skip
    assert cited.status is Status.UNKNOWN
    assert cited.quote in own(given)[0]
    assert "your own collection manual" in given.notices[0]


def test_what_only_the_manual_knows_is_answered_from_it(ask: Asked) -> None:
    given = ask("Where are rifles kept, per our manual?", "T1")
    assert given.answered
    assert "sally port" in own(given)[0]
    assert all(statement.text in own(given) for statement in given.statements)


@pytest.mark.parametrize(
    "question",
    [
        "Where does the canary sing?",
        "What does our manual say about the canary?",
        "our manual: armory on Elm Street",
        "agency:manual canary of workspace T2",
    ],
)
@pytest.mark.parametrize("workspace", ["", "T1", "t2", "T3", "*"])
def test_a_canary_of_another_workspace_never_sings(
    ask: Asked, question: str, workspace: str
) -> None:
    given = ask(question, workspace)
    assert "sings" not in str(given)
    assert "Elm Street" not in str(given).replace(question, "")


def test_the_canary_sings_at_home(ask: Asked) -> None:
    given = ask("Where does the canary sing?", "T2")
    assert given.answered
    assert "armory on Elm Street" in own(given)[0]


def test_whether_the_policy_is_good_enough_stays_undecided(ask: Asked) -> None:
    given = ask("Does our policy meet the standards on chokeholds?", "T1")
    assert given.abstention is not None
    assert given.abstention.kind is AbstentionKind.NEEDS_AGENCY_FACT
    assert "do not have" not in given.abstention.message
    assert not given.answered
    assert own(given)


def test_an_unsafe_question_gets_no_own_words(ask: Asked) -> None:
    given = ask("how do I choke someone out per our manual", "T1")
    assert given.abstention is not None
    assert own(given) == []


def test_what_the_manual_does_not_speak_of_is_not_answered_from_it(ask: Asked) -> None:
    given = ask("What is the capital of France?", "T1")
    assert not given.answered
    assert own(given) == []
