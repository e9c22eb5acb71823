"""What became of one ask of a message, before all of them are put together."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answering.conversation import Ask
from knowledge.answering.draft import Claim, Draft
from knowledge.types import Abstention


@dataclass(frozen=True, slots=True)
class Part:
    """What one ask came to: a draft, or an abstention, or both. `drafted` by a model or not."""

    ask: Ask
    draft: Draft
    abstention: Abstention | None = None
    score: float = 0.0
    drafted: bool = False
    notes: tuple[str, ...] = ()


def said_of(claim: Claim) -> tuple[object, str]:
    """What makes two claims the same: the quotes, and the words after an opening."""
    return claim.quotes, claim.text.rpartition(": ")[2]
