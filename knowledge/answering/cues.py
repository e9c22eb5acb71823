"""Cues of the data files: patterns that stand in a question or do not."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_cue(cues: Iterable[str], text: str) -> bool:
    """Whether one of the patterns stands in `text`, without regard to case."""
    return any(re.search(cue, text, re.IGNORECASE) for cue in cues)
