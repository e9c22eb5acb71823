"""The only place where statements are made: a claim lives if its quotes stand where they say.

Whoever wrote the draft, a rule or a language model, it passes here.
"""

from __future__ import annotations

from datetime import date

from knowledge.answering.draft import Claim, Draft, Quote
from knowledge.answering.library import Library
from knowledge.sources import status_on
from knowledge.types import Citation, OwnText, Statement, Status


def verify(draft: Draft, library: Library, as_of: date) -> tuple[Statement, ...]:
    """The statements of the claims whose every quote stands word for word in its section."""
    made = (_statement(claim, library, as_of) for claim in draft)
    return tuple(statement for statement in made if statement is not None)


def _statement(claim: Claim, library: Library, as_of: date) -> Statement | None:
    citations = [citation(quote, library, as_of) for quote in claim.quotes]
    if not claim.text.strip() or not citations or None in citations:
        return None
    return Statement(claim.text, tuple(item for item in citations if item is not None))


def citation(quote: Quote, library: Library, as_of: date) -> Citation | None:
    """The citation of `quote`, or nothing when its words do not stand in its section."""
    section = library.section(quote.section)
    if section is None or not quote.words.strip() or quote.words not in section.text:
        return None
    source = library.knowledge.sources[section.source]
    return Citation(
        source=source.id,
        title=source.title,
        date=source.issued.isoformat(),
        pinpoint=section.pinpoint,
        quote=quote.words,
        url=section.url,
        text_kind=section.text_kind,
        status=status_on(source, as_of).status,
    )


def own_statement(text: str, words: str, own: OwnText) -> Statement | None:
    """A statement of a workspace's own words, or nothing when they do not stand in its section."""
    section = own.section
    if not words.strip() or words not in section.text or words not in text:
        return None
    cited = Citation(
        source=section.source,
        title=own.title,
        date=section.seen_on.isoformat(),
        pinpoint=section.pinpoint,
        quote=words,
        url=None,
        text_kind=section.text_kind,
        status=Status.UNKNOWN,
    )
    return Statement(text, (cited,))
