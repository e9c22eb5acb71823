"""Questions that agencies ask, through the real index: the lead that people act on is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge import Advisor, open_advisor
from knowledge.requests import read_question
from knowledge.settings import Settings

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def advisor(real_home: Path) -> Advisor:
    return open_advisor(Settings(home=real_home))


@pytest.mark.parametrize(
    ("question", "opens", "cites"),
    [
        ("Did revoking Biden's order bring EO 13929 back?", "No", "eo-14148"),
        ("Is EO 13929 back in force?", "No", "eo-14148"),
        ("Was EO 13929 revoked?", "Yes", "eo-14074"),
        ("Do subawards need it?", "Yes", "doj-notices-fy2021-2023"),
        ("Does JAG need the certification?", "No", "doj-notices-fy2021-2023"),
        ("Must the policy ban chokeholds absolutely?", "No", "doj-standards-2020"),
        ("Is LVNR covered?", "No", "eo-13929"),
        ("Is certification a defense in a lawsuit?", "No", "doj-standards-2020"),
        ("Does certification show we obey the law?", "No", "doj-standards-2020"),
        ("Do we need the discretionary principles?", "No", "doj-standards-2020"),
        ("Did IADLEST want the whole policy manual?", "No", "credentialing-bodies"),
        ("Are tribal police covered by the certification?", "No", "doj-standards-2020"),
        ("Who certifies us in Utah?", "No source naming", "credentialing-bodies"),
        ("Who certified agencies in Texas?", "In Texas", "credentialing-bodies"),
    ],
)
def test_the_answer_opens_right(advisor: Advisor, question: str, opens: str, cites: str) -> None:
    answer = advisor.answer(read_question(question, as_of=TODAY))

    assert answer.answered
    assert answer.statements[0].text.startswith(opens)
    assert answer.statements[0].citations[0].source == cites
    assert any("revoked" in statement.text for statement in answer.statements)


def test_a_new_release_is_answered_from_at_the_next_question(
    real_home: Path, tmp_path: Path
) -> None:
    from ingest.build import Collection, add_collection, remove_collection

    settings = Settings(home=real_home)
    advisor = open_advisor(settings)
    question = read_question("What does our manual say about rifles?", workspace="T9")
    before = advisor.answer(question)
    manual = tmp_path / "manual.md"
    manual.write_text("300.1 RIFLES\nRifles are kept beside the sally port.\n", encoding="utf-8")
    add_collection(settings, Collection("manual", "T9"), [manual])
    try:
        after = advisor.answer(question)
    finally:
        remove_collection(settings, Collection("manual", "T9"))
    gone = advisor.answer(question)

    assert "sally port" not in str(before)
    assert "sally port" in str(after)
    assert after.release != before.release
    assert "sally port" not in str(gone)
