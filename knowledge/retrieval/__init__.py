"""From words to the passages that speak of them: lexical, dense, fused, re-ranked."""

from knowledge.retrieval.find import Found, Retriever, searched
from knowledge.retrieval.fuse import rank
from knowledge.retrieval.lexical import Lexicon, Wording
from knowledge.retrieval.passages import PassageRanker, PassageScores
from knowledge.retrieval.terms import Vocabulary, everyday_terms, load_vocabulary, terms_of

__all__ = [
    "Found",
    "Lexicon",
    "PassageRanker",
    "PassageScores",
    "Retriever",
    "Vocabulary",
    "Wording",
    "everyday_terms",
    "load_vocabulary",
    "rank",
    "searched",
    "terms_of",
]
