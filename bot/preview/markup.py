"""Slack's markup as HTML, near enough to judge a message by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape

_LINK = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")
_CODE = re.compile(r"`([^`\n]+)`")
_SPANS = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"<em>\1</em>"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), r"<s>\1</s>"),
)


def markup(text: str) -> str:
    """`text`, in Slack's markup, as HTML: quotes, lists, links and emphasis."""
    return "".join(_paragraphs(text.split("\n")))


def plain(text: str) -> str:
    """`text`, which has no markup, as HTML."""
    return escape(text)


def _paragraphs(lines: Iterable[str]) -> Iterable[str]:
    quoting = False
    for line in lines:
        quote = line.startswith(("> ", "&gt; "))
        if quote != quoting:
            yield "<blockquote>" if quote else "</blockquote>"
            quoting = quote
        shown = line.partition(" ")[2] if quote else line
        kind = "item" if shown.startswith("• ") else "line"
        yield f'<div class="{kind}">{_inline(shown) or "&nbsp;"}</div>'
    if quoting:
        yield "</blockquote>"


def _inline(text: str) -> str:
    """Links and code are taken out before emphasis is looked for: they hold its signs."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\0{len(kept) - 1}\0"

    shown = _LINK.sub(lambda found: keep(_anchor(found.group(1), found.group(2))), text)
    shown = _CODE.sub(lambda found: keep(f"<code>{_literal(found.group(1))}</code>"), shown)
    shown = _literal(shown)
    for pattern, form in _SPANS:
        shown = pattern.sub(form, shown)
    return re.sub(r"\0(\d+)\0", lambda found: kept[int(found.group(1))], shown)


def _literal(text: str) -> str:
    return escape(unescape(text), quote=False)


def _anchor(target: str, label: str | None) -> str:
    shown = escape(unescape(label or target))
    if target.startswith(("@", "#", "!")):
        return f'<span class="mention">{shown}</span>'
    return f'<a href="{escape(unescape(target))}">{shown}</a>'
