"""Take out what the page, the scanner or the web put into a legal text; offsets are kept.

Lines stay lines here, because numbers are recognised at their starts; `flowed` makes running
text of a part once its bounds are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.mapped import Mapped, mapped

_FRONT_MATTER = re.compile(r"\A---\r?\n.*?\n---[ \t]*\r?\n", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?")
_TAG = re.compile(r"</?(?:span|em|strong|b|i|u|br|p|div|a|sup|sub)\b[^<>]*>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")
_STARS = re.compile(r"(?<!\\)\*{1,3}(\S(?:(?!\n\s*\n)[^*])*?)\*{1,3}")
_LONE_STARS = re.compile(
    r"(?m)(?<=[^\s\\*])\*{1,3}|(?<![\\*])\*{1,3}(?=[^\s*])|^[ \t]*\*(?=\s+\\?\()"
)
_UNDERSCORES = re.compile(r"(?<![\w\\])_{1,2}(\S(?:[^_\n]*\S)?)_{1,2}(?!\w)")
_HEADING_MARK = re.compile(r"(?m)^#{1,6}[ \t]+")
_LINK = re.compile(r"\[([^\]\n]+)\]\((?:[^()\s]|\([^()]*\))*\)")
_ODD_SPACE = re.compile("[\u00a0\u2002-\u200a\u202f\u3000\t]")
_NO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_DOUBLE_QUOTE = {"\u2018\u2018": "\u201c", "\u2019\u2019": "\u201d", "``": "\u201c", "''": "\u201d"}
_PRINT_QUOTES = re.compile("\u2018\u2018|\u2019\u2019|``|''")

# What the Government Publishing Office prints around the text of a page, a line each.
_FURNITURE_LINE = (
    r"[^\n]*Federal Register\s*/\s*Vol\.[^\n]*",
    r"[ \t]*VerDate\b[^\n]*",
    r"[ \t]*\w+ on (?:DSK|LAP)\w+ with [^\n]*",
    r"[ \t]*Presidential Documents[ \t]*",
    r"[ \t]*\w+\.EPS(?:</GPH>)?[ \t]*",
    r"[ \t]*\[\[Page \d+\]\][ \t]*",
    r"[ \t]*\[?FR Doc\. [^\n]*",
    r"[ \t]*Filed \d+[-\u2013]\d+[-\u2013]\d+;[^\n]*",
    r"[ \t]*Billing code [^\n]*",
)
# With the blank lines around it, because a sentence may run on over the page's end.
_FURNITURE = re.compile(
    r"(?:\A|\n)(?:[ \t]*\n)*(?:(?:" + "|".join(_FURNITURE_LINE) + r")(?:\n|\Z)(?:[ \t]*\n)*)+",
    re.IGNORECASE,
)
_BROKEN_WORD = re.compile(r"([\w\u2019'-]+)-\n[ \t]*([a-z]\w*)")
_BROKEN_DASH = re.compile(r"([\u2013\u2014/])\n[ \t]*(?=\w)")
_SPACES = re.compile(r"\s+")
_DASH_SPACES = re.compile(r"(?<=\w)(\u2014) (?=[a-z])")
_KEPT_PREFIXES = frozenset({"co", "self", "non", "anti", "well", "high", "low", "cross"})


def clean(text: str, *, printed: Sequence[tuple[int, int]] = ()) -> Mapped:
    """The text without front matter, markup, page furniture and words broken at line ends.

    `printed` are bounds of lines that are known to be on every page.
    """
    start = mapped(text).without(printed)
    found = start.replaced(_LINE_ENDS, "\n").replaced(_FRONT_MATTER, "")
    found = found.replaced(_TAG, "").replaced(_ODD_SPACE, " ").replaced(_NO_WIDTH, "")
    found = found.replaced(_STARS, r"\1").replaced(_LONE_STARS, "")
    found = found.replaced(_UNDERSCORES, r"\1")
    found = found.replaced(_ESCAPE, r"\1").replaced(_LINK, r"\1").replaced(_HEADING_MARK, "")
    found = found.replaced(_FURNITURE, "\n")
    found = found.replaced(_PRINT_QUOTES, lambda match: _DOUBLE_QUOTE[match.group()])
    return _mended(found)


def flowed(part: Mapped) -> Mapped:
    """Running text: white space of any kind is one space, none at the ends."""
    return part.replaced(_SPACES, " ").replaced(_DASH_SPACES, r"\1").stripped()


def _mended(found: Mapped) -> Mapped:
    """Words that a line's end broke are whole; compounds keep their hyphen."""
    text = found.text
    lower = text.lower()

    def mend(match: re.Match[str]) -> str:
        left, right = match.group(1), match.group(2)
        return left + ("-" if _compound(left, right, lower) else "") + right

    return found.replaced(_BROKEN_WORD, mend).replaced(_BROKEN_DASH, r"\1")


def _compound(left: str, right: str, text: str) -> bool:
    """Whether the hyphen belongs to the word: so spelt elsewhere, or one of several, or usual."""
    head = left.rsplit("-", 1)[-1].lower()
    if f"{head}-{right}" in text:
        return True
    if re.search(rf"\b{re.escape(head + right)}\b", text):
        return False
    return "-" in left or head in _KEPT_PREFIXES
