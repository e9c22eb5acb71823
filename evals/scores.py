"""What judging one case yields. A scorer judges and explains; metrics count what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

OURS = "ours"


class Outcome(StrEnum):
    """How a case ended. Declining is not wrong by itself: it has two names of its own."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    FALSE_ABSTENTION = "false_abstention"
    MISSED_ABSTENTION = "missed_abstention"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A scorer's view of one result.

    `marks` are named parts, 0 to 1 or a count; a part that a case does not test is left out, so
    that it does not enter a mean. `labels` are (expected, got) of each thing with a class.
    """

    outcome: Outcome
    expected: str
    got: str
    why: str
    marks: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """A judgement with what it belongs to. `seconds` is the engine's own time."""

    system: str
    set: str
    split: str
    case: str
    kind: str
    hard: bool
    seconds: float
    outcome: Outcome
    expected: str
    got: str
    why: str
    marks: Mapping[str, float]
    labels: Mapping[str, tuple[str, str]]
    confidence: float

    @property
    def right(self) -> bool:
        """Whether nothing was amiss."""
        return self.outcome is Outcome.RIGHT


def score_record(score: Score) -> dict[str, Any]:
    """The score as plain values."""
    record = asdict(score)
    record["outcome"] = str(score.outcome)
    return record


def read_score(record: Mapping[str, Any]) -> Score:
    """A score from its plain values."""
    labels = {key: (str(want), str(got)) for key, (want, got) in record["labels"].items()}
    fields = {**record, "outcome": Outcome(record["outcome"]), "labels": labels}
    return Score(**fields)
