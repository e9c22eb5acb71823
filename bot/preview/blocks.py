"""Block Kit as HTML: every block and element that the bot uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from bot.preview.markup import markup, plain

Block = Mapping[str, Any]
UNKNOWN = "this preview cannot show"


def blocks_html(blocks: Sequence[Block]) -> str:
    """All of `blocks`, in order."""
    return "".join(block_html(block) for block in blocks)


def block_html(block: Block) -> str:
    """One block. What it cannot show it says."""
    return _BLOCKS.get(str(block.get("type")), _unknown)(block)


def task_html(title: str, status: str, sources: Sequence[tuple[str, str]]) -> str:
    """The task card of a stream, with its sources."""
    mark = "✓" if status == "complete" else "…"
    links = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for name, url in sources)
    listed = f"<ul>{links}</ul>" if links else ""
    return f'<div class="task"><span class="mark">{mark}</span> {escape(title)}{listed}</div>'


def _text(value: Mapping[str, Any] | None) -> str:
    told = value or {}
    words = str(told.get("text") or "")
    return plain(words) if told.get("type") == "plain_text" else markup(words)


def _section(block: Block) -> str:
    side = _element(block["accessory"]) if block.get("accessory") else ""
    return f'<div class="section"><div>{_text(block.get("text"))}</div>{side}</div>'


def _header(block: Block) -> str:
    return f"<h3>{_text(block.get('text'))}</h3>"


def _context(block: Block) -> str:
    parts = "".join(f"<div>{_text(element)}</div>" for element in block["elements"])
    return f'<div class="context">{parts}</div>'


def _actions(block: Block) -> str:
    return f'<div class="actions">{"".join(map(_element, block["elements"]))}</div>'


def _input(block: Block) -> str:
    optional = " <small>(optional)</small>" if block.get("optional") else ""
    label = f"<label>{_text(block.get('label'))}{optional}</label>"
    return f'<div class="input">{label}{_element(block["element"])}</div>'


def _element(element: Block) -> str:
    return _ELEMENTS.get(str(element.get("type")), _unknown)(element)


def _button(element: Block) -> str:
    style = escape(str(element.get("style") or ""))
    return f'<button class="{style}">{_text(element.get("text"))}</button>'


def _feedback(element: Block) -> str:
    thumbs = (("positive_button", "👍"), ("negative_button", "👎"))
    return "".join(
        f'<button class="thumb">{mark} {_text((element.get(key) or {}).get("text"))}</button>'
        for key, mark in thumbs
    )


def _select(element: Block) -> str:
    chosen = element.get("initial_option") or {"text": element.get("placeholder")}
    others = [item for item in element["options"] if item != chosen]
    options = "".join(f"<option>{_text(item['text'])}</option>" for item in (chosen, *others))
    return f"<select>{options}</select>"


def _typed(element: Block) -> str:
    size = "tall" if element.get("multiline") else "short"
    return f'<div class="typed {size}"></div>'


def _file(element: Block) -> str:
    kinds = escape(", ".join(element.get("filetypes") or ()))
    return f'<div class="file">Add files ({kinds})</div>'


def _unknown(block: Block) -> str:
    return f'<div class="unknown">{UNKNOWN} {escape(str(block.get("type")))}</div>'


Render = Callable[[Block], str]
_BLOCKS: dict[str, Render] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "divider": lambda _block: "<hr>",
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
}
_ELEMENTS: dict[str, Render] = {
    "button": _button,
    "feedback_buttons": _feedback,
    "static_select": _select,
    "plain_text_input": _typed,
    "file_input": _file,
}
