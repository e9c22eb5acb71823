"""A reply: one message or several, each within Slack's limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.mrkdwn import escape, pieces
from bot.validate import BLOCKS, CONTEXT_ELEMENTS, SECTION, text_length

Block = Mapping[str, Any]
Sources = tuple[tuple[str, str], ...]  # name and URL of each, for a task card
PAGE = 11_000  # characters of a message; Slack refuses from 13,200 on
PIECE = SECTION - 100
FALLBACK = 2_900  # characters of the text that notifications and screen readers get


@dataclass(frozen=True, slots=True)
class Message:
    """What one call posts: the blocks, the same in plain words, and what it rests on."""

    text: str
    blocks: tuple[Block, ...] = ()
    sources: Sources = ()


Reply = tuple[Message, ...]


def header(text: str) -> Block:
    """A heading; what does not fit in one is cut, so only titles and names go in."""
    return {"type": "header", "text": {"type": "plain_text", "text": text[:150]}}


def sections(text: str) -> list[Block]:
    """Section blocks that show all of `text`, which is Slack's markup already."""
    return [_section(part) for part in pieces(text, PIECE)]


def contexts(texts: Iterable[str]) -> list[Block]:
    """Context blocks that show all of `texts`, small and gray."""
    parts = [part for text in texts for part in pieces(text, PIECE)]
    elements = [{"type": "mrkdwn", "text": part, "verbatim": True} for part in parts]
    groups = range(0, len(elements), CONTEXT_ELEMENTS)
    return [{"type": "context", "elements": elements[at : at + CONTEXT_ELEMENTS]} for at in groups]


def button(action: str, text: str, value: str, *, style: str | None = None) -> dict[str, Any]:
    """A button; `value` comes back when it is pressed."""
    made: dict[str, Any] = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": text[:75]},
        "value": value,
    }
    return made | ({"style": style} if style else {})


def actions(*elements: Mapping[str, Any]) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def simple(text: str, *more: Block) -> Reply:
    """A reply of plain words, with `more` blocks below them."""
    return paged(text, [*sections(escape(text)), *more])


def paged(text: str, blocks: Sequence[Block]) -> Reply:
    """`blocks` as messages, in order, none of them too long; `text` says the same in words."""
    pages: list[list[Block]] = [[]]
    for block in _small(blocks):
        page = pages[-1]
        too_long = sum(map(text_length, page)) + text_length(block) > PAGE
        if page and (len(page) >= BLOCKS or too_long):
            pages.append([])
        pages[-1].append(block)
    words = pieces(escape(text), FALLBACK) or [" "]
    texts = [words[min(index, len(words) - 1)] for index in range(len(pages))]
    return tuple(
        Message(text=short, blocks=tuple(page)) for short, page in zip(texts, pages, strict=True)
    )


def _small(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, a context over a page's length as several."""
    found: list[Block] = []
    for block in blocks:
        if block["type"] == "context" and text_length(block) > PAGE:
            found += [{"type": "context", "elements": [part]} for part in block["elements"]]
        else:
            found.append(block)
    return found


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
