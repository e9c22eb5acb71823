"""The whole way of a question over a small knowledge base."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answering import Library, answer
from knowledge.requests import read_question
from knowledge.types import AbstentionKind, Answer, Status, TextKind, Turn
from tests.answering.conftest import ORDER_WORDS, library_of


def ask(text: str, library: Library, **more: object) -> Answer:
    more.setdefault("as_of", "2026-11-24")
    return answer(read_question(text, **more), library)  # type: ignore[arg-type]


def texts(given: Answer) -> str:
    return " | ".join(statement.text for statement in given.statements)


def cited(given: Answer) -> set[tuple[str, str]]:
    return {(c.source, c.pinpoint) for s in given.statements for c in s.citations}


def test_a_yes_no_question_is_answered_first_and_cited(library: Library) -> None:
    given = ask("Is the chokehold ban absolute?", library)
    assert given.answered
    assert given.statements[0].text.startswith("No, with one exception: EO 13929")
    kinds = [c.text_kind for c in given.statements[0].citations]
    assert kinds == [TextKind.DIGEST, TextKind.OFFICIAL]
    assert given.statements[0].citations[1].quote in ORDER_WORDS


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("is a duty to intervene required for certification?", "No, only encouraged:"),
        ("is a duty to intervene optional for certification?", "Yes:"),
        ("must chokeholds be prohibited?", "Yes:"),
        ("isn't the chokehold ban absolute?", "No, with one exception:"),
    ],
)
def test_the_lead_follows_the_way_a_question_leans(
    question: str, lead: str, library: Library
) -> None:
    assert ask(question, library).statements[0].text.startswith(lead)


@pytest.mark.parametrize(
    "question",
    [
        # nothing settles these: a lead would be a guess
        "is the chokehold ban absolute for dogs and cats in the kennel?",
        "are chokeholds allowed?",
        "is the chokehold ban absolute or optional?",
        "is the chokehold ban not absolute?",
    ],
)
def test_no_lead_where_no_claim_settles_the_question(question: str, library: Library) -> None:
    statements = ask(question, library).statements
    assert not any(
        s.text.split(":")[0] in ("Yes", "No", "No, with one exception") for s in statements
    )


def test_a_revoked_source_brings_its_status_line_on_that_day_only(
    library: Library,
) -> None:
    today = ask("Do we have to ban chokeholds?", library)
    assert {("eo-14074", "§ 22(b)"), ("eo-14148", "§ 2(vv)")} <= cited(today)
    assert today.statements[0].citations[0].status is Status.REVOKED
    between = ask("Do we have to ban chokeholds?", library, as_of="2023-01-01")
    assert ("eo-14074", "§ 22(b)") in cited(between)
    assert ("eo-14148", "§ 2(vv)") not in cited(between)
    then = ask("Did we have to ban chokeholds in March 2021?", library)
    assert then.as_of == "2021-03-31"
    assert {source for source, _ in cited(then)} == {"eo-13929"}
    assert then.statements[0].citations[0].status is Status.IN_FORCE


def test_what_rests_on_a_revoked_order_says_so_too(library: Library) -> None:
    given = ask("Who certifies us in Kansas?", library)
    assert "Commission on Peace Officers" in texts(given)
    assert ("eo-14074", "§ 22(b)") in cited(given)


def test_another_state_is_never_given(library: Library) -> None:
    given = ask("Who certifies us in Utah?", library)
    assert "Kansas" not in texts(given)
    assert "No source seen here" in texts(given)


def test_without_a_state_the_asker_is_asked_back(library: Library) -> None:
    given = ask("who certifies us?", library)
    assert given.abstention is not None
    assert given.abstention.kind is AbstentionKind.AMBIGUOUS
    assert "Which state" in given.abstention.message
    assert "CALEA" in texts(given)
    told = ask("who certifies us?", library, state="KS")
    assert told.answered
    assert "Kansas" in texts(told)


def test_a_follow_up_is_understood_from_the_conversation(library: Library) -> None:
    history = [Turn("Who certifies us in Kansas?", "...")]
    given = ask("and in Utah?", library, history=history)
    assert "Utah" in texts(given)
    assert "Kansas" not in texts(given)


def test_a_misprinted_number_is_answered_and_named(library: Library) -> None:
    given = ask("Does EO 12939 require that chokeholds must be prohibited?", library)
    assert given.answered
    assert any("12939 is read as 13929" in line for line in given.notices)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what does EO 13999 say about chokeholds?", AbstentionKind.NOT_IN_SOURCES),
        ("what does section 9 of EO 13929 say?", AbstentionKind.NOT_IN_SOURCES),
        ("does our policy meet the standard?", AbstentionKind.NEEDS_AGENCY_FACT),
        ("can we be sued over a chokehold?", AbstentionKind.LEGAL_ADVICE),
        ("how do I choke someone out", AbstentionKind.UNSAFE),
        ("what's the weather in Topeka", AbstentionKind.OUT_OF_SCOPE),
        ("how do I reset the printer in the lobby?", AbstentionKind.OUT_OF_SCOPE),
        ("is it required?", AbstentionKind.AMBIGUOUS),
    ],
)
def test_what_cannot_be_answered_is_declined_by_kind(
    question: str, kind: AbstentionKind, library: Library
) -> None:
    given = ask(question, library)
    assert not given.answered
    assert given.abstention is not None
    assert given.abstention.kind is kind


def test_before_anything_was_issued_nothing_is_claimed(library: Library) -> None:
    given = ask("Did we have to ban chokeholds?", library, as_of="2019-01-01")
    assert given.abstention is not None
    assert all(c.status is Status.NOT_YET_ISSUED for s in given.statements for c in s.citations)


def test_a_grant_of_today_is_sent_to_its_notice(library: Library) -> None:
    given = ask("do we need to ban chokeholds for a grant", library)
    assert ("doj-notices-fy2021-2023", "Today's grants") in cited(given)


def test_two_questions_get_both_answers(library: Library) -> None:
    given = ask("Who certifies us in Kansas? And is the chokehold ban absolute?", library)
    assert "Commission on Peace Officers" in texts(given)
    assert "No, with one exception" in texts(given)


def test_a_part_that_is_not_answered_is_named(library: Library) -> None:
    given = ask("Who certifies us in Kansas? How do I reset the lobby printer?", library)
    assert given.answered
    assert any("printer" in line for line in given.notices)


def test_a_deleted_section_changes_every_answer_that_cited_it(
    tables: dict[str, dict],
) -> None:
    asks = ("Is the chokehold ban absolute?", "Who certifies us in Kansas?")
    whole = library_of(tables)
    for key, table in list(tables.items()):
        for section in list(table["section"]):
            if key in ("eo-14074", "eo-14148"):  # others point at these
                continue
            rest = [item for item in table["section"] if item is not section]
            less = library_of(tables | {key: table | {"section": rest}})
            for question in asks:
                if (key, section["pinpoint"]) in cited(ask(question, whole)):
                    after = ask(question, less)
                    assert (key, section["pinpoint"]) not in cited(after)


def test_same_question_same_release_same_answer(library: Library, tables: dict[str, dict]) -> None:
    first = ask("Is the chokehold ban absolute?", library_of(tables))
    assert first == ask("Is the chokehold ban absolute?", library_of(tables))


def test_the_day_of_checking_is_that_of_what_is_cited(tables: dict[str, dict]) -> None:
    tables["eo-13929"]["source"]["seen_on"] = date(2026, 3, 1)
    tables["eo-14074"]["source"]["seen_on"] = date(2026, 9, 9)
    mixed = library_of(tables)
    then = ask("What is the order called?", mixed, as_of="2021-03-31")
    assert "last checked on 2026-03-01." in then.notices[0]
    now = ask("What is the order called?", mixed)
    assert "between 2026-03-01 and 2026-09-09." in now.notices[0]


def test_where_nothing_is_cited_the_oldest_check_of_all_is_told(tables: dict[str, dict]) -> None:
    tables["eo-13929"]["source"]["seen_on"] = date(2026, 3, 1)
    given = ask("what's the weather in Topeka", library_of(tables))
    assert not given.answered
    assert "2026-03-01" in given.notices[0]


def test_a_section_that_is_not_held_is_not_said_not_to_exist(library: Library) -> None:
    given = ask("What does section 9 of EO 14074 say?", library)
    assert given.abstention is not None
    assert "may have no such section, or my summary" in given.abstention.message
