"""Whether a message asks a question, pastes an excerpt, does both, or cannot be told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "intent.toml"
_SENTENCE = re.compile(r"[^.?!\n]*(?:[.](?=\S)[^.?!\n]*)*[.?!]*[\n\"”')\]]*\s*")


class Kind(StrEnum):
    """What is wanted."""

    QUESTION = "question"
    REVIEW = "review"
    BOTH = "both"
    UNSURE = "unsure"
    THANKS = "thanks"
    GREETING = "greeting"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Intent:
    """What is wanted, and the part of the message that is question and that is excerpt."""

    kind: Kind
    question: str = ""
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of `data/intent.toml`."""

    review_prefixes: tuple[str, ...]
    ask_prefixes: tuple[str, ...]
    more_prefixes: tuple[str, ...]
    rule_words: tuple[str, ...]
    rule_people: tuple[str, ...]
    review_requests: tuple[str, ...]
    thanks: tuple[str, ...]
    greetings: tuple[str, ...]


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The cues as data says. Raises: `KnowledgeError` for a missing or unknown key."""
    with _FILE.open("rb") as file:
        told = tomllib.load(file)
    wanted = {field.name for field in fields(Cues)}
    if set(told) != wanted:
        odd = ", ".join(sorted(set(told) ^ wanted))
        raise KnowledgeError(f"bot/data/intent.toml: missing or unknown keys: {odd}.")
    return Cues(**{key: tuple(value) for key, value in told.items()})


def read_intent(text: str) -> Intent:
    """What `text` wants. A prefix decides; else who is bound to what, and where it is asked."""
    cues = load_cues()
    small = text.strip().casefold().rstrip(".!").strip()
    if small in cues.thanks:
        return Intent(Kind.THANKS)
    if not small or small in cues.greetings:
        return Intent(Kind.GREETING)
    prefixed = _prefixed(text, cues)
    if prefixed is not None:
        return prefixed
    return _weigh(text, cues)


def _prefixed(text: str, cues: Cues) -> Intent | None:
    head, colon, rest = text.partition(":")
    word = head.strip().casefold()
    if not colon or not rest.strip():
        return None
    if word in cues.review_prefixes:
        return Intent(Kind.REVIEW, excerpt=rest.strip())
    if word in cues.more_prefixes:
        return Intent(Kind.MORE, excerpt=rest.strip())
    if word in cues.ask_prefixes:
        return Intent(Kind.QUESTION, question=rest.strip())
    return None


def _weigh(text: str, cues: Cues) -> Intent:
    lead, pasted, tail = _parts(text, cues)
    asked = " ".join(part for part in (lead, tail) if part)
    rules = [part for part in _sentences(pasted) if _binds(part, cues)]
    if not rules:
        return Intent(Kind.QUESTION, question=text.strip())
    sure = len(rules) > 1 or holds(rules[0], cues.rule_people)
    if asked and holds(asked, cues.review_requests):
        return Intent(Kind.REVIEW, excerpt=pasted)
    if asked and sure:
        return Intent(Kind.BOTH, question=asked, excerpt=pasted)
    if asked:
        return Intent(Kind.QUESTION, question=text.strip())
    if sure and (len(rules) > 1 or len(pasted.split()) >= 12):
        return Intent(Kind.REVIEW, excerpt=pasted)
    return Intent(Kind.UNSURE, question=text.strip(), excerpt=pasted)


def _parts(text: str, cues: Cues) -> tuple[str, str, str]:
    """The questions before, what stands between, and the questions after; all as typed."""
    sentences = _sentences(text)
    first, last = 0, len(sentences)
    while first < last and _asks(sentences[first], cues):
        first += 1
    while last > first and _asks(sentences[last - 1], cues):
        last -= 1
    joined = ["".join(sentences[part]) for part in _slices(first, last)]
    return joined[0].strip(), joined[1].strip(), joined[2].strip()


def _slices(first: int, last: int) -> tuple[slice, slice, slice]:
    return slice(0, first), slice(first, last), slice(last, None)


def _asks(sentence: str, cues: Cues) -> bool:
    ended = sentence.strip().rstrip("\"”')]")
    if ended.endswith("?"):
        return True
    short = len(ended.split()) <= 12
    return short and holds(ended, cues.review_requests)


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE.findall(text) if part]


def _binds(sentence: str, cues: Cues) -> bool:
    return not sentence.strip().endswith("?") and holds(sentence, cues.rule_words)


def holds(text: str, words: Iterable[str]) -> bool:
    """`text` has one of `words` in it, as whole words."""
    lowered = " ".join(text.casefold().split())
    return any(re.search(rf"\b{re.escape(word)}\b", lowered) for word in words)
