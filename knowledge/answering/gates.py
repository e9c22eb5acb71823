"""Questions that are declined before anything is looked up: the cues are data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.types import Abstention, AbstentionKind

_FILE = Path(__file__).parents[1] / "data" / "answering" / "gates.toml"
_KEYS = {"whole", "kind", "cues", "unless", "message", "text", "choices", "examples", "passes"}


@dataclass(frozen=True, slots=True)
class Gate:
    """One way in which a question is declined. `text` asks for the statements that go with it:
    a query, "same" for the question itself, or nothing. `whole`: what the message tells beside the
    question is looked at too, as a case is told in one sentence and asked about in the next."""

    abstention: Abstention
    cues: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    text: str | None
    examples: tuple[str, ...]
    passes: tuple[str, ...]
    whole: bool = False

    def catches(self, question: str) -> bool:
        """Whether a cue stands in `question` and no counter-cue does."""
        return any(cue.search(question) for cue in self.cues) and not any(
            cue.search(question) for cue in self.unless
        )


def gate_for(question: str, told: str = "") -> Gate | None:
    """The first gate that catches `question`, or it together with what was `told` beside it."""
    plain = question.replace("\u2019", "'")
    whole = f"{told} {plain}".replace("\u2019", "'").strip()
    return next(
        (gate for gate in load_gates() if gate.catches(whole if gate.whole else plain)), None
    )


@lru_cache(maxsize=1)
def load_gates(path: Path = _FILE) -> tuple[Gate, ...]:
    """Every gate in its order. Raises `KnowledgeError` naming the slip."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return tuple(_gate(entry) for entry in table["gate"])
    except (KeyError, ValueError, re.error) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error


def _gate(entry: dict) -> Gate:  # type: ignore[type-arg]
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    kind = AbstentionKind(entry["kind"])
    return Gate(
        Abstention(kind, entry["message"], tuple(entry.get("choices", ()))),
        _patterns(entry["cues"]),
        _patterns(entry.get("unless", ())),
        entry.get("text"),
        tuple(entry["examples"]),
        tuple(entry["passes"]),
        bool(entry.get("whole", False)),
    )


def _patterns(cues: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cue, re.IGNORECASE | re.DOTALL) for cue in cues)
