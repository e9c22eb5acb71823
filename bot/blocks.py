"""An answer as Slack shows it, and the bot's own short messages."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.cites import Numbers, source_lines, source_texts
from bot.message import (
    Block,
    Message,
    Reply,
    Sources,
    actions,
    button,
    contexts,
    paged,
    sections,
    simple,
)
from bot.mrkdwn import escape, literal
from bot.wording import Wording
from knowledge.types import Abstention, Answer

WORKING = "working"
SOURCES_SHOWN = 10  # in a task card
EVIDENCE_KEPT = 1_500  # characters; a button's value holds 2,000


def answer_reply(answer: Answer, wording: Wording) -> Reply:
    """The direct answer first, then its sources, its notices, and the feedback buttons."""
    numbers = Numbers()
    blocks: list[Block] = []
    if answer.abstention:
        blocks += _abstention(answer.abstention, wording)
    for statement in answer.statements:
        marks = numbers.marks(statement.citations)
        blocks += sections(f"{escape(statement.text)} {marks}")
    blocks += contexts(source_lines(numbers, wording, _said(answer)))
    if answer.notices:
        blocks += contexts(["\n".join(literal(notice) for notice in answer.notices)])
    blocks.append(feedback_buttons(answer.id, answer.release, evidence(answer), wording))
    first, *more = paged(answer_text(answer, wording), blocks)
    return (replace(first, sources=linked(numbers)), *more)


def linked(numbers: Numbers) -> Sources:
    """Name and URL of each cited text that has one, once, for the task card."""
    cited = (citation for _, citation in numbers.listed())
    urls = {item.url: f"{item.title}, {item.pinpoint}" for item in cited if item.url}
    return tuple((name, url) for url, name in list(urls.items())[:SOURCES_SHOWN])


def answer_text(answer: Answer, wording: Wording) -> str:
    """The whole answer in plain words, for notifications and screen readers."""
    numbers = Numbers()
    lines = []
    if answer.abstention:
        lines += [
            f"{_ended(wording.abstention[answer.abstention.kind])} {answer.abstention.message}"
        ]
        lines += answer.abstention.choices
    for statement in answer.statements:
        lines.append(f"{statement.text} {numbers.marks(statement.citations)}")
    return "\n".join([*lines, *source_texts(numbers, wording, _said(answer)), *answer.notices])


def _said(answer: Answer) -> tuple[str, ...]:
    return tuple(statement.text for statement in answer.statements)


def only_you_reply(key: str, wording: Wording) -> Reply:
    """Says that nobody else sees the answer, with the button that shares it."""
    share = actions(button("answer_share", wording.say("share_channel"), key))
    return simple(wording.say("only_you"), share)


def unsure_reply(key: str, wording: Wording) -> Reply:
    """Asks whether a message is a question or an excerpt; `key` is where the message lies."""
    ask = button("unsure_ask", wording.say("unsure_ask"), key)
    check = button("unsure_review", wording.say("unsure_review"), key)
    return simple(wording.say("unsure"), actions(ask, check))


def working_message(title: str, wording: Wording, name: str = "") -> Message:
    """Says what is being done, perhaps with the file `name`; a button stops it."""
    said = wording.say(title, name=name)
    stop = {**actions(button("stop", wording.say("stop"), "stop")), "block_id": WORKING}
    return Message(said, (*sections(escape(said)), stop))


def feedback_buttons(record: str, release: str, cited: tuple[str, ...], wording: Wording) -> Block:
    """Thumbs up and down. The value names the answer, its release and its evidence, no words."""
    value = json.dumps({"id": record, "release": release, "evidence": _fitting(cited)})
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": _thumb(wording.say("helpful"), f"+{value}"),
                "negative_button": _thumb(wording.say("not_helpful"), f"-{value}"),
            }
        ],
    }


def evidence(answer: Answer) -> tuple[str, ...]:
    """What the answer rests on, as "source pinpoint", each once."""
    cited = (item for statement in answer.statements for item in statement.citations)
    return tuple(dict.fromkeys(f"{item.source} {item.pinpoint}" for item in cited))


def _thumb(text: str, value: str) -> Block:
    return {"text": {"type": "plain_text", "text": text}, "value": value}


def _fitting(cited: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    for name in cited:
        if len(json.dumps([*kept, name])) > EVIDENCE_KEPT:
            break
        kept.append(name)
    return kept


def _ended(words: str) -> str:
    return words if words.endswith(("?", ".")) else f"{words}."


def _abstention(abstention: Abstention, wording: Wording) -> list[Block]:
    head = f"*{_ended(wording.abstention[abstention.kind])}* {escape(abstention.message)}"
    blocks = sections(head)
    short = [choice for choice in abstention.choices if len(choice) <= 75]
    if short:
        buttons = [button(f"choice_{at}", text, text) for at, text in enumerate(short[:5])]
        blocks.append(actions(*buttons))
    long = [choice for choice in abstention.choices if len(choice) > 75]
    return blocks + [part for choice in long for part in sections(f"• {escape(choice)}")]
