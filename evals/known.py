"""The misses that are known: a case of the open split that is missed anew is a regression.

`known_misses.toml` is written by `evals accept` and read by the gate. It shrinks as cases are won;
a line that is added shows in the diff what a change costs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.scores import OURS, Score
from evals.store import Run
from knowledge.errors import KnowledgeError

FILE = Path(__file__).parent / "data" / "known_misses.toml"
SPLIT = "dev"  # nobody is to look at single misses of the frozen split
_HEAD = """\
# Cases of the open split that we miss and know of. Written by `python -m evals accept`; the gate
# names every miss that is not here. The frozen split is held to its thresholds only.

"""


def load_known(path: Path = FILE) -> Mapping[str, frozenset[str]]:
    """Known misses by set. Raises: `KnowledgeError` when a value is not a list of ids."""
    if not path.is_file():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for name, ids in table.items():
        if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
            raise KnowledgeError(f"{path.name}: {name} is not a list of case ids.")
    return {name: frozenset(ids) for name, ids in table.items()}


def new_misses(run: Run, known: Mapping[str, frozenset[str]]) -> tuple[Score, ...]:
    """Our misses on the open split that are not known."""
    return tuple(s for s in _missed(run) if s.case not in known.get(s.set, frozenset()))


def won_cases(run: Run, known: Mapping[str, frozenset[str]]) -> list[str]:
    """Known misses that the run got right: their lines can go."""
    right = {(s.set, s.case) for s in run.scores if s.system == OURS and s.right}
    return [
        f"{name} {id}" for name, ids in known.items() for id in sorted(ids) if (name, id) in right
    ]


def save_known(run: Run, path: Path = FILE) -> int:
    """The misses of the run are the known ones now, for every set that it measured; how many."""
    measured = {key[1] for key in run.figures if key[0] == OURS and key[2] == SPLIT}
    kept = {name: set(ids) for name, ids in load_known(path).items() if name not in measured}
    for score in _missed(run):
        kept.setdefault(score.set, set()).add(score.case)
    lines = [f"{name} = [\n{_listed(sorted(ids))}]\n" for name, ids in sorted(kept.items())]
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")
    return sum(len(ids) for ids in kept.values())


def _missed(run: Run) -> Sequence[Score]:
    return [s for s in run.scores if s.system == OURS and s.split == SPLIT and not s.right]


def _listed(ids: Sequence[str]) -> str:
    return "".join(f'  "{id}",\n' for id in ids)
