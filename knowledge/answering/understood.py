"""Whether every word of a question is understood by a claim, and a claim says nothing unasked.

A true claim may say a little more than was asked, never less; a false one may say less, never more:
that "every notice requires it" is false says nothing of one notice. What counts as small talk, as
the subject that is taken for granted, and as the same word is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering.axes import axes, polarity
from knowledge.answering.conversation import Ask
from knowledge.answering.figures import figures_in, without_figures
from knowledge.answering.roles import without_acts
from knowledge.retrieval import Retriever, terms_of
from knowledge.retrieval.terms import stem
from knowledge.sources import DigestClaim, DigestStatement

NOT = re.compile(
    r"\b(?:not|no(?![-\u2011 ]knock)|never|without|neither|nor|cannot|none)\b|n't\b", re.IGNORECASE
)
_MENTION = "mention"
_PUT_IN = 0.36  # share of a true claim's weight that the question need not have


@dataclass(frozen=True, slots=True)
class _Words:
    neutral: frozenset[str]
    assumed: frozenset[str]
    weighty: frozenset[str]
    same: Mapping[str, str]
    alike: tuple[tuple[re.Pattern[str], str], ...]

    def put_alike(self, text: str) -> str:
        """`text` with phrases that say the same put in the same words."""
        for cue, reads in self.alike:
            text = cue.sub(reads, text)
        return text

    def one_of_each(self, text: str) -> frozenset[str]:
        """The terms of `text`, words that say the same as one, numbers of orders left out."""
        found = (self.same.get(term, term) for term in terms_of(without_figures(text)))
        return frozenset(t for t in found if not t.isdigit() and not t.startswith("_eo"))


@lru_cache(maxsize=4096)
def as_compared(text: str) -> str:
    """`text` as it is compared."""
    return _words().put_alike(text.replace("\u2019", "'"))


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = polarity()
    same = {
        term: group[0]
        for group in ([_term(word) for word in each["words"]] for each in table["same"])
        for term in group
    }
    said = {name: table[name]["words"].split() for name in ("neutral", "assumed", "weighty")}
    read = {
        name: frozenset(same.get(term, term) for term in map(_term, words))
        for name, words in said.items()
    }
    alike = tuple((re.compile(e["cue"], re.IGNORECASE), e["reads"]) for e in table["alike"])
    return _Words(**read, same=same, alike=alike)


def _term(word: str) -> str:
    return word if word.startswith("_") else (terms_of(word) or [stem(word)])[0]


def words_agree(
    ask: Ask,
    claim: DigestClaim,
    statement: DigestStatement,
    retriever: Retriever,
    *,
    exchanged: bool,
) -> bool:
    """Whether every word of the question is the claim's, its statement's, or small talk; and
    whether a claim that is false, or of which one value is `exchanged`, says nothing unasked."""
    asked = as_compared(ask.text)
    new = as_compared(ask.new) if ask.new != ask.text else asked
    terms_new = _words().one_of_each(_bare(new, claim.says)[0])
    asked, says = _bare(asked, claim.says)
    words = _words()
    terms, claimed = words.one_of_each(asked), words.one_of_each(says)
    around = claimed | words.one_of_each(statement.text)
    known = claimed if exchanged else around
    taken = words.assumed if claimed & words.assumed else frozenset()
    if _tells_of(claim):  # what an order does, it mentions
        taken |= {_MENTION}
    if (terms & terms_new) - known - words.neutral - taken or not (
        terms & claimed or _shares_order(asked, says)
    ):
        return False
    unasked = claimed - terms - words.neutral - words.assumed
    if not claim.holds or exchanged or NOT.search(claim.says):
        return not unasked
    if unasked & words.weighty:
        return False
    return _share(unasked, claimed, retriever) <= _PUT_IN


def _tells_of(claim: DigestClaim) -> bool:
    """Whether a claim tells what an order does."""
    return (
        claim.holds and not NOT.search(claim.says) and bool(re.match(r"\W*EO \d{5}\b", claim.says))
    )


def _shares_order(asked: str, says: str) -> bool:
    return bool(figures_in(asked).orders & figures_in(says).orders)


def _bare(asked: str, says: str) -> tuple[str, str]:
    """Both without what they were found to agree on: acts, and words that lean alike."""
    asked, says = without_acts(asked, says)
    for axis in axes():
        if not axis.keeps and axis.side(asked) and axis.side(says):
            asked, says = axis.without(asked), axis.without(says)
    return asked, says


def _share(terms: frozenset[str], whole: frozenset[str], retriever: Retriever) -> float:
    """The share of the weight of `whole` that `terms` have, 0 to 1."""
    return retriever.weigh(terms) / (retriever.weigh(whole) or 1.0)
