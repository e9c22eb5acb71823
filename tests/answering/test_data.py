"""The cues of the answering engine do what their own examples say."""

import pytest

from knowledge.answering.asked_back import load_asked_back
from knowledge.answering.gates import Gate, gate_for, load_gates
from knowledge.retrieval import load_vocabulary, terms_of


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
