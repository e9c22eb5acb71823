"""One line of the report's table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.batch.judge import Judged
from bot.batch.manuals import Manual
from knowledge.types import Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """A manual and what the table says of it. `trouble` is why there is no review.

    `verdicts` has every standard when there is a review; `same_as` names the manual of the same
    content that stands before this one.
    """

    manual: Manual
    key: str = ""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    mandatory: tuple[str, ...] = ()
    pages: int | None = None
    parts: tuple[dict[str, Any], ...] = ()
    problems: tuple[str, ...] = ()
    trouble: str = ""
    same_as: str = ""

    @classmethod
    def of(cls, manual: Manual, key: str, judged: Judged) -> Row:
        """The row of a manual that was judged, or that could not be read."""
        if judged.review is None:
            return cls(manual, key, trouble=" ".join(judged.problems))
        findings = judged.review["findings"]
        return cls(
            manual,
            key,
            {finding["standard"]: Verdict(finding["verdict"]) for finding in findings},
            tuple(finding["standard"] for finding in findings if finding["mandatory"]),
            judged.pages,
            judged.parts,
            judged.problems,
        )

    @property
    def principles(self) -> tuple[int, int]:
        """How many discretionary principles the manual addresses, and how many there are."""
        told = [value for name, value in self.verdicts.items() if name not in self.mandatory]
        return sum(1 for value in told if value is not Verdict.NOT_ADDRESSED), len(told)
