"""`safepolicing ask`: one question, or one a line."""

from __future__ import annotations

import argparse
import sys

from bot.commands.lines import Record, answer_lines, print_record
from bot.commands.opening import open_local_advisor
from knowledge import Advisor, Question
from knowledge.errors import InputError
from knowledge.records import answer_record
from knowledge.requests import read_question
from knowledge.types import Turn


def run(arguments: argparse.Namespace) -> int:
    """Answer, and print for people or as records."""
    if arguments.jsonl:
        advisor = open_local_advisor()
        advisor.ready()
        return answer_lines(
            sys.stdin.buffer, "question", lambda entry: _record(advisor, entry, arguments)
        )
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


def _record(advisor: Advisor, entry: Record, arguments: argparse.Namespace) -> Record:
    question = read_question(
        entry["question"],
        as_of=_text(entry, "as_of") or arguments.as_of,
        state=_text(entry, "state") or arguments.state,
        history=_history(entry),
        id=entry["id"],
        workspace=arguments.workspace,
    )
    return answer_record(advisor.answer(_identified(advisor, question, entry)))


def _identified(advisor: Advisor, question: Question, entry: Record) -> Question:
    return question if entry["id"] else advisor.identified(question)


def _text(entry: Record, key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" is not text; write it between quotation marks or leave it out.')
    return value


def _history(entry: Record) -> list[Turn]:
    turns = entry.get("history") or []
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise InputError('"history" is not a list of {"question", "answer"}; correct or omit it.')
    return [Turn(str(turn.get("question", "")), str(turn.get("answer", ""))) for turn in turns]
