"""Slack's limits on a message, in one place: checked before sending, and by the tests' Slack.

The figures are those that Slack documents, or that others measured against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

BLOCKS = 50
VIEW_BLOCKS = 100
SECTION = 3_000
MESSAGE_TEXT = 4_000  # documented as 40,000; refusals were seen from 4,000 on
ALL_TEXT = 13_200  # characters of all blocks together
MARKDOWN = 12_000
HEADER = 150
CONTEXT_ELEMENTS = 10
ACTION_ELEMENTS = 25
BUTTON_TEXT = 75
OPTIONS = 100
OPTION_TEXT = 75
VALUE = 2_000
ID = 255
MODAL_TITLE = 24
INPUT_LENGTH = 3_000
METADATA = 3_000
TYPES = frozenset(
    {"section", "header", "context", "divider", "actions", "context_actions", "input", "markdown"}
)


def message_problems(payload: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in a message, each as a sentence; nothing when it is sound."""
    problems = []
    text = payload.get("text") or ""
    blocks = payload.get("blocks") or []
    if not text and not blocks and not payload.get("markdown_text"):
        problems.append("no_text")
    if len(text) > MESSAGE_TEXT:
        problems.append(f"msg_too_long: text has {len(text)} characters")
    if len(payload.get("markdown_text") or "") > MARKDOWN:
        problems.append("msg_too_long: markdown_text")
    if len(blocks) > BLOCKS:
        problems.append(f"invalid_blocks: {len(blocks)} blocks, the limit is {BLOCKS}")
    return problems + list(_block_problems(blocks)) + list(_total_problems(blocks))


def view_problems(view: Mapping[str, Any]) -> list[str]:
    """What Slack would refuse in a modal or a home view."""
    problems = []
    blocks = view.get("blocks") or []
    if len(blocks) > VIEW_BLOCKS:
        problems.append(f"invalid_blocks: {len(blocks)} blocks, the limit is {VIEW_BLOCKS}")
    for key in ("title", "submit", "close"):
        if len((view.get(key) or {}).get("text", "")) > MODAL_TITLE:
            problems.append(f"invalid_arguments: {key} is over {MODAL_TITLE} characters")
    if len(view.get("private_metadata") or "") > METADATA:
        problems.append("invalid_arguments: private_metadata")
    if view.get("type") == "modal" and not view.get("title"):
        problems.append("invalid_arguments: a modal needs a title")
    return problems + list(_block_problems(blocks))


def text_length(value: object) -> int:
    """Characters of all texts inside a block, however deep."""
    if isinstance(value, Mapping):
        own = value.get("text")
        here = len(own) if isinstance(own, str) else 0
        return here + sum(text_length(item) for item in value.values() if not isinstance(item, str))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(text_length(item) for item in value)
    return 0


def _total_problems(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    total = sum(text_length(block) for block in blocks)
    if total > ALL_TEXT:
        yield f"msg_blocks_too_long: {total} characters, the limit is {ALL_TEXT}"
    if sum(text_length(block) for block in blocks if block.get("type") == "markdown") > MARKDOWN:
        yield "msg_too_long: markdown blocks"


def _block_problems(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for index, block in enumerate(blocks):
        kind = block.get("type")
        if kind not in TYPES:
            yield f"invalid_blocks: unknown type {kind} [json-pointer:/blocks/{index}/type]"
        if len(block.get("block_id") or "") > ID:
            yield f"invalid_blocks: block_id [json-pointer:/blocks/{index}/block_id]"
        for problem in _CHECKS.get(str(kind), _nothing)(block):
            yield f"invalid_blocks: {problem} [json-pointer:/blocks/{index}]"


def _section(block: Mapping[str, Any]) -> Iterator[str]:
    text = (block.get("text") or {}).get("text", "")
    if not text and not block.get("fields"):
        yield "a section needs text"
    if len(text) > SECTION:
        yield f"must be less than {SECTION + 1} characters"
    if len(block.get("fields") or ()) > 10:
        yield "no more than 10 fields"
    yield from _elements([block["accessory"]] if block.get("accessory") else [])


def _header(block: Mapping[str, Any]) -> Iterator[str]:
    text = block.get("text") or {}
    if text.get("type") != "plain_text" or not 0 < len(text.get("text", "")) <= HEADER:
        yield f"a header is plain text of 1 to {HEADER} characters"


def _context(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements") or []
    if not 0 < len(elements) <= CONTEXT_ELEMENTS:
        yield f"a context has 1 to {CONTEXT_ELEMENTS} elements"
    for element in elements:
        if not 0 < len(element.get("text", "")) <= SECTION:
            yield f"a context element has 1 to {SECTION} characters"


def _actions(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements") or []
    most = ACTION_ELEMENTS if block.get("type") == "actions" else 5
    if not 0 < len(elements) <= most:
        yield f"actions have 1 to {most} elements"
    names = [element.get("action_id") for element in elements]
    if len(set(names)) < len(names):
        yield "action_id must be unique in a block"
    yield from _elements(elements)


def _input(block: Mapping[str, Any]) -> Iterator[str]:
    element = block.get("element") or {}
    if int(element.get("max_length") or 0) > INPUT_LENGTH:
        yield f"max_length is over {INPUT_LENGTH}"
    if not (block.get("label") or {}).get("text"):
        yield "an input needs a label"


def _elements(elements: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for element in elements:
        if len(element.get("action_id") or "") > ID:
            yield f"action_id is over {ID} characters"
        if element.get("type") == "static_select":
            yield from _options(element.get("options") or [])
        for part in _button_parts(element):
            if len((part.get("text") or {}).get("text", "")) > BUTTON_TEXT:
                yield f"a button's text is over {BUTTON_TEXT} characters"
            if len(part.get("value") or "") > VALUE:
                yield f"a value is over {VALUE} characters"


def _options(options: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not 0 < len(options) <= OPTIONS:
        yield f"a menu has 1 to {OPTIONS} options"
    if any(not 0 < len(option["text"]["text"]) <= OPTION_TEXT for option in options):
        yield f"an option's text has 1 to {OPTION_TEXT} characters"


def _button_parts(element: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if element.get("type") == "feedback_buttons":
        return [element.get("positive_button") or {}, element.get("negative_button") or {}]
    return [element]


def _markdown(block: Mapping[str, Any]) -> Iterator[str]:
    if not 0 < len(block.get("text") or "") <= MARKDOWN:
        yield f"markdown has 1 to {MARKDOWN} characters"


def _nothing(_block: Mapping[str, Any]) -> Iterator[str]:
    yield from ()


_CHECKS = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "markdown": _markdown,
}
