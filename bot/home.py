"""The App Home: what is known and until when, the law's status, what is kept, and how to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.message import Block, actions, button, contexts, header, sections
from bot.mrkdwn import escape, link, literal
from bot.wording import Wording
from knowledge.places import state_names
from knowledge.sources import Knowledge, load_knowledge, status_on
from knowledge.types import Source

SOURCES_SHOWN = 60
NO_STATE = "none"
STATE_LAW = "state-law-"
ORDER = "eo-13929"
DIVIDER: Block = {"type": "divider"}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the home of one person depends on."""

    release: str
    days: int
    today: date
    state: str | None = None
    admin: bool = False
    shared_shelves: bool = False


def home_view(wording: Wording, seen: Seen) -> dict[str, Any]:
    """The view: the law first, then how to ask, the workspace's state, sources, and privacy."""
    words, knowledge = wording.home, load_knowledge()
    known = sorted(knowledge.sources.values(), key=lambda source: source.issued)
    lines = _lines(known, wording, seen.today)
    blocks = [
        header(words["title"]),
        *sections(words["about"]),
        *sections(f"{words['law']}\n{law_line(knowledge, wording, seen.today)}"),
        actions(button("home_review", words["review"], "home", style="primary")),
        *sections(words["how"]),
        *sections(f"{words['examples']}\n{_examples(wording)}"),
        DIVIDER,
        *_state(wording, seen),
        DIVIDER,
        *sections("\n".join([words["known"], *lines])),
        *contexts([_until(known, wording, seen)]),
        DIVIDER,
        *sections(words["kept"].format(days=seen.days, texts=words[_texts(seen)])),
        *sections(words["privacy"]),
    ]
    return {"type": "home", "blocks": blocks}


def _texts(seen: Seen) -> str:
    """The name of the sentence that says where pasted text is kept."""
    return "texts_shared" if seen.shared_shelves else "texts_here"


def law_line(knowledge: Knowledge, wording: Wording, today: date) -> str:
    """The status of the order, and which text says so; all of it from the catalogue."""
    order = knowledge.sources[ORDER]
    change = status_on(order, today)
    said = f"{link(order.url, order.title)}: *{wording.status[change.status]}*"
    by = knowledge.sources.get(change.by or "")
    if not by:
        return said
    return wording.home["law_by"].format(
        law=said,
        on=change.on.isoformat(),
        by=link(by.url, by.title),
        pinpoint=escape(change.pinpoint or ""),
    )


def prompts(wording: Wording) -> list[dict[str, str]]:
    """The four first questions that Slack offers."""
    names = ("first", "second", "third", "fourth")
    words = wording.prompts
    return [
        {"title": words[f"{name}_title"], "message": words[f"{name}_message"]} for name in names
    ]


def _examples(wording: Wording) -> str:
    return "\n".join(f"• {literal(item['message'])}" for item in prompts(wording))


def _state(wording: Wording, seen: Seen) -> list[Block]:
    """Administrators choose the state; everybody reads which one it is."""
    words = wording.home
    name = state_names().get(seen.state or "", words["no_state"])
    said = words["state"].format(state=name)
    if not seen.admin:
        return sections(f"{said} {words['state_by']}")
    return [*sections(said), actions(_menu(wording, seen.state or NO_STATE))]


def _menu(wording: Wording, chosen: str) -> dict[str, Any]:
    named = sorted((name, code) for code, name in state_names().items())
    states = [(wording.home["no_state"], NO_STATE), *named]
    options = [{"text": _plain(name), "value": code} for name, code in states]
    menu = {
        "type": "static_select",
        "action_id": "home_state",
        "placeholder": _plain(wording.home["choose_state"]),
        "options": options,
    }
    initial = [option for option in options if option["value"] == chosen]
    return menu | ({"initial_option": initial[0]} if initial else {})


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def _until(known: Sequence[Source], wording: Wording, seen: Seen) -> str:
    oldest = min(source.seen_on for source in known)
    release = wording.say("release", release=seen.release, as_of=seen.today.isoformat())
    return f"{wording.home['until'].format(date=oldest.isoformat())} {release}"


def _lines(known: Sequence[Source], wording: Wording, today: date) -> list[str]:
    shown = [source for source in known if not source.id.startswith(STATE_LAW)]
    laws = [source for source in known if source.id.startswith(STATE_LAW)]
    lines = [
        f"• {literal(source.short_title)} ({source.issued.isoformat()}): "
        f"{wording.status[status_on(source, today).status]}"
        for source in shown[:SOURCES_SHOWN]
    ]
    if laws:
        lines.append(wording.home["state_laws"].format(count=len(laws)))
    return lines
