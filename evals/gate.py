"""Hold a run to its thresholds, and name the cases that are responsible when it falls short."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.figures import label_of, responsible
from evals.known import load_known, new_misses, won_cases
from evals.scores import OURS, Score
from evals.store import Run
from knowledge.errors import KnowledgeError

THRESHOLDS = Path(__file__).parent / "thresholds.toml"
_KEYS = {"set", "split", "figure", "at_most", "at_least"}


@dataclass(frozen=True, slots=True)
class Limit:
    """What one figure of ours must reach; `split` None means each split."""

    set: str
    figure: str
    split: str | None = None
    at_most: float = math.inf
    at_least: float = -math.inf

    def holds(self, value: float) -> bool:
        """Whether `value` is within the limit."""
        return self.at_least <= value <= self.at_most


@dataclass(frozen=True, slots=True)
class Breach:
    """A figure that does not hold, with the scores that pull it there."""

    limit: Limit
    split: str
    value: float
    cases: tuple[Score, ...]

    @property
    def sentence(self) -> str:
        """What is wrong, for people."""
        wanted = (
            f"at most {self.limit.at_most:g}"
            if math.isfinite(self.limit.at_most)
            else f"at least {self.limit.at_least:g}"
        )
        name = label_of(self.limit.set, self.limit.figure)
        return f"{self.limit.set}, {self.split}: {name} is {self.value:.4g}, must be {wanted}"


def load_limits(path: Path = THRESHOLDS) -> tuple[Limit, ...]:
    """The thresholds of a file. Raises: `KnowledgeError` naming the slip."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(table) - {"limit"}
    if unknown:
        raise KnowledgeError(f"{path.name}: unknown table {min(unknown)!r}.")
    return tuple(_limit(path, entry) for entry in table.get("limit", ()))


def breaches(run: Run, limits: Sequence[Limit]) -> tuple[Breach, ...]:
    """Every limit that does not hold. A figure that the run did not measure breaks none."""
    found = (
        _breach(run, limit, key[2])
        for limit in limits
        for key in run.figures
        if key[:2] == (OURS, limit.set) and limit.split in (None, key[2])
    )
    return tuple(breach for breach in found if breach is not None)


@dataclass(frozen=True, slots=True)
class GateResult:
    """Whether a release may go out: what is below its threshold, and what is missed anew."""

    breaches: tuple[Breach, ...]
    missed_anew: tuple[Score, ...]
    won: tuple[str, ...] = ()

    @property
    def passes(self) -> bool:
        """Whether nothing got worse."""
        return not self.breaches and not self.missed_anew


def judge_run(
    run: Run,
    *,
    limits: Sequence[Limit] | None = None,
    known: Mapping[str, frozenset[str]] | None = None,
) -> GateResult:
    """The run held to the thresholds and to the known misses that ship, or to those given."""
    held = load_limits() if limits is None else limits
    misses = load_known() if known is None else known
    return GateResult(breaches(run, held), new_misses(run, misses), tuple(won_cases(run, misses)))


def _breach(run: Run, limit: Limit, split: str) -> Breach | None:
    figure = run.figures[OURS, limit.set, split].get(limit.figure)
    if figure is None or limit.holds(figure.value):
        return None
    scores = [s for s in run.scores if (s.system, s.set, s.split) == (OURS, limit.set, split)]
    return Breach(limit, split, figure.value, responsible(limit.set, limit.figure, scores))


def _limit(path: Path, entry: Mapping[str, Any]) -> Limit:
    unknown = set(entry) - _KEYS
    if unknown:
        raise KnowledgeError(f"{path.name}: unknown key {min(unknown)!r} in a limit.")
    if not {"set", "figure"} <= set(entry) or not {"at_most", "at_least"} & set(entry):
        raise KnowledgeError(f"{path.name}: a limit needs set, figure and at_most or at_least.")
    return Limit(**entry)
