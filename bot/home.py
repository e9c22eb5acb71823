"""The App Home: what is known and until when, what is kept, and how to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.message import actions, button, contexts, sections
from bot.mrkdwn import literal
from bot.review_blocks import header
from bot.wording import Wording
from knowledge.sources import load_knowledge, status_on
from knowledge.types import Source

SOURCES_SHOWN = 60


def home_view(wording: Wording, *, release: str, days: int, today: date) -> dict[str, Any]:
    """The view for everybody: nothing in it is about one person."""
    words = wording.home
    known = sorted(load_knowledge().sources.values(), key=lambda source: source.issued)
    review = button("home_review", words["review"], "home", style="primary")
    blocks = [
        header(words["title"]),
        *sections(words["about"]),
        actions(review),
        *sections(words["how"]),
        {"type": "divider"},
        *sections("\n".join([words["known"], *_lines(known[:SOURCES_SHOWN], wording, today)])),
        *contexts([wording.say("release", release=release, as_of=today.isoformat())]),
        {"type": "divider"},
        *sections(words["kept"].format(days=days)),
    ]
    return {"type": "home", "blocks": blocks}


def prompts(wording: Wording) -> list[dict[str, str]]:
    """The four first questions that Slack offers."""
    names = ("first", "second", "third", "fourth")
    words = wording.prompts
    return [
        {"title": words[f"{name}_title"], "message": words[f"{name}_message"]} for name in names
    ]


def _lines(known: Sequence[Source], wording: Wording, today: date) -> list[str]:
    return [
        f"• {literal(source.title)} ({source.issued.isoformat()}): "
        f"{wording.status[status_on(source, today).status]}; seen {source.seen_on.isoformat()}"
        for source in known
    ]
