"""Slips of the keys put right: "certfication" is read as the word of the field that it nearly is.

Only a word that nobody knows is touched, and only where one known word is a slip or two away. Names
(a capital inside the sentence) stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.retrieval.terms import stem

_WORD = re.compile(r"(?<![\w'@./-])[^\W\d_]{5,}(?![\w'@/]|-\w|\.\w)")
_LONG = 10  # letters from which two slips may be put right
_SURE = 7  # letters from which one letter may stand for another: "horse" is not "house"


class Speller:
    """Knows the words of the knowledge base and of everyday talk."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = {word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text.casefold())}
        self._stems = frozenset(map(stem, words))
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(words):
            if len(word) >= 5:
                self._by_letter.setdefault(word[0], []).append(word)

    def right(self, text: str) -> str:
        """`text` with its slips put right."""
        shouted = text.isupper()
        return _WORD.sub(lambda match: self._word(match, shouted), text)

    def _word(self, match: re.Match[str], shouted: bool) -> str:
        word = match.group(0)
        folded = word.casefold()
        named = word[0].isupper() and match.start() > 0 and not shouted
        if named or self.knows(folded):
            return word
        return self._nearest(folded) or word

    def knows(self, word: str) -> bool:
        """Whether `word`, in any of its forms, is a known word."""
        return stem(word) in self._stems

    def _nearest(self, word: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 2 if len(word) >= _LONG else 1
        near = self._by_letter.get(word[0], ())
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=most, limit=2)
        if not found or (len(found) > 1 and found[1][1] == found[0][1] > 1):
            return None
        best = str(found[0][0])
        replaced = len(best) == len(word) and sorted(best) != sorted(word)
        return None if replaced and len(word) < _SURE else best
