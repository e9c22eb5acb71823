"""Words that somebody else wrote reach Slack as they are: nothing in them becomes formatting."""

from __future__ import annotations

import pytest

from bot.mrkdwn import escape, literal, quoted

JOINER = "\u2060"


@pytest.mark.parametrize(
    "text",
    ["at a ratio of 1:100:5", "see :cop: and :+1:", "*shall* _not_ ~ever~ `use`", "a:b", "10:30"],
)
def test_words_are_the_same_but_for_what_is_not_seen(text: str) -> None:
    assert literal(text).replace(JOINER, "") == escape(text)
    assert quoted(text).replace(JOINER, "") == f"\u201c{escape(text)}\u201d"


@pytest.mark.parametrize(
    ("text", "kept"),
    [(":cop:", False), ("1:100:5", False), ("note: nobody", True), ("10:30", True), ("a: b", True)],
)
def test_no_colon_begins_the_name_of_a_picture(text: str, kept: bool) -> None:
    assert (literal(text) == text) is kept
