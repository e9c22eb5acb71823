"""The cues of the answering engine do what their own examples say."""

import pytest

from knowledge.answering.asked_back import load_asked_back
from knowledge.answering.bodies import asks_for_body, body_cues
from knowledge.answering.clauses import asks_for_clause, clause_cues
from knowledge.answering.frames import Frame, framed, load_frames
from knowledge.answering.gates import Gate, gate_for, load_gates
from knowledge.answering.plain import in_english, is_spanish, plain_english
from knowledge.retrieval import load_vocabulary, terms_of
from knowledge.retrieval.spelling import Speller
from knowledge.reviewing.standards import load_standards
from knowledge.suggesting import suggestion_for


@pytest.mark.parametrize("gate", load_gates(), ids=lambda gate: gate.abstention.kind)
def test_a_gate_catches_its_examples_and_lets_the_others_pass(gate: Gate) -> None:
    assert [text for text in gate.examples if not gate.catches(text)] == []
    assert [text for text in gate.passes if gate_for(text)] == []


def test_questions_asked_back() -> None:
    for entry in load_asked_back():
        for text in entry.examples:
            assert any(cue.search(text) for cue in entry.cues), text
        for text in entry.passes:
            assert not any(cue.search(text) for cue in entry.cues), text


def test_names_of_the_field_mean_the_same_thing() -> None:
    assert load_vocabulary().phrases
    for words in ("sleeper hold", "choke-holds", "CHOKE HOLD", "chokhold"):
        assert terms_of(words) == ["_chokehold_"], words
    assert terms_of("LVNR") == terms_of("lateral vascular neck restraint") == ["_carotid_"]
    assert terms_of("What does 2(c)(ii) say?") == ["2(c)(ii)"]
    assert terms_of("E.O. 13929") == terms_of("Executive Order 13929") == ["_eo13929_"]


@pytest.mark.parametrize("frame", load_frames(), ids=lambda frame: frame.reads[:40])
def test_a_frame_reads_its_examples(frame: Frame) -> None:
    for asked, read in frame.examples:
        found = framed(asked)
        assert found is not None
        assert (found.text, found.inverts) == (read, frame.inverts)


def test_questions_about_bodies() -> None:
    table = body_cues()
    assert [text for text in table["examples"] if not asks_for_body(text)] == []
    assert [text for text in table["passes"] if asks_for_body(text)] == []


def test_requests_for_wording() -> None:
    table = clause_cues()
    assert [text for text in table["examples"] if not asks_for_clause(text)] == []
    assert [text for text in table["passes"] if asks_for_clause(text)] == []


@pytest.mark.parametrize("standard", [standard.id for standard in load_standards()])
def test_every_standard_has_a_wording_that_meets_it(standard: str) -> None:
    assert standard in clause_cues()["topics"]
    suggestion = suggestion_for(standard)
    assert suggestion is not None
    assert suggestion.verdict == "meets the standard"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\u00bfEst\u00e1 vigente la orden ejecutiva 13929?", "is in force the executive order 13929?"),
        ("\u00bfQui\u00e9n certifica a las agencias en Kansas?", "who certifies to the agencies in Kansas?"),
        ("Who certifies us in San Marcos, Texas?", None),
        ("What does Los Angeles do about de la Cruz?", None),
    ],
)  # fmt: skip
def test_spanish_is_put_into_english_word_for_word(text: str, read: str | None) -> None:
    assert is_spanish(text) is (read is not None)
    assert read is None or in_english(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("did biden kill the order?", "did biden revoke the order?"),
        ("do we gotta have it", "do we need it"),
        ("U.S. code w/o notice", "U.S. code without notice"),
    ],
)
def test_slang_is_put_into_the_words_of_the_field(text: str, read: str) -> None:
    assert plain_english(text) == read


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("is certfication requierd", "is certification required"),
        ("the excutive order", "the executive order"),
        ("a horse in the house", "a horse in the house"),
        ("Officer Requierd", "Officer Requierd"),
        ("marijuana", "marijuana"),
    ],
)
def test_slips_of_the_keys_are_put_right(text: str, right: str) -> None:
    known = ["is certification required by the executive order", "the house of Mariana Officer"]
    assert Speller(known).right(text) == right
