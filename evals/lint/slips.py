"""A slip of a gold set, and the list of those that are accepted, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

EXCEPTIONS = Path(__file__).parents[1] / "data" / "lint_exceptions.toml"
RULES = ("shape", "duplicate", "split-leak", "knowledge-leak", "balance")


@dataclass(frozen=True, slots=True)
class Slip:
    """What breaks `rule`. `subject` names it for the list of exceptions."""

    rule: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Subjects for which a rule is waived, and why."""

    rule: str
    subjects: frozenset[str]
    reason: str

    def covers(self, slip: Slip) -> bool:
        """Whether the slip is one of these."""
        return slip.rule == self.rule and slip.subject in self.subjects


def load_accepted(path: Path = EXCEPTIONS) -> tuple[Accepted, ...]:
    """The exceptions of a file. Raises: `KnowledgeError` naming the slip."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    made = []
    for entry in table.get("exception", ()):
        unknown = set(entry) - {"rule", "subjects", "reason"}
        if unknown or entry.get("rule") not in RULES or not entry.get("reason", "").strip():
            named = min(unknown, default=f"rule {entry.get('rule')!r} or its reason")
            raise KnowledgeError(f"{path.name}: an exception cannot be read: {named}.")
        made.append(Accepted(entry["rule"], frozenset(entry["subjects"]), entry["reason"]))
    return tuple(made)


def sifted(
    slips: Sequence[Slip], accepted: Sequence[Accepted]
) -> tuple[list[Slip], list[Slip], list[str]]:
    """The slips that stand, those that are accepted, and the exceptions that nothing needs."""
    waived = [slip for slip in slips if any(item.covers(slip) for item in accepted)]
    standing = [slip for slip in slips if slip not in waived]
    used = {(slip.rule, slip.subject) for slip in waived}
    idle = [
        f"{item.rule}: {subject}"
        for item in accepted
        for subject in sorted(item.subjects)
        if (item.rule, subject) not in used
    ]
    return standing, waived, idle
