"""Words to terms: field names folded together, identifiers kept whole, the rest stemmed.

The synonyms are data (`knowledge/data/names/terms.toml`): "sleeper hold", "LVNR" and
"use-of-force" mean to retrieval what they mean to an officer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.names import load_names

_FILE = Path(__file__).parents[1] / "data" / "names" / "terms.toml"
_EVERYDAY = Path(__file__).parents[1] / "data" / "answering" / "everyday.toml"
# An identifier is one term: 2(c)(ii), 13929, O-BJA-2021-20001, 300.3.4.
_TOKEN = re.compile(
    r"fy\d{4}|[a-z]{1,2}-[a-z]{2,5}-\d{4}-\d+|\d+(?:\([a-z0-9]{1,4}\))+|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?",
    re.IGNORECASE,
)


_FISCAL = re.compile(r"\b(?:fy|fiscal years?)[ ']*(?:20)?(?P<year>\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases that stand for one term, and words that carry no meaning in a question."""

    phrases: Mapping[str, str]
    pattern: re.Pattern[str]
    silent: frozenset[str]


@lru_cache(maxsize=1)
def load_vocabulary(path: Path = _FILE) -> Vocabulary:
    """Read the field's names, official and everyday.

    Raises: `KnowledgeError` when a phrase has two meanings.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    phrases: dict[str, str] = {}
    for term, names in (*load_names().terms.items(), *table["terms"].items()):
        for name in names:
            if phrases.setdefault(name.casefold(), term) != term:
                raise KnowledgeError(f"{path.name}: {name!r} stands for two terms.")
    return Vocabulary(phrases, _any_of(phrases), frozenset(table["silent"]["words"]))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the longest phrase at a place of a text in small letters, by first letter."""
    by_letter: dict[str, list[str]] = {}
    for name in sorted(phrases, key=len, reverse=True):
        rest = re.escape(name[1:]).replace(r"\ ", r"[\s-]+")
        by_letter.setdefault(name[0], []).append(rest)
    groups = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_letter.items())
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


def terms_of(text: str, vocabulary: Vocabulary | None = None) -> list[str]:
    """The terms of `text` in order, silent words left out. Repeats are kept."""
    names = vocabulary or load_vocabulary()
    plain = _plain(text).casefold()
    folded = names.pattern.sub(lambda match: f" {_term(match.group(0), names)} ", plain)
    found: list[str] = []
    for token in re.findall(r"_\w+_|" + _TOKEN.pattern, folded, re.IGNORECASE):
        word = token.casefold()
        if word not in names.silent:
            found.append(word if word.startswith("_") or not word.isalpha() else stem(word))
    return found


@lru_cache(maxsize=1)
def everyday_words() -> tuple[str, ...]:
    """Words that tell little of what a question is about, as written."""
    return tuple(tomllib.loads(_EVERYDAY.read_text(encoding="utf-8"))["words"].split())


@lru_cache(maxsize=1)
def everyday_terms() -> frozenset[str]:
    """The terms of everyday words, and the stems of words that are silent."""
    words = (*everyday_words(), *load_vocabulary().silent)
    return frozenset(stem(word) for word in words)


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The English Snowball stem of one word."""
    return str(_stemmer().stemWord(word))  # type: ignore[attr-defined]


def _plain(text: str) -> str:
    plain = text.replace("\u2019", "'").replace("\u2011", "-")
    plain = _FISCAL.sub(r"FY20\g<year>", plain)
    return re.sub(r"'s\b", "", plain, flags=re.IGNORECASE)


def _term(phrase: str, names: Vocabulary) -> str:
    term = names.phrases[re.sub(r"[\s-]+", " ", phrase.casefold())]
    return "_" + re.sub(r"\W+", "_", term) + "_"
