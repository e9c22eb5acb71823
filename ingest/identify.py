"""Tell which source of the catalogue a file is a copy of, by its words and not by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.orders import ENACTING, is_order
from knowledge.sources import Knowledge

_HEAD = 4000  # characters in which a text says what it is
_NUMBER = re.compile(r"executive order (?:no )?(\d{4,5})\b")
_ESCAPED_CHARACTER = re.compile(r"\\u([0-9a-fA-F]{4})")


def source_of(raw: str, cleaned: str, knowledge: Knowledge) -> str | None:
    """The id of the source that this is a copy of; None when it is none that is known."""
    if is_order(cleaned):
        return _order(_plain(_before_enacting(raw)), knowledge)
    head = _plain(raw[:_HEAD])
    named = (id for id, phrases in knowledge.official_text.items() if _any_in(phrases, head))
    return next((id for id in sorted(named) if not id.startswith("eo-")), None)


def described(raw: str, cleaned: str) -> str:
    """What a text that is no known source seems to be, for the person who gave it."""
    number = _NUMBER.search(_plain(_before_enacting(raw))) if is_order(cleaned) else None
    return f"Executive Order {number.group(1)}" if number else "none of the texts known here"


def _order(head: str, knowledge: Knowledge) -> str | None:
    number = _NUMBER.search(head)
    if number is not None:
        found = f"eo-{number.group(1)}"
        return found if found in knowledge.sources else None
    orders = (id for id in sorted(knowledge.sources) if id.startswith("eo-"))
    return next((id for id in orders if _any_in(_names(id, knowledge), head)), None)


def _names(source: str, knowledge: Knowledge) -> list[str]:
    """The phrases that the catalogue gives for official copies, and the title after its number."""
    _, _, name = knowledge.sources[source].title.partition(", ")
    return [*knowledge.official_text[source], *([name] if len(name) > 20 else [])]


def _any_in(phrases: Iterable[str], head: str) -> bool:
    return any(_plain(phrase) in head for phrase in phrases if phrase.strip())


def _before_enacting(raw: str) -> str:
    found = ENACTING.search(raw)
    end = found.start() if found else _HEAD
    return raw[max(0, end - _HEAD) : end]


def _plain(text: str) -> str:
    """Words alone, in lower case: quotes, dashes, line ends and escapes differ between copies."""
    text = _ESCAPED_CHARACTER.sub(lambda match: chr(int(match.group(1), 16)), text)
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("\u2019", "'")))
