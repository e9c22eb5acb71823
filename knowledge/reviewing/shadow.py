"""Make a plain shadow of an excerpt in which cues can be found, and never lose the way back.

The shadow is lower case, without invisible characters, look-alikes, accents and markup. Every
character of it knows the offset it came from, so that evidence points into the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.reviewing.language import load_language

_BREAK = re.compile(
    r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|"
    r"(?P<block></?(?:div|p|li|tr|h[1-6]|ul|ol|table|section|br)\b[^<>]{0,200}>)",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<!--.{0,400}?-->|</?[a-z!][^<>]{0,200}>|[*`~]{1,3}|_{2}|&nbsp;|&amp;|\\[a-z]+\{"
)
_COMMENT = re.compile(
    r"<!--.{0,5000}?-->|^[ \t]{0,40}\[[^\]\n]{1,40}\]:[ \t]{0,40}(?:#|<>)[^\n]{0,5000}$",
    re.DOTALL | re.MULTILINE,
)  # of HTML and of Markdown: nobody who reads the rendered text sees them
_SPACES = re.compile(r"[ \t\xa0]+")
_PUNCTUATION = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"',
    "\u201e": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
    "\u2212": "-", "\u00b4": "'",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of shadow; `at[i]` is the offset in the excerpt of the i-th character."""

    text: str
    at: Sequence[int]

    def cut(self, start: int, end: int | None = None) -> Strip:
        """The part from `start` to `end`."""
        return Strip(self.text[start:end], self.at[start:end])

    def trim(self) -> Strip:
        """Without spaces at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, len(self.text.rstrip()) or None) if self.text.strip() else EMPTY


EMPTY = Strip("", ())


@dataclass(frozen=True, slots=True)
class Line:
    """One line as given (`raw`, with its offset) and its shadow."""

    start: int
    raw: str
    strip: Strip


def join(strips: Iterable[Strip], glue: str = " ") -> Strip:
    """The strips as one; `glue` stands at the offset where the strip before it ends."""
    text: list[str] = []
    at: list[int] = []
    for strip in strips:
        if not strip.text:
            continue
        if text and glue:
            text.append(glue)
            at.extend([at[-1]] * len(glue))
        text.append(strip.text)
        at.extend(strip.at)
    return Strip("".join(text), at)


def shadow_lines(text: str) -> list[Line]:
    """The excerpt line by line. Linear in its length; takes any text."""
    hidden = [(found.start(), found.end()) for found in _COMMENT.finditer(text)]
    lines: list[Line] = []
    start = 0
    for end, after in _ends(text):
        raw = text[start:end]
        lines.append(
            Line(start, raw, _without(fold(raw, start), hidden) if hidden else fold(raw, start))
        )
        start = after
    return lines


def _ends(text: str) -> Iterable[tuple[int, int]]:
    for found in _BREAK.finditer(text):
        yield found.start(), found.end()
        if found.group("block"):  # a paragraph of markup ends as one of plain text, by a blank line
            yield found.end(), found.end()
    yield len(text), len(text)


def _without(strip: Strip, hidden: Sequence[tuple[int, int]]) -> Strip:
    if not strip.text or strip.at[-1] < hidden[0][0] or strip.at[0] >= hidden[-1][1]:
        return strip
    keep = [i for i, at in enumerate(strip.at) if not any(a <= at < b for a, b in hidden)]
    return Strip("".join(strip.text[i] for i in keep), [strip.at[i] for i in keep])


def fold(raw: str, start: int) -> Strip:
    """The shadow of `raw`, which stands at `start`: folded, without markup, single spaces."""
    strip = _fold_ascii(raw, start) if raw.isascii() else _fold_any(raw, start)
    if _MARKUP.search(strip.text):
        strip = _drop(strip, _MARKUP)
    return _single_spaces(strip)


def _fold_ascii(raw: str, start: int) -> Strip:
    return Strip(raw.lower(), range(start, start + len(raw)))


def _fold_any(raw: str, start: int) -> Strip:
    text: list[str] = []
    at: list[int] = []
    for offset, char in enumerate(raw, start):
        plain = fold_char(char)
        text.append(plain)
        at.extend([offset] * len(plain))
    return Strip("".join(text), at)


@lru_cache(maxsize=4096)
def fold_char(char: str) -> str:
    """What a character looks like in plain lower-case letters; empty when it cannot be seen."""
    known = _PUNCTUATION.get(char) or load_language().spelling.lookalikes.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) in ("Cf", "Mn", "Cs", "Cc") and char != "\t":
        return ""
    plain = unicodedata.normalize("NFKD", char).lower()
    return "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))


def _drop(strip: Strip, pattern: re.Pattern[str]) -> Strip:
    parts: list[Strip] = []
    last = 0
    for found in pattern.finditer(strip.text):
        parts.append(strip.cut(last, found.start()))
        last = found.end()
    parts.append(strip.cut(last))
    return join(parts, "")


def _single_spaces(strip: Strip) -> Strip:
    if "  " not in strip.text and "\t" not in strip.text:
        return strip
    parts: list[Strip] = []
    last = 0
    for found in _SPACES.finditer(strip.text):
        wide = "\t" * found.group().count("\t") or " "
        parts.append(strip.cut(last, found.start()))
        parts.append(Strip(wide, (strip.at[found.start()],) * len(wide)))
        last = found.end()
    parts.append(strip.cut(last))
    return join(parts, "")
