"""`safepolicing chat`: a conversation in the terminal; policy text is reviewed in it too."""

from __future__ import annotations

import argparse

from bot.commands.opening import open_local_advisor
from bot.intent import Kind, read_intent
from bot.terminal import print_answer, print_review
from bot.terminal.screen import open_screen, styled
from bot.terminal.words import say
from knowledge import Advisor
from knowledge.errors import InputError
from knowledge.requests import HISTORY_LIMIT, read_excerpt, read_question
from knowledge.types import Answer, Turn

_PASTE = ("review:", "check:", "policy:", "excerpt:")


def run(arguments: argparse.Namespace) -> int:
    """0 when the person ends it. Nothing of it is kept."""
    advisor = open_local_advisor()
    advisor.ready()
    screen = open_screen()
    screen.print(styled(say("chat_open")))
    turns: list[Turn] = []
    while message := _read_message():
        try:
            turns += _reply(advisor, message, turns[-HISTORY_LIMIT:], arguments)
        except InputError as error:
            screen.print(styled(str(error), "bold"))
    screen.print(styled(say("chat_end")))
    return 0


def _read_message() -> str:
    """What the person typed; pasted text goes on to the next empty line. Empty at the end."""
    line = _read_line(say("chat_ask"))
    if not line.lower().startswith(_PASTE):
        return line
    lines = [line]
    while more := _read_line(say("chat_paste")):
        lines.append(more)
    return "\n".join(lines)


def _read_line(prompt: str) -> str:
    try:
        return input(f"{prompt}> ").strip()
    except EOFError:
        return ""


def _reply(
    advisor: Advisor, message: str, turns: list[Turn], arguments: argparse.Namespace
) -> list[Turn]:
    """The reply is printed; the turns that it adds to the conversation are returned."""
    intent = read_intent(message)
    added: list[Turn] = []
    if intent.kind in (Kind.REVIEW, Kind.BOTH):
        excerpt = read_excerpt(
            intent.excerpt, as_of=arguments.as_of, state=arguments.state, release=advisor.release
        )
        print_review(advisor.review(excerpt), excerpt)
    if intent.kind in (Kind.QUESTION, Kind.BOTH):
        question = read_question(
            intent.question,
            as_of=arguments.as_of,
            state=arguments.state,
            history=turns,
            workspace=arguments.workspace,
        )
        answer = advisor.answer(advisor.identified(question))
        print_answer(answer)
        added.append(Turn(question.text, _said(answer)))
    if intent.kind is Kind.UNSURE:
        open_screen().print(styled(say("chat_unsure")))
    if intent.kind in (Kind.GREETING, Kind.THANKS):
        open_screen().print(styled(say("chat_open")))
    return added


def _said(answer: Answer) -> str:
    told = " ".join(statement.text for statement in answer.statements)
    return told or (answer.abstention.message if answer.abstention else "")
