"""Citation precision and recall after ALCE (Gao and others, 2023), with a deterministic matcher.

ALCE asks an entailment model whether the cited passages support a statement. Ours is stricter in
what it can see and blind to paraphrase: most content words, every number and a negation have to
stand in the quotes. A statement is recalled when its quotes together support it; a citation is
precise when its statement is recalled and the citation is not superfluous, that is, it supports
the statement alone or the others do not without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from knowledge.types import Statement

ENOUGH = 0.8  # share of a statement's content words that its quotes must hold
_LEAD = re.compile(r"^(?:yes|no|not)\b[^:.]{0,60}:\s+", re.IGNORECASE)
_NEGATION = frozenset(
    {"not", "no", "never", "none", "nor", "neither", "without", "cannot", "n't", "nothing"}
)
_SILENT = re.compile(
    r"an?|the|of|in|on|at|to|for|and|or|by|with|as|is|are|was|were|be|been|being|its?|this|that"
    r"|these|those|which|who|whose|has|have|had|do|does|did|from|under|into|than|then|there|their"
    r"|his|her|they|them|he|she|we|our|you|your|i|may|can|will|shall|would|should"
)


def support_marks(statements: Sequence[Statement]) -> dict[str, float]:
    """Citation recall over statements and precision over citations; empty without statements."""
    if not statements:
        return {}
    recalled = [float(supported(item.text, _quotes(item))) for item in statements]
    precise = [mark for item in statements for mark in precision_of(item.text, _quotes(item))]
    marks = {"citation_recall": sum(recalled) / len(recalled)}
    return marks | {"citation_precision": sum(precise) / len(precise) if precise else 0.0}


def supported(text: str, quotes: Sequence[str]) -> bool:
    """Whether the quotes together bear `text` out."""
    wanted, held = _tokens(_LEAD.sub("", text)), _tokens(" ".join(quotes))
    content = wanted - _NEGATION
    numbers = {token for token in content if token[0].isdigit()}
    if not content or not numbers <= held:
        return False
    if wanted & _NEGATION and not held & _NEGATION:
        return False
    return len(content & held) / len(content) >= ENOUGH


def precision_of(text: str, quotes: Sequence[str]) -> list[float]:
    """1 for each quote that is not superfluous to `text`, 0 for each that is."""
    whole = supported(text, quotes)
    return [float(whole and _needed(text, quotes, number)) for number in range(len(quotes))]


def _needed(text: str, quotes: Sequence[str], number: int) -> bool:
    others = [quote for other, quote in enumerate(quotes) if other != number]
    return supported(text, [quotes[number]]) or not supported(text, others)


def _quotes(statement: Statement) -> list[str]:
    return [citation.quote for citation in statement.citations]


def _tokens(text: str) -> frozenset[str]:
    folded = text.replace("\u2019", "'").casefold()
    words = re.findall(r"\d+(?:[.,:]\d+)*|n't|[^\W\d_]+", re.sub(r"n't\b", " n't", folded))
    return frozenset(_stem(word) for word in words if not _SILENT.fullmatch(word))


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word)) if word.isalpha() else word
