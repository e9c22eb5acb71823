"""The extractive writer: digest statements as they stand, beside the issuer's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from knowledge.answering.draft import Claim, Draft, Quote
from knowledge.answering.hold_up import gives_orders
from knowledge.answering.library import Library
from knowledge.retrieval import terms_of
from knowledge.sources import DigestStatement

_Sentences = tuple[tuple[str, frozenset[str]], ...]  # each sentence with its terms
_LONGEST = 400  # characters of an official quote
_ENOUGH = 0.2  # overlap of terms under which an official sentence bears nothing out


def plain_draft(
    statements: Iterable[DigestStatement], library: Library, *, lead: str | None = None
) -> Draft:
    """Each statement as a claim with the official words held at its pinpoint; `lead` opens it."""
    claims = [Claim(item.text, _quotes(item, library)) for item in statements]
    if claims and lead:
        claims[0] = Claim(f"{lead}: {claims[0].text}", claims[0].quotes)
    return tuple(claims)


def status_claim(lines: Sequence[DigestStatement], library: Library) -> Claim:
    """One status line for the answer, citing every text that ended something."""
    quotes = tuple(quote for line in lines for quote in _quotes(line, library))
    return Claim(" ".join(line.text for line in lines), quotes)


def _quotes(statement: DigestStatement, library: Library) -> tuple[Quote, ...]:
    digest = Quote(statement.section, statement.text)
    official = library.official.get(statement.section)
    if official is None:
        return (digest,)
    words = official_words(statement.text, official.text, library)
    return (digest, Quote(official.id, words)) if words else (digest,)


def official_words(wanted: str, text: str, library: Library) -> str | None:
    """The sentence of `text` that comes nearest to `wanted`, verbatim; nothing if none is near."""
    return _nearest(wanted, _sentences(text), library)


def own_words(wanted: str, text: str, library: Library) -> str | None:
    """As `official_words`, for an agency's own text, of which nothing is kept."""
    return _nearest(wanted, _split(text), library)


def _nearest(wanted: str, sentences: _Sentences, library: Library) -> str | None:
    terms = frozenset(terms_of(wanted))
    best, best_score = None, _ENOUGH
    for words, held in sentences:
        score = library.retriever.overlap(terms, held)
        if score > best_score and len(words) <= _LONGEST and not gives_orders(words):
            best, best_score = words, score
    return best


@lru_cache(maxsize=512)
def _sentences(text: str) -> _Sentences:
    """The sentences of an official section, kept from one answer to the next."""
    return _split(text)


def _split(text: str) -> _Sentences:
    parts = re.finditer(r"[^.;]+(?:[.;](?=\s|$)|$|[.;])", text)
    words = [part.group(0).strip() for part in parts]
    return tuple((each, frozenset(terms_of(each))) for each in words)
