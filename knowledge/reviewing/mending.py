"""Mend words that a scanner or a typist damaged: "ch0ke ho1d", "prohlbited", "ho lds".

Only words of the spelling list are mended towards, so an ordinary word is never turned into
another ordinary word. Characters keep the offsets they came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.reviewing.language import load_language
from knowledge.reviewing.shadow import Strip, join

_TOKEN = re.compile(r"[a-z0-9|$]+")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){4,}(?![a-z0-9])")
_LONG_ENOUGH = 7  # letters; shorter words lie too near each other to be guessed


def mend(strip: Strip) -> Strip:
    """`strip` with damaged words put right; the same object when nothing was damaged."""
    strip = _close_spaced(strip)
    tokens = list(_TOKEN.finditer(strip.text))
    fixes: list[tuple[int, int, str]] = []
    skip = -1
    for number, token in enumerate(tokens):
        if token.start() < skip:
            continue
        after = tokens[number + 1] if number + 1 < len(tokens) else None
        fix = _fix(token, after, strip.text)
        if fix:
            fixes.append(fix)
            skip = fix[1]
    return _rewrite(strip, fixes) if fixes else strip


def _fix(
    token: re.Match[str], after: re.Match[str] | None, text: str
) -> tuple[int, int, str] | None:
    word = token.group()
    spelling = load_language().spelling
    if after is not None and text[token.end() : after.start()] == " ":
        whole = word + after.group()
        broken = word not in spelling.known or after.group() not in spelling.known
        if whole in spelling.words and broken:
            return token.start(), after.end(), whole
    if word in spelling.known:
        return None
    right = mended_word(word) or _parted(word)
    return (token.start(), token.end(), right) if right else None


@lru_cache(maxsize=8192)
def _parted(word: str) -> str | None:
    """Two words that lost the space between them ("ofchokeholds"), or None."""
    spelling = load_language().spelling
    for i in range(2, len(word) - _LONG_ENOUGH + 1):
        if word[i:] in spelling.words and word[:i] in spelling.known:
            return f"{word[:i]} {word[i:]}"
    return None


@lru_cache(maxsize=8192)
def mended_word(word: str) -> str | None:
    """The word of the list that `word` was before it was damaged, or None."""
    spelling = load_language().spelling
    plain = word.replace("|", "l").replace("$", "s")
    if not plain.isalpha():
        if sum(char.isalpha() for char in plain) < 2:
            short = plain.translate(dict(spelling.digits))
            return short if len(plain) == 2 and short in spelling.common else None
        letters = plain.translate(dict(spelling.digits))
        for guess in (letters, plain.replace("1", "i").translate(dict(spelling.digits))):
            if guess in spelling.known or guess in slips():
                return guess if guess in spelling.known else slips()[guess]
        return None
    for damaged, whole in (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u")):
        guess = plain.replace(damaged, whole)
        if guess != plain and guess in spelling.known:
            return guess
    return _near(plain) if len(plain) >= _LONG_ENOUGH else None


def _near(word: str) -> str | None:
    table = slips()
    if word in table:
        return table[word]
    for i in range(len(word)):
        right = table.get(word[:i] + word[i + 1 :])
        if right is not None and abs(len(right) - len(word)) <= 1:
            return right
    return None


@lru_cache(maxsize=1)
def slips() -> Mapping[str, str]:
    """Every long word of the list with one letter left out, and with two letters swapped."""
    table: dict[str, str] = {}
    for word in sorted(load_language().spelling.words):
        if len(word) < _LONG_ENOUGH + 1:
            continue
        for i in range(1, len(word)):
            table.setdefault(word[:i] + word[i + 1 :], word)
            table.setdefault(word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :], word)
    return {
        slip: word for slip, word in table.items() if slip not in load_language().spelling.known
    }


def _close_spaced(strip: Strip) -> Strip:
    found = list(_SPACED.finditer(strip.text))
    return (
        _rewrite(strip, [(f.start(), f.end(), f.group().replace(" ", "")) for f in found])
        if found
        else strip
    )


def _rewrite(strip: Strip, fixes: list[tuple[int, int, str]]) -> Strip:
    parts: list[Strip] = []
    last = 0
    for start, end, word in fixes:
        parts.append(strip.cut(last, start))
        span = strip.at[start:end]
        stretch = len(span) - 1
        size = max(len(word) - 1, 1)
        parts.append(
            Strip(word, [span[min(i * stretch // size, stretch)] for i in range(len(word))])
        )
        last = end
    parts.append(strip.cut(last))
    return join(parts, "")
