"""Slack's limits as we check them, against those that slackblocks was generated from."""

from __future__ import annotations

import pytest

from bot import validate

PAIRS = {
    "BLOCKS": "MESSAGE_BLOCKS_MAX_ITEMS",
    "VIEW_BLOCKS": "VIEW_BLOCKS_MAX_ITEMS",
    "SECTION": "SECTION_TEXT_MAX_LENGTH",
    "MARKDOWN": "MARKDOWN_TOTAL_TEXT_MAX_LENGTH",
    "HEADER": "HEADER_TEXT_MAX_LENGTH",
    "CONTEXT_ELEMENTS": "CONTEXT_ELEMENTS_MAX_ITEMS",
    "ACTION_ELEMENTS": "ACTIONS_ELEMENTS_MAX_ITEMS",
    "BUTTON_TEXT": "BUTTON_TEXT_MAX_LENGTH",
    "VALUE": "BUTTON_VALUE_MAX_LENGTH",
    "ID": "ACTION_ID_MAX_LENGTH",
    "MODAL_TITLE": "VIEW_TITLE_MAX_LENGTH",
    "INPUT_LENGTH": "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX",
    "METADATA": "VIEW_PRIVATE_METADATA_MAX_LENGTH",
    "OPTIONS": "SELECT_OPTIONS_MAX_ITEMS",
    "OPTION_TEXT": "OPTION_TEXT_MAX_LENGTH",
}


@pytest.mark.parametrize("ours", PAIRS)
def test_our_limits_are_those_of_the_specification(ours: str) -> None:
    limits = pytest.importorskip("slackblocks._limits", reason="needs slackblocks")
    assert getattr(validate, ours) == getattr(limits, PAIRS[ours])


@pytest.mark.parametrize(
    ("block", "wrong"),
    [
        ({"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}, "3001"),
        ({"type": "section", "text": {"type": "mrkdwn", "text": ""}}, "needs text"),
        ({"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}, "header"),
        ({"type": "context", "elements": []}, "context"),
        ({"type": "actions", "elements": []}, "actions"),
        ({"type": "hologram"}, "unknown type"),
    ],
    ids=["long section", "empty section", "header", "context", "actions", "unknown"],
)
def test_what_slack_refuses_is_found(block: dict[str, object], wrong: str) -> None:
    (problem,) = validate.message_problems({"text": "x", "blocks": [block]})
    assert wrong in problem


def test_a_message_is_measured_as_a_whole() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_900}}
    assert not validate.message_problems({"text": "x", "blocks": [section] * 4})
    assert validate.message_problems({"text": "x", "blocks": [section] * 5})
    divider = {"type": "divider"}
    assert not validate.message_problems({"text": "x", "blocks": [divider] * 50})
    assert validate.message_problems({"text": "x", "blocks": [divider] * 51})
    assert validate.message_problems({})
