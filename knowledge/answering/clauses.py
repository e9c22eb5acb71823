""" "Write us a clause" gets our suggested wording for a standard, what it rests on, and its limits.

The wording and its review come from the other engine, through `Library.suggest`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.conversation import Ask
from knowledge.answering.cues import any_cue
from knowledge.answering.draft import Claim, Draft, Quote
from knowledge.answering.library import Library, Suggestion
from knowledge.answering.status import holds_on
from knowledge.answering.wording import notice, refusal
from knowledge.sources import DigestStatement, section_id
from knowledge.types import Abstention, AbstentionKind

_FILE = Path(__file__).parents[1] / "data" / "answering" / "clauses.toml"
_MOST = 2


@dataclass(frozen=True, slots=True)
class Drafted:
    """The suggested wordings as a draft with their limits, or why there are none."""

    draft: Draft
    notes: tuple[str, ...] = ()
    abstention: Abstention | None = None


@lru_cache(maxsize=1)
def clause_cues() -> Mapping[str, Any]:
    """What the data says of requests for wording."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def asks_for_clause(text: str) -> bool:
    """Whether `text` wants policy wording written."""
    table = clause_cues()
    return any_cue(table["asks"], text) and not any_cue(table["unless"], text)


def suggested_clause(ask: Ask, as_of: date, library: Library) -> Drafted | None:
    """Our wording for what `ask` wants written; nothing when it wants something else."""
    if library.suggest is None or not asks_for_clause(ask.new):
        return None
    suggest = library.suggest
    wanted = [suggest(standard) for standard in _topics(ask)]
    found = [suggestion for suggestion in wanted if suggestion is not None][:_MOST]
    if not found:
        choices = ("A choke-hold clause", "A duty-to-intervene clause", "A de-escalation clause")
        message = refusal("which_clause")
        return Drafted((), (), Abstention(AbstentionKind.AMBIGUOUS, message, choices))
    claims = [claim for item in found for claim in _claims(item, as_of, library)]
    notes = tuple(notice("suggested", title=item.title, verdict=item.verdict) for item in found)
    return Drafted(tuple(claims), notes)


def _topics(ask: Ask) -> list[str]:
    topics: Mapping[str, str] = clause_cues()["topics"]
    named = [key for key, cue in topics.items() if re.search(cue, ask.new, re.IGNORECASE)]
    return named or [key for key, cue in topics.items() if re.search(cue, ask.text, re.IGNORECASE)]


def _claims(suggestion: Suggestion, as_of: date, library: Library) -> list[Claim]:
    """The wording, then what the sources say of its subject."""
    borne = [_bearing(place, as_of, library) for place in suggestion.places]
    quotes = tuple(Quote(item.section, item.text) for item in borne if item is not None)
    if not quotes:
        return []
    text = notice("wording", title=suggestion.title, wording=suggestion.wording)
    said = Claim(quotes[0].words, quotes[:1])
    return [Claim(text, quotes), said]


def _bearing(place: tuple[str, str], as_of: date, library: Library) -> DigestStatement | None:
    wanted = section_id(*place)
    known = library.knowledge
    held = (item for item in known.statements.values() if item.section == wanted)
    return next((item for item in held if holds_on(item, as_of, known, frozenset())), None)
