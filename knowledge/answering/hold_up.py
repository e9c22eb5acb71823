"""Whether a drafted sentence says no more than the words it quotes.

Not a proof: a set of ways in which models go wrong, each checked by code. What turns a sentence
round (a negation, must or need not, a number, a date, a section) has to stand in its evidence.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from knowledge.retrieval import terms_of

_FILE = Path(__file__).parents[1] / "data" / "answering" / "turning_words.toml"
_FIGURE = re.compile(r"\d[\d,./:-]*(?:\([a-z0-9]{1,4}\))*|§+\s*\d\S*", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+\d",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|org|gov|net)\b", re.IGNORECASE)
# A quote or a claim that gives orders to a reader is no evidence: it was put there for a model.
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}"
    r"\b(?:instructions?|rules?|prompts?|above|previous)\b"
    r"|\b(?:system|assistant|user)\s*:"
    r"|\byou (?:are|must|should|will) (?:now|reply|answer|say|tell)\b"
    r"|\b(?:reply|respond|answer) (?:only )?(?:that|with|yes|no)\b"
    r"|\b(?:any|every|the|an?|all|note to) (?:\w+ )?"
    r"(?:assistants?(?! to\b)|language models?|chatbots?)\b"
    r"|\btell (?:the |all )?users?\b|[{}]|\":",
    re.IGNORECASE,
)
_ENOUGH = 0.5  # share of the claim's terms that its evidence must hold
_LONGEST = 400


@lru_cache(maxsize=1)
def _groups() -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))["group"]
    return tuple(re.compile("|".join(entry["cues"]), re.IGNORECASE) for entry in table)


def gives_orders(words: str) -> bool:
    """Whether words speak to an assistant that reads them, and so were put there for one."""
    return _ORDERS.search(words) is not None


def holds_up(text: str, evidence: str) -> bool:
    """Whether every figure and turning word of `text`, and most of its terms, stand in `evidence`
    and no turning word of `evidence` is left out."""
    if not text or len(text) > _LONGEST or _LINK.search(text):
        return False
    if gives_orders(text) or gives_orders(evidence):
        return False
    if not _figures(text) <= _figures(evidence):
        return False
    if {m.lower() for m in _MONTH.findall(text)} - {m.lower() for m in _MONTH.findall(evidence)}:
        return False
    if any(bool(group.search(text)) != bool(group.search(evidence)) for group in _groups()):
        return False
    terms = set(terms_of(text))
    return bool(terms) and len(terms & set(terms_of(evidence))) / len(terms) >= _ENOUGH


def _figures(text: str) -> set[str]:
    return {match.strip(".,:;-/§ ") for match in _FIGURE.findall(text)} - {""}
