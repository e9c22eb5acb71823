""" "Does the order mention X?" is answered with the provision that does, held against its words.

A yes needs a statement on a provision that denies nothing and holds every word asked about, and
the official words of that provision, where they are held, must hold them too. A no is for claims.
"""

from __future__ import annotations

import re
from datetime import date

from knowledge.answering.conversation import Ask
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.answering.understood import as_compared
from knowledge.answering.wording import notice
from knowledge.answering.yesno import Lead
from knowledge.retrieval import terms_of
from knowledge.sources import DigestStatement

_ASKS = re.compile(
    r"^\W*(?:(?:so|and|but)\W+)?(?:does|did|do) (?:the )?EO (?P<number>\d{5})(?: itself)? "
    r"(?:ever |even |actually )?mention (?P<what>[^?]+?)(?: anywhere| at all)?\W*$",
    re.IGNORECASE,
)
_KIND = re.compile(r"\b(?:law enforcement|police|agenc\w+|departments?|officers?)\b", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|no|never|nothing|neither|nor|silent|without|none)\b", re.IGNORECASE)
_ASIDE = frozenset({"status", "contradiction", "unknown", "contact"})


def mention_lead(ask: Ask, as_of: date, library: Library) -> Lead | None:
    """A yes with the first provision of the order that speaks of what was asked about."""
    match = _ASKS.match(as_compared(ask.text))
    if match is None:
        return None
    what = match.group("what")
    wanted = frozenset(terms_of(_KIND.sub(" ", what))) or frozenset(terms_of(what))
    source = f"eo-{match.group('number')}"
    held = library.knowledge.statements.values()
    for statement in sorted(held, key=lambda item: "§" not in item.section):
        if (
            statement.source == source
            and wanted
            and _speaks(statement, wanted, library)
            and holds_on(statement, as_of, library.knowledge, frozenset([source]))
        ):
            section = library.knowledge.sections[statement.section]
            return Lead(notice("mentions", pinpoint=section.pinpoint), statement, 1.0)
    return None


def _speaks(statement: DigestStatement, wanted: frozenset[str], library: Library) -> bool:
    if statement.kind in _ASIDE or _DENIES.search(statement.text):
        return False
    official = library.official.get(statement.section)
    return wanted <= frozenset(terms_of(statement.text)) and (
        official is None or wanted <= frozenset(terms_of(official.text))
    )
