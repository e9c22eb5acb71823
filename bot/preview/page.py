"""A page of examples. It loads nothing from anywhere and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bot.message import Message
from bot.preview.blocks import blocks_html, task_html

STYLE = Path(__file__).parents[1] / "data" / "preview.css"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class Example:
    """One kind of message: what is said before it, and what the bot shows."""

    id: str
    title: str
    surface: str  # message, private, stream, working, modal or home
    shown: tuple[Message, ...]
    asked: str = ""
    work: str = ""


def page_html(examples: Sequence[Example], title: str) -> str:
    """All of `examples` on one page, each under its own anchor."""
    style = STYLE.read_text(encoding="utf-8")
    links = "".join(f'<a href="#{item.id}">{escape(item.title)}</a>' for item in examples)
    parts = "".join(map(example_html, examples))
    head = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{style}</style>"
    )
    body = f"<h1>{escape(title)}</h1><nav>{links}</nav><main>{parts}</main>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def example_html(example: Example) -> str:
    """One example with its heading."""
    asked = _person(example.asked) if example.asked else ""
    shown = _view(example) if example.surface in ("modal", "home") else _messages(example)
    heading = f"<h2>{escape(example.title)}</h2>"
    return f'<section id="{example.id}" class="example">{heading}{asked}{shown}</section>'


def _messages(example: Example) -> str:
    first, *more = example.shown
    task = _task(example, first) if example.work else ""
    parts = [_message(first, example.surface, task)]
    return "".join([*parts, *(_message(message, example.surface) for message in more)])


def _task(example: Example, message: Message) -> str:
    status = "in_progress" if example.surface == "working" else "complete"
    return task_html(example.work, status, message.sources)


def _message(message: Message, surface: str, task: str = "") -> str:
    private = '<div class="only">Only visible to you</div>' if surface == "private" else ""
    shown = "" if surface == "working" else blocks_html(message.blocks) or escape(message.text)
    who = '<div class="who"><b>Safe Policing Advisor</b> <span class="app">APP</span></div>'
    inside = f"<div>{private}{who}{task}{shown}</div>"
    return f'<div class="message {surface}"><div class="face bot">SP</div>{inside}</div>'


def _person(asked: str) -> str:
    lines = "<br>".join(escape(line) for line in asked.strip().split("\n"))
    said = f'<div><div class="who"><b>Jo Sample</b></div>{lines}</div>'
    return f'<div class="message"><div class="face">JS</div>{said}</div>'


def _view(example: Example) -> str:
    inside = "".join(blocks_html(message.blocks) for message in example.shown)
    return f'<div class="view {example.surface}">{inside}</div>'
