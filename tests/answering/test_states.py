"""Questions on state law, over the real rows and without an index or a model."""

from __future__ import annotations

from functools import lru_cache

import pytest

from knowledge.answering import Library, answer
from knowledge.answering.states.cues import load_cues
from knowledge.requests import read_question
from knowledge.sources import load_knowledge
from knowledge.statelaw import is_state_law, load_state_laws, source_id_of
from knowledge.types import Answer, Turn
from tests.answering.conftest import library_over

TODAY = "2026-11-24"


@lru_cache(maxsize=1)
def library() -> Library:
    return library_over(load_knowledge())


def ask(text: str, *, before: str = "", state: str | None = None, day: str = TODAY) -> Answer:
    history = [Turn(before, "an answer")] if before else []
    return answer(read_question(text, as_of=day, state=state, history=history), library())


def cited(made: Answer) -> set[str]:
    return {citation.source for statement in made.statements for citation in statement.citations}


def words(made: Answer) -> str:
    return " ".join(statement.text for statement in made.statements)


@pytest.mark.parametrize("cue", load_cues().values(), ids=lambda cue: cue.name)
def test_a_cue_catches_its_examples_and_lets_the_others_pass(cue) -> None:
    assert [text for text in cue.examples if not cue.caught(text)] == []
    assert [text for text in cue.passes if cue.caught(text)] == []


@pytest.mark.parametrize("state", sorted(load_state_laws()))
def test_every_question_of_a_row_is_answered_from_that_row(state: str) -> None:
    known = load_knowledge()
    for statement in known.statements.values():
        if statement.source == source_id_of(state):
            for text in statement.asks:
                made = ask(text)
                assert made.answered, text
                assert cited(made) == {source_id_of(state)}, text


@pytest.mark.parametrize("state", sorted(load_state_laws()))
def test_every_answer_of_a_row_tells_when_it_was_read(state: str) -> None:
    made = ask(f"What does {load_state_laws()[state].name} law say about choke holds?")
    assert "check the current code with counsel" in words(made)
    assert load_state_laws()[state].read.seen_on.isoformat() in words(made)


def test_every_question_over_the_states_is_answered_from_the_table() -> None:
    for statement in load_knowledge().statements.values():
        if statement.source == "state-law-us":
            for text in statement.asks:
                made = ask(text)
                assert cited(made) == {"state-law-us"}, text
                assert statement.section in {f"state-law-us#{c.pinpoint}" for s in made.statements for c in s.citations}, text  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Is the chokehold ban absolute?",
        "Do we have to ban chokeholds to be certified?",
        "Who certifies agencies in Kansas?",
        "Does EO 13929 require following Kansas law?",
        "Must our policy comply with federal, state and local law?",
        "What does the order say about chokeholds?",
        "Which states have credentialing bodies?",
    ],
)
def test_a_federal_question_gets_no_row(text: str) -> None:
    assert not [source for source in cited(ask(text)) if is_state_law(source)]


def test_the_rule_of_a_known_state_stands_beside_the_federal_words() -> None:
    made = ask("Do we have to ban chokeholds to be certified?", state="CO")
    assert "state-law-co" in cited(made)
    assert not is_state_law(made.statements[0].citations[0].source)
    none = ask("Do we have to ban chokeholds to be certified?", state="GA")
    assert not [source for source in cited(none) if is_state_law(source)]


def test_the_state_is_asked_for_and_remembered() -> None:
    first = "What does our state law say about chokeholds?"
    back = ask(first)
    assert (back.answered, back.abstention.kind) == (False, "ambiguous")
    for told in ("Oregon", "we're in Oregon", "Portland Police Bureau, OR", "We are in Oregon."):
        assert cited(ask(told, before=first)) == {"state-law-or"}, told
    assert cited(ask(first, state="OR")) == {"state-law-or"}
    assert cited(ask("and does it cover carotid holds?", before="What does Nevada law say about chokeholds?")) == {"state-law-nv"}  # fmt: skip
    assert cited(ask("what about Utah?", before="What does Nevada law say about chokeholds?")) == {"state-law-ut"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Does Nevada ban carotid holds?", "Yes, with no exception in the words read: "),
        ("Can California agencies authorize a carotid restraint?", "No, with no exception"),
        ("Does Texas ban chokeholds outright?", "No, it has an exception: "),
        ("Does Texas allow carotid holds?", "Only in the excepted cases: "),
        ("Does Illinois have a chokehold statute?", "Yes: "),
        ("Does Indiana ban carotid holds?", "Indiana law"),
        ("Does Missouri have a chokehold statute?", "Missouri law"),
        ("Doesn't Nevada ban carotid holds?", "Nevada law"),
        ("Does Nebraska allow the carotid hold?", "Nebraska law"),
        ("Does Georgia have a statute?", "Our search"),
        ("Is a knee on the neck banned in Utah?", "Utah law"),
        ("Does Illinois ban choke holds to stop someone swallowing evidence?", "Illinois law"),
    ],
)
def test_a_yes_or_no_only_where_the_row_bears_it(text: str, lead: str) -> None:
    assert ask(text).statements[0].text.startswith(lead)


def test_advice_is_declined_with_the_text_of_the_state() -> None:
    made = ask("is our carotid policy fine in Texas?")
    assert (made.answered, cited(made)) == (False, {"state-law-tx"})


def test_a_day_before_the_row_was_read() -> None:
    made = ask("What does Texas law say about chokeholds?", day="2021-03-01")
    assert (made.answered, made.abstention.kind) == (False, "not_in_sources")
    assert "2026-08-21" in made.abstention.message
    assert "September 1, 2021" in words(made)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("What does Puerto Rico law say about chokeholds?", "no row for Puerto Rico"),
        ("Does Wyoming law require medical aid after force?", "nothing on medical aid in Wyoming"),
        ("Is de-escalation training required in Ohio by law?", "holds nothing for Ohio"),
    ],
)
def test_what_the_table_does_not_hold_is_told(text: str, says: str) -> None:
    made = ask(text)
    assert (made.answered, made.abstention.kind) == (False, "not_in_sources")
    assert says in made.abstention.message


def test_two_states_side_by_side() -> None:
    assert cited(ask("Texas vs Colorado on chokeholds")) == {"state-law-tx", "state-law-co"}


def test_every_part_of_a_question_is_told() -> None:
    made = ask("Does Texas ban chokeholds and no-knock warrants?")
    assert cited(made) == {"state-law-tx", "state-law-us"}
    assert "an empty cell says nothing" in words(made)
    made = ask("What does Virginia law say about chokeholds and shooting at vehicles?")
    assert "19.2-83.4(B)" in words(made)


def test_the_table_for_a_day_before_it_was_read() -> None:
    made = ask("Which states ban chokeholds?", day="2021-01-05")
    assert (made.answered, made.abstention.kind) == (False, "not_in_sources")
    assert "2026-08-21" in made.abstention.message


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("What does prolonged mean in Wisconsin law?", "state-law-wi"),
        ("Did Alaska pass SB 7?", "state-law-ak"),
        ("is there any exception in California", "state-law-ca"),
        ("chokehold law by state", "state-law-us"),
        ("difference between EO 13929 and California law on chokeholds", "state-law-ca"),
        ("Is the Kansas City police in Missouri allowed chokeholds?", "state-law-mo"),
    ],
)
def test_other_ways_to_ask(text: str, source: str) -> None:
    assert cited(ask(text)) == {source}


LOOSER = sorted(state for state, row in load_state_laws().items() if row.looser)
WARNING = "may fail the federal standard on choke holds, because that law is in part looser"


@pytest.mark.parametrize("state", LOOSER)
@pytest.mark.parametrize(
    "text",
    [
        "{state} choke hold law",
        "Are choke holds banned in {state}?",
        "Is LVNR legal in {state}?",
        "Can we copy the {state} statute into our policy?",
        "Is {state} law stricter than the federal standard?",
        "Whom does {state} law on choke holds bind?",
        "What exceptions does {state} law on choke holds make?",
        "How current is what is known of {state} law on choke holds?",
    ],
)
def test_a_looser_law_is_never_told_without_the_warning(state: str, text: str) -> None:
    row = load_state_laws()[state]
    made = words(ask(text.format(state=row.name)))
    assert WARNING in made
    assert row.looser in made


def test_the_warning_stands_beside_a_federal_answer_too() -> None:
    made = ask("Do we have to ban chokeholds to be certified?", state="WI")
    assert WARNING in words(made)
    assert "What is said here of neck holds in Wisconsin comes from" in words(made)


def test_looser_rows_are_those_of_the_facts() -> None:
    assert LOOSER == ["FL", "IA", "LA", "NE", "OR", "WI"]
    listed = words(ask("Which states are stricter than the federal words?"))
    assert "looser than the federal words in some way" in listed


SAID = {
    "holds": "What does {state} law say about choke holds?",
    "intervene": "Is there a duty to intervene in {state} law?",
    "medical": "{state} law on medical aid",
    "vehicles": "{state} law on shooting at vehicles",
    "no_knock": "{state} law on no-knock warrants",
}


@pytest.mark.parametrize("state", sorted(load_state_laws()))
def test_every_fact_comes_with_its_own_origin(state: str) -> None:
    """The origin of the rule on neck holds stands beside that rule, a duty's beside the duty."""
    row = load_state_laws()[state]
    for topic, text in SAID.items():
        made = words(ask(text.format(state=row.name)))
        duties = [duty for duty in row.duties if duty.topic == topic]
        holds = f"What is said here of neck holds in {row.place} comes from {row.read.where}"
        assert (holds in made) is (topic == "holds"), text
        for duty in row.duties:
            told = f"({duty.citation}) comes from {duty.where}"
            assert (duty.text in made and told in made) is (duty in duties), text


def test_what_is_not_known_of_a_body_is_said_of_that_state() -> None:
    made = ask("Is a letter enough in Montana?").statements[0].text
    assert made.startswith("No source seen here says what Montana's POST Council asked")
    assert (
        ask("Does New Jersey accept a letter alone?").statements[0].text.startswith("No, it also")
    )
    assert ask("Does Nebraska accept a letter alone?").statements[0].text.startswith("The Nebraska")
    none = ask("What did Idaho's body ask for?")
    assert none.statements[0].text.startswith("No source naming a credentialing body")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Is there an exception in California law for chokeholds?", "No, none in the words read: "),
        ("Does DC law have an exception for choke holds?", "The District of Columbia rule states"),
        ("Does DC law have a deadly force exception for choke holds?", "No, none in the words"),
        ("Does Texas law have an exception for choke holds?", "Yes: Texas law excepts"),
        ("Does Texas law have a deadly force exception for choke holds?", "Texas law excepts"),
        ("Does Vermont law have an exception for choke holds?", "Vermont's exception"),
        ("Is Texas law without an exception for choke holds?", "No, it has an exception: "),
        ("Does New Jersey have a chokehold statute?", "In New Jersey no statute"),
        ("Is it false that California bans chokeholds?", "California law"),
        ("Did California repeal its chokehold ban?", "California law"),
        ("Does Texas require agencies to ban chokeholds?", "Texas law"),
        ("Is Colorado law stricter than the federal standard?", "Yes: In our reading"),
        ("Is Louisiana law stricter than the federal standard?", "In part: In our reading"),
        ("Is Florida law stricter than the federal standard?", "No: In our reading"),
        ("Is the federal standard stricter than Texas law?", "In our reading"),
        ("Is New York law stricter than the federal standard?", "In our reading"),
        ("Is Missouri law stricter than the federal standard?", "In our reading"),
    ],
)
def test_how_an_answer_on_an_exception_or_a_comparison_opens(text: str, lead: str) -> None:
    assert ask(text).statements[0].text.startswith(lead)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Penna. law on choke holds", "state-law-pa"),
        ("Texan law on choke holds", "state-law-tx"),
        ("W. Va. law on choke holds", "state-law-wv"),
        ("Virginian law on choke holds", "state-law-va"),
        ("choke hold law of the District of Colombia", "state-law-dc"),
        ("We are in Tenn. What is the law on choke holds here?", "state-law-tn"),
    ],
)
def test_a_state_is_known_by_its_other_names(text: str, source: str) -> None:
    assert cited(ask(text)) == {source}


def test_whom_a_law_reaches_was_not_read() -> None:
    for text in (
        "Does Colorado law on choke holds apply to university police?",
        "We are a tribal police department in Colorado. Does the state's choke hold law bind us?",
    ):
        assert "was not checked for our table; have counsel read" in words(ask(text)), text


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Can our policy use the exception of Louisiana's choke hold statute?", "In our reading"),
        ("Does Texas law have an exception for fleeing suspects in choke holds?", "Texas law"),
        ("Does Texas ban choke holds when an officer's life is at risk?", "Texas law"),
        ("Does California ban choke holds when an officer's life is at risk?", "Yes, with no exc"),
        ("Are tribal police in Washington bound by the neck restraint ban?", "Washington law"),
        ("Is California's chokehold ban enforced?", "California law"),
        ("Does Illinois law cover carotid restraints?", "No, not in the words read: "),
        ("Does Texas law cover carotid restraints?", "Yes: "),
        ("Does Missouri law cover carotid restraints?", "Missouri law"),
        ("Does Nebraska law cover carotid restraints?", "Yes: "),
    ],
)
def test_a_case_of_its_own_gets_no_opening(text: str, lead: str) -> None:
    assert ask(text).statements[0].text.startswith(lead), ask(text).statements[0].text


def test_words_that_look_like_a_state_are_none() -> None:
    made = ask("Which law on choke holds binds Indian country police in Montana?")
    assert cited(made) == {"state-law-mt"}
    assert "state-law-me" not in cited(ask("Does the marine unit have a choke hold law?"))


def test_the_second_question_of_a_message_knows_the_state_of_the_first() -> None:
    made = ask("Who certified agencies in Kansas and in Nebraska, and what did they want to see?")
    said = words(made)
    assert "KS-CPOST took a letter" in said
    assert "Nebraska Crime Commission took a letter" in said
    assert not [line for line in made.notices if "found nothing" in line]


@pytest.mark.parametrize("state", sorted(load_state_laws()))
def test_does_it_ban_them_opens_by_the_rule_alone(state: str) -> None:
    row = load_state_laws()[state]
    first = ask(f"Does {row.place} ban chokeholds?").statements[0].text
    banned = row.verified and row.exception_verified
    outright = banned and row.rule == "outright"
    excepted = banned and row.rule in ("except_deadly", "except_other", "crime")
    assert first.startswith("Yes, with no exception in the words read: ") is outright
    assert first.startswith("Yes, with an exception: ") is excepted
    assert first.startswith(("Yes", "No")) is (outright or excepted)
