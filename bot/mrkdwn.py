"""Text for Slack: escaped once, here; cut at spaces, never lost."""

from __future__ import annotations

import re

_FORMATTING = re.compile(r"[*_~`]|:(?=[a-z0-9_+'-]+:)")  # the last begins the name of a picture
_JOINER = "\u2060"  # not seen, and it keeps Slack from reading the sign as formatting


def escape(text: str) -> str:
    """`text` so that Slack shows it: no mention, no channel ping and no link comes of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """`text` escaped and on one line; what would be formatting or a picture is shown as it is."""
    lined = " ".join(text.split())
    return escape(_FORMATTING.sub(lambda sign: f"{_JOINER}{sign.group(0)}{_JOINER}", lined))


def quoted(text: str) -> str:
    """`text` between quotation marks. Only for words that somebody else wrote."""
    return f"\u201c{literal(text)}\u201d"


def pieces(text: str, limit: int) -> list[str]:
    """`text` in parts of at most `limit` characters, cut at a line's end or a space.

    Nothing is lost but the spaces at which it was cut; an entity is never cut in two.
    """
    left, found = text.strip(), []
    while len(left) > limit:
        at = _cut_at(left, limit)
        found.append(left[:at].rstrip())
        left = left[at:].lstrip()
    return [*found, left] if left else found


def link(url: str | None, label: str) -> str:
    """A link to `url` called `label`, or only the label."""
    if not url or re.search(r"[\s<>|]", url):
        return literal(label)
    return f"<{url.replace('&', '&amp;')}|{literal(label)}>"


def _cut_at(text: str, limit: int) -> int:
    line, space = text.rfind("\n", 1, limit), text.rfind(" ", 1, limit)
    if line > limit // 2:
        return line
    if space > 0:
        return space
    entity = re.search(r"&[a-z]{0,3}$", text[:limit])
    return entity.start() if entity and entity.start() else limit
