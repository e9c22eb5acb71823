"""The gold sets that ship are sound, and each kind of slip is found where it is planted."""

from __future__ import annotations

import json

import pytest

from bot.database import open_database
from bot.feedback import Feedback, Mark
from evals.cases import Case, load_cases
from evals.cli import main
from evals.inbox import add_feedback, waiting
from evals.lint.balance import balance_slips
from evals.lint.repeats import knowledge_slips, repeat_slips
from evals.lint.shapes import schema_names, shape_slips
from evals.lint.slips import Accepted, Slip, load_accepted, sifted
from knowledge.errors import InputError, KnowledgeError
from knowledge.sources import load_knowledge
from tests.evals.small import question_case

pytest.importorskip("jsonschema", reason="jsonschema is not installed")


def asked(id: str, question: str, split: str = "dev") -> Case:
    made = question_case()
    return Case(
        "answers", split, id, "status", False, {**made.body, "id": id, "question": question}
    )


def test_the_gold_sets_that_ship_pass(capsys):
    assert main(["lint"]) == 0, capsys.readouterr().out


def test_the_sets_are_as_large_as_they_must_be():
    sizes = {
        name: len(load_cases(sets=[name])) for name in ("answers", "review", "attacks", "followups")
    }
    assert sizes["answers"] >= 200
    assert sizes["review"] >= 350
    assert sizes["attacks"] >= 60
    assert sizes["followups"] >= 40


def test_every_set_has_a_schema():
    assert schema_names() == ["answers", "attacks", "followups", "review", "states"]


def test_a_line_that_does_not_fit_is_named():
    case = question_case(answered=False)  # declined, but for no reason
    found = [slip.message for slip in shape_slips((case,))]
    assert any("expect/abstention" in message for message in found)
    assert any("'kind' is a required property" in message for message in found)


def test_questions_in_both_splits_and_twice_in_one_are_found():
    cases = [
        asked("a", "Is the order still in force today?"),
        asked("b", "Today, is the order still in force?", "frozen"),
        asked("c", "Who certified us?"),
        asked("c", "Who certifies campus police in Ohio?"),
    ]
    slips = {(slip.rule, slip.subject) for slip in repeat_slips(cases)}
    assert slips == {("split-leak", "a b"), ("duplicate", "c")}


def test_a_question_in_the_words_of_an_ask_is_found():
    known = load_knowledge()
    ask = next(ask for item in known.statements.values() for ask in item.asks)
    slips = list(
        knowledge_slips([asked("a", ask.upper()), asked("b", "Why is the sky blue?")], known)
    )
    assert [slip.subject for slip in slips] == ["a"]


def test_a_thin_class_and_a_lopsided_split_are_found():
    slips = {slip.subject for slip in balance_slips([asked("a", "x"), asked("b", "y")])}
    assert slips == {"answers", "answers:status", "answers:frozen"}


def test_an_exception_covers_its_slip_and_an_idle_one_is_told():
    slips = [Slip("balance", "a", ""), Slip("balance", "b", "")]
    accepted = [Accepted("balance", frozenset({"a", "z"}), "rare")]
    standing, waived, idle = sifted(slips, accepted)
    assert [slip.subject for slip in standing] == ["b"]
    assert [slip.subject for slip in waived] == ["a"]
    assert idle == ["balance: z"]


def test_an_exception_without_a_reason_is_refused(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('[[exception]]\nrule = "balance"\nsubjects = ["a"]\nreason = " "\n')
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_accepted(path)


def test_gold_that_is_not_json_is_one_sentence_and_status_2(tmp_path, capsys):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "dev.jsonl").write_text("{\n")
    assert main(["lint", "--gold", str(tmp_path)]) == 2
    assert "dev.jsonl, line 1, is not JSON" in capsys.readouterr().err


def test_feedback_from_slack_becomes_cases_that_wait_to_be_labelled(tmp_path, capsys):
    feedback = Feedback(open_database(f"sqlite:///{tmp_path / 'bot.db'}"))
    asked_for = Mark("T1", "U2", "q-1", "rel", ("eo-13929#§ 2(b)",))
    feedback.note(Mark("T1", "U1", "r-1", "rel", ("chokeholds meets",), False, "wrong"))
    feedback.note(asked_for)
    feedback.keep_question(asked_for, "Who certified us?")
    exported = tmp_path / "feedback.jsonl"
    exported.write_text("".join(json.dumps(mark) + "\n" for mark in feedback.export()))
    inbox = tmp_path / "inbox.jsonl"
    assert main(["add", str(exported), "--to", str(inbox)]) == 0
    assert "2 cases added" in capsys.readouterr().out
    drafts = {entry["set"]: entry for entry in map(json.loads, inbox.read_text().splitlines())}
    assert drafts["review"]["text"] is None
    assert drafts["review"]["expect"] is None
    assert drafts["review"]["said"] == ["chokeholds meets"]
    assert drafts["review"]["why"] == "wrong"
    assert drafts["answers"]["question"] == "Who certified us?"
    assert drafts["answers"]["said"] == ["eo-13929#§ 2(b)"]
    assert add_feedback(exported, inbox) == (0, 2)
    assert waiting(inbox) == 2


def test_a_file_that_is_no_export_is_refused(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "1"}\n')
    with pytest.raises(InputError, match="no exported mark"):
        add_feedback(path, tmp_path / "inbox.jsonl")
    assert not (tmp_path / "inbox.jsonl").exists()
