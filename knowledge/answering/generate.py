"""The optional writer: a language model drafts from offered passages, by their keys.

It only proposes. Keys that were not offered are struck out, and a claim lives only if its quotes
stand word for word, its numbers and its turning words are in its evidence (`hold_up`).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.draft import Claim, Draft, Quote
from knowledge.answering.hold_up import holds_up
from knowledge.answering.library import Library
from knowledge.llm import Complete, count_tokens
from knowledge.sources import DigestStatement
from knowledge.types import Section

_FILE = Path(__file__).parents[1] / "data" / "prompts" / "answer.toml"
_MOST = 3
_SENTENCE = re.compile(r"\S(?:[^.;]|[.;](?!\s+[A-Z(]))*[.;]?")


@lru_cache(maxsize=1)
def _prompt() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def generate(
    question: str,
    as_of: date,
    offered: Sequence[DigestStatement],
    library: Library,
    complete: Complete,
) -> Draft:
    """The model's claims that hold up, at most three; empty when none does or none came."""
    passages = _passages(offered, library)
    lines = _within_budget(passages, question, library)
    user = _prompt()["user"].format(
        passages="\n".join(lines.values()),
        as_of=as_of.isoformat(),
        question=_tamed(question),
    )
    reply = complete(_prompt()["system"], user)
    offered_keys = {key: passages[key] for key in lines}
    claims = _claims(reply or "", offered_keys, library)
    return tuple(claims[:_MOST])


def _passages(offered: Sequence[DigestStatement], library: Library) -> dict[str, Section]:
    sections = dict.fromkeys(item.section for item in offered)
    held: list[Section] = []
    for key in sections:
        held.append(library.knowledge.sections[key])
        if key in library.official:
            held.append(library.official[key])
    return {f"P{number}": section for number, section in enumerate(held, 1)}


def _within_budget(
    passages: Mapping[str, Section], question: str, library: Library
) -> dict[str, str]:
    """The lines of the prompt, best first, as many as its budget holds."""
    left = _prompt()["budget"] - count_tokens(_prompt()["system"] + _prompt()["user"] + question)
    lines: dict[str, str] = {}
    for key, section in passages.items():
        line = _prompt()["passage"].format(
            key=key,
            title=library.knowledge.sources[section.source].short_title,
            pinpoint=section.pinpoint,
            text=section.text,
        )
        left -= count_tokens(line)
        if left < 0:
            break
        lines[key] = line
    return lines


def _tamed(question: str) -> str:
    """The question cannot close the tags that mark it as data."""
    return re.sub(r"</?\s*question\s*>", " ", question, flags=re.IGNORECASE)


def _claims(reply: str, passages: Mapping[str, Section], library: Library) -> list[Claim]:
    drafted = (_claim(entry, passages, library) for entry in _entries(reply))
    return [claim for claim in drafted if claim is not None]


def _entries(reply: str) -> list[Any]:
    match = re.search(r"\{.*\}", reply, re.DOTALL)
    try:
        parsed = json.loads(match.group(0)) if match else {}
    except (json.JSONDecodeError, RecursionError):
        return []
    entries = parsed.get("claims") if isinstance(parsed, dict) else None
    return entries if isinstance(entries, list) else []


def _claim(entry: Any, passages: Mapping[str, Section], library: Library) -> Claim | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return None
    given = entry.get("quotes")
    quoted = given if isinstance(given, list) else []
    quotes = [_quote(item, passages, library) for item in quoted]
    kept = tuple(item for item in quotes if item is not None)
    if not kept or len(kept) != len(quotes):
        return None
    text = " ".join(entry["text"].split())
    return Claim(text, kept) if holds_up(text, " ".join(quote.words for quote in kept)) else None


def _quote(item: Any, passages: Mapping[str, Section], library: Library) -> Quote | None:
    """The whole sentences around the words: half a sentence can say the opposite of it."""
    if not isinstance(item, dict) or item.get("key") not in passages:
        return None
    words = item.get("words")
    section = passages[item["key"]]
    if not isinstance(words, str) or len(words.split()) < 3 or words not in section.text:
        return None
    return Quote(section.id, whole_sentences(words, section, library))


def whole_sentences(words: str, section: Section, library: Library) -> str:
    """The shortest run of whole sentences of `section` that holds `words`, verbatim."""
    start = section.text.index(words)
    end = start + len(words)
    spans = _sentences(section, library)
    first = max((left for left, _ in spans if left <= start), default=0)
    last = min((right for _, right in spans if right >= end), default=len(section.text))
    return section.text[first:last].strip()


def _sentences(section: Section, library: Library) -> list[tuple[int, int]]:
    """Our own sentences as they are known; an issuer's up to a full stop or a semicolon."""
    held = library.knowledge.statements.values()
    own = [(item.start, item.end) for item in held if item.section == section.id]
    if own:
        return own
    return [match.span() for match in _SENTENCE.finditer(section.text)]
