"""What the reports say, and which words mark force, from `data/batch/wording.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from knowledge.errors import KnowledgeError
from knowledge.types import Verdict

_FILE = Path(__file__).parents[1] / "data" / "batch" / "wording.toml"
_BLANKS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "title": frozenset({"count"}),
        "about": frozenset({"as_of", "release"}),
        "principles_of": frozenset({"addressed", "all"}),
        "part_pages": frozenset({"first", "last"}),
        "part_page": frozenset({"first"}),
        "copy_of": frozenset({"name"}),
        "unreadable": frozenset({"why"}),
        "too_slow": frozenset({"minutes"}),
        "failed": frozenset({"why"}),
        "of_agency": frozenset({"agency"}),
        "folder_unread": frozenset({"folder", "why"}),
        "done": frozenset({"reviewed", "copies", "problems", "index"}),
    }
)
_PLAIN = frozenset(
    {
        "agency", "file", "principles", "pages", "parts", "part_whole", "part_none", "problems",
        "no_review", "sort_hint", "filter", "gone", "too_large", "died", "no_part",
        "back", "this_file", "seen_whole", "oscal_title", "oscal_plan", "oscal_party",
        "oscal_limits",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchWording:
    """Sentences by name; the words of force, and how many of them in 1,000 characters count."""

    sentences: Mapping[str, str]
    verdict: Mapping[Verdict, str]
    force: re.Pattern[str]
    titles: re.Pattern[str]
    density: float

    def say(self, name: str, /, **values: object) -> str:
        """The sentence called `name`, its blanks filled."""
        return self.sentences[name].format(**values)


@lru_cache(maxsize=1)
def load_batch_wording(file: Path = _FILE) -> BatchWording:
    """The wording, every key and blank checked. Raises: `KnowledgeError` naming the slip."""
    with file.open("rb") as opened:
        told = tomllib.load(opened)
    _same_keys("the file", told, {"force", "say", "verdict"})
    _same_keys("[force]", told["force"], {"density", "words", "titles"})
    _same_keys("[say]", told["say"], _PLAIN | set(_BLANKS))
    _same_keys("[verdict]", told["verdict"], frozenset(map(str, Verdict)))
    for name, sentence in told["say"].items():
        blanks = {blank for _, blank, _, _ in Formatter().parse(sentence) if blank}
        odd = ", ".join(sorted(blanks - _BLANKS.get(name, frozenset())))
        if odd:
            raise KnowledgeError(f"bot/data/batch/wording.toml: {name} has unknown blanks: {odd}.")
    force = told["force"]
    return BatchWording(
        MappingProxyType(told["say"]),
        {Verdict(key): words for key, words in told["verdict"].items()},
        _any_of(force["words"]),
        _any_of(force["titles"]),
        float(force["density"]),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _same_keys(where: str, told: Mapping[str, object], wanted: set[str] | frozenset[str]) -> None:
    odd = ", ".join(sorted(set(told) ^ set(wanted)))
    if odd:
        raise KnowledgeError(f"bot/data/batch/wording.toml: missing or unknown in {where}: {odd}.")
