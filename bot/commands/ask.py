"""`safepolicing ask`: one question, or one a line."""

from __future__ import annotations

import argparse
import sys

from bot.commands.lines import Record, answer_lines, print_record, text_under
from bot.commands.opening import open_local_advisor
from knowledge import Advisor, Question
from knowledge.errors import InputError
from knowledge.records import answer_record
from knowledge.requests import read_question
from knowledge.types import Turn


def run(arguments: argparse.Namespace) -> int:
    """Answer, and print for people or as records."""
    if arguments.jsonl:
        return _answer_lines(arguments)
    text = " ".join(arguments.question)
    question = read_question(
        text, as_of=arguments.as_of, state=arguments.state, workspace=arguments.workspace
    )
    advisor = open_local_advisor()
    answer = advisor.answer(advisor.identified(question))
    if arguments.json:
        print_record(answer_record(answer))
    else:
        from bot.terminal import print_answer

        print_answer(answer)
    return 0


def _answer_lines(arguments: argparse.Namespace) -> int:
    if arguments.question not in ([], ["-"]):
        raise InputError("--jsonl reads its questions from standard input; leave yours out.")
    advisor = open_local_advisor()
    advisor.ready()
    return answer_lines(
        sys.stdin.buffer, "question", lambda entry: _record(advisor, entry, arguments)
    )


def _record(advisor: Advisor, entry: Record, arguments: argparse.Namespace) -> Record:
    question = read_question(
        entry["question"],
        as_of=text_under(entry, "as_of") or arguments.as_of,
        state=text_under(entry, "state") or arguments.state,
        history=_history(entry),
        id=entry["id"],
        workspace=arguments.workspace,
    )
    return answer_record(advisor.answer(_identified(advisor, question, entry)))


def _identified(advisor: Advisor, question: Question, entry: Record) -> Question:
    return question if entry["id"] else advisor.identified(question)


def _history(entry: Record) -> list[Turn]:
    turns = entry.get("history") or []
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise InputError('"history" is not a list of {"question", "answer"}; correct or omit it.')
    return [Turn(str(turn.get("question", "")), str(turn.get("answer", ""))) for turn in turns]
