"""Ways of asking, read as the knowledge base puts them: "would we be refused without X" asks
whether X is required.

The frames are data. A frame fits the whole question or not at all, and one that turns the question
round says so, so that a yes is never taken for a no.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeError

_FILE = Path(__file__).parents[1] / "data" / "answering" / "frames.toml"
_AROUND = re.compile(
    r"^(?:having |an? |the |our )+|\s+(?:polic(?:y|ies)|rules?|clauses?|sections?|provisions?)$",
    re.IGNORECASE,
)
_NOT_ALONE = frozenset({"written", "use of force", "use-of-force", "our", "the"})
_KEYS = {"pattern", "reads", "inverts", "exact", "premise", "examples"}


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern for a whole question and the words that it is looked up as."""

    pattern: re.Pattern[str]
    reads: str
    inverts: bool
    exact: bool
    premise: bool
    examples: tuple[tuple[str, str], ...]

    def read(self, text: str) -> str | None:
        """What `text` is looked up as, or nothing where the frame does not fit."""
        match = self.pattern.match(text)
        if match is None:
            return None
        parts = {key: _bare(value or "") for key, value in match.groupdict().items()}
        return self.reads.format(**parts)


def _bare(part: str) -> str:
    """A part without its article and without "policy" or "rule" after it."""
    words = part.strip(" ?.!")
    bare = _AROUND.sub("", words)
    return bare if bare and bare.casefold() not in _NOT_ALONE else words


@dataclass(frozen=True, slots=True)
class Framed:
    """A question as it is looked up; `inverts` where a yes to it is a no to what was asked.

    `exact` where its numbers are meant as printed, `premise` where it is what was taken for
    granted.
    """

    text: str
    inverts: bool = False
    exact: bool = False
    premise: bool = False


def framed(text: str) -> Framed | None:
    """`text` as the first frame that fits reads it; nothing where none does."""
    for frame in load_frames():
        read = frame.read(text)
        if read is not None:
            return Framed(read, frame.inverts, frame.exact, frame.premise)
    return None


@lru_cache(maxsize=1)
def load_frames(path: Path = _FILE) -> tuple[Frame, ...]:
    """Every frame in its order. Raises `KnowledgeError` naming the slip."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        return tuple(_frame(entry) for entry in table["frame"])
    except (KeyError, ValueError, re.error) as error:
        raise KnowledgeError(f"{path.name}: {error}") from error


def _frame(entry: dict) -> Frame:  # type: ignore[type-arg]
    unknown = sorted(set(entry) - _KEYS)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    return Frame(
        re.compile(entry["pattern"], re.IGNORECASE | re.DOTALL),
        entry["reads"],
        bool(entry.get("inverts", False)),
        bool(entry.get("exact", False)),
        bool(entry.get("premise", False)),
        tuple((asked, read) for asked, read in entry["examples"]),
    )
