"""One order out of two: words that match exactly, and meanings that lie near.

Each score is measured in its own spread over the query's candidates, then mixed. The mix was
chosen on the development half of ObliQA, see `docs/decisions/0004-retrieval.md`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEXICAL_SHARE = 0.4
Scores = NDArray[np.float32]


def rank(lexical: Scores, dense: Scores, *, share: float = LEXICAL_SHARE) -> Scores:
    """Fused scores, shape (rows,); only their order means something."""
    return (share * _spread(lexical) + (1 - share) * _spread(dense)).astype(np.float32)


def _spread(scores: Scores) -> Scores:
    """Distance from the mean in standard deviations; all zero when nothing differs."""
    deviation = float(scores.std()) if scores.size else 0.0
    if deviation < 1e-9:
        return np.zeros_like(scores)
    spread: Scores = (scores - scores.mean()) / deviation
    return spread
