"""Tell which source of the catalogue a file is a copy of, by its words and not by its name."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable

from ingest.articles import MASTHEAD
from ingest.orders import ENACTING, is_order
from knowledge.sources import Knowledge

_HEAD = 4000  # characters in which a text says what it is
_TITLE_WITHIN = 2500  # characters from the top, in which the title of another text stands
_NUMBER = re.compile(r"executive order (?:no )?(\d{4,5})\b")
_ESCAPED_CHARACTER = re.compile(r"\\u([0-9a-fA-F]{4})")


def source_of(raw: str, cleaned: str, knowledge: Knowledge) -> str | None:
    """The id of the source that this is a copy of; None when it is none that is known."""
    if is_order(cleaned):
        return _order(_plain(_before_enacting(raw)), knowledge)
    issue = _dispatch(cleaned)
    if issue in knowledge.sources:
        return issue
    titled = [
        (place, id)
        for id, phrases in knowledge.official_text.items()
        for phrase in phrases
        if not id.startswith("eo-") and (place := _title_at(_plain(phrase), raw)) is not None
    ]
    return min(titled)[1] if titled else None


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


def _dispatch(cleaned: str) -> str | None:
    """The id that an issue of the Community Policing Dispatch has, by the date in its masthead."""
    masthead = MASTHEAD.search(cleaned)
    if masthead is None or "community policing dispatch" not in _plain(cleaned):
        return None
    month, year = masthead.group().split()[:2]
    months = [name.casefold() for name in month_name]
    found = months.index(month.casefold()) if month.casefold() in months else 0
    return f"cops-dispatch-{year}-{found:02d}" if found else None


def _title_at(phrase: str, raw: str) -> int | None:
    """The line near the top where the phrase stands alone as a title, on one line or two or three.

    A text that only mentions another has words around its name; they make all the difference.
    """
    lines = [_plain(line) for line in raw[:_TITLE_WITHIN].splitlines()]
    lines = [line for line in lines if line]
    for first in range(len(lines)):
        for count in (1, 2, 3):
            if phrase and " ".join(lines[first : first + count]) == phrase:
                return first
    return None


def _before_enacting(raw: str) -> str:
    found = ENACTING.search(raw)
    end = found.start() if found else _HEAD
    return raw[max(0, end - _HEAD) : end]


def _plain(text: str) -> str:
    """Words alone, in lower case: quotes, dashes, line ends and escapes differ between copies."""
    text = _ESCAPED_CHARACTER.sub(lambda match: chr(int(match.group(1), 16)), text)
    return " ".join(re.findall(r"[^\W_]+", text.casefold().replace("\u2019", "'")))
