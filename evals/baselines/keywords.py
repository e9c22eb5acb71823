"""A naive reviewer: does the text name the subject, and is there a ruling word anywhere in it?"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from evals.verdicts import Verdicts

NAME = "keyword rules"
_FILE = Path(__file__).parents[1] / "data" / "baseline_keywords.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """Patterns of the subject by standard, and of the words that rule."""

    subjects: Mapping[str, re.Pattern[str]]
    bans: frozenset[str]
    ban: re.Pattern[str]
    duty: re.Pattern[str]
    advice: re.Pattern[str]
    permission: re.Pattern[str]


def keyword_verdicts(text: str) -> Verdicts:
    """One verdict a standard; the evidence is where the subject is named."""
    rules = load_rules()
    found = {name: pattern.search(text) for name, pattern in rules.subjects.items()}
    return Verdicts(
        {
            name: _verdict(name, text, rules) if hit else "not_addressed"
            for name, hit in found.items()
        },
        {name: [hit.span()] for name, hit in found.items() if hit},
    )


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The words of `baseline_keywords.toml`."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    ruling = {name: _any(words) for name, words in table["ruling"].items()}
    subjects = {name: _any(entry["words"]) for name, entry in table["standard"].items()}
    bans = {name for name, entry in table["standard"].items() if entry["wants"] == "ban"}
    return Rules(subjects, frozenset(bans), **ruling)


def _verdict(name: str, text: str, rules: Rules) -> str:
    wanted = rules.ban if name in rules.bans else rules.duty
    if rules.advice.search(text):
        return "partial"
    if wanted.search(text):
        return "meets"
    return "does_not_meet" if rules.permission.search(text) else "partial"


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)
