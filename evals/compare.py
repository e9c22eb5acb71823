"""Two runs side by side: which cases were gained, which were lost, which figures moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evals.scores import Score
from evals.store import Key, Run

Case = tuple[str, str, str, str]
"""(system, set, split, case)"""


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is not what it was."""

    key: Key
    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """From run A to run B. `changed` cases are missed in both, but not in the same way."""

    gained: tuple[Score, ...]
    lost: tuple[Score, ...]
    changed: tuple[Score, ...]
    added: tuple[Score, ...]
    removed: tuple[Score, ...]
    moved: tuple[Moved, ...]


def compare_runs(before: Run, after: Run, *, system: str) -> Comparison:
    """What one system gained and lost. The scores shown are those of `after`, where it has them."""
    old, new = _by_case(before, system), _by_case(after, system)
    both = [(old[key], score) for key, score in new.items() if key in old]
    return Comparison(
        gained=tuple(b for a, b in both if b.right and not a.right),
        lost=tuple(b for a, b in both if a.right and not b.right),
        changed=tuple(b for a, b in both if not a.right and not b.right and _differs(a, b)),
        added=tuple(score for key, score in new.items() if key not in old),
        removed=tuple(score for key, score in old.items() if key not in new),
        moved=tuple(_moved(before, after, system)),
    )


def _by_case(run: Run, system: str) -> Mapping[Case, Score]:
    return {(s.system, s.set, s.split, s.case): s for s in run.scores if s.system == system}


def _differs(before: Score, after: Score) -> bool:
    return (before.outcome, before.got) != (after.outcome, after.got)


def _moved(before: Run, after: Run, system: str) -> Iterator[Moved]:
    for key, table in after.figures.items():
        if key[0] != system or key not in before.figures:
            continue
        for name, figure in table.items():
            old = before.figures[key].get(name)
            if old is not None and not name.endswith("_ms") and old.value != figure.value:
                yield Moved(key, name, old.value, figure.value)
