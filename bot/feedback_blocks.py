"""What the bot says to a thumb: thanks, and why; and whether the question may be kept."""

from __future__ import annotations

import json

from bot.feedback import REASONS, Mark
from bot.message import Reply, actions, button, simple
from bot.wording import Wording


def why_reply(mark: Mark, wording: Wording) -> Reply:
    """Asks for the reason of a thumb down, from the fixed list."""
    value = mark_value(mark)
    buttons = [button(f"why_{reason}", wording.say(f"why_{reason}"), value) for reason in REASONS]
    return simple(wording.say("feedback_why"), actions(*buttons))


def thanks_reply(mark: Mark, wording: Wording, *, own_question: bool) -> Reply:
    """Says what was noted; whoever asked the question may agree that it is kept."""
    said = wording.say("feedback_thanks")
    if not own_question:
        return simple(said)
    keep = button("keep_question", wording.say("keep_question"), mark_value(mark))
    return simple(said, actions(keep))


def mark_value(mark: Mark) -> str:
    """`mark` as a button carries it; no words of anybody."""
    told = {"id": mark.record, "release": mark.release, "evidence": list(mark.evidence)}
    return f"{'+' if mark.helpful else '-'}{json.dumps(told)}"
