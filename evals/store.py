"""Keep runs: one JSON file each, with the release, the settings and the versions it was made by."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from evals.figures import Figures, figures_of
from evals.metrics.intervals import Interval
from evals.scores import Score, read_score, score_record
from knowledge.errors import InputError

FORMAT = 1  # raised when the layout of a stored run changes
_PACKAGES = ("safepolicing", "chromadb", "langchain", "langchain-chroma", "onnxruntime", "torch")
Key = tuple[str, str, str]
"""(system, set, split)"""


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement. `id` sorts by time; `made` is UTC; `seconds` is the whole of it.

    `notes` are for the reader: what was left out and why. `usage` is what a language model used.
    """

    id: str
    made: str
    seconds: float
    release: str
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    scores: tuple[Score, ...]
    figures: Mapping[Key, Figures]
    notes: tuple[str, ...] = ()
    usage: Mapping[str, Any] = field(default_factory=dict)


def make_run(
    scores: Sequence[Score],
    *,
    release: str,
    settings: Mapping[str, Any],
    seconds: float,
    notes: Sequence[str] = (),
    usage: Mapping[str, Any] | None = None,
) -> Run:
    """A run of these scores, with every figure computed."""
    now = datetime.now(UTC)
    return Run(
        id=f"{now:%Y%m%dT%H%M%S%fZ}-{release}",
        made=now.isoformat(timespec="seconds"),
        seconds=round(seconds, 2),
        release=release,
        settings=dict(settings),
        versions=versions(),
        scores=tuple(scores),
        figures=all_figures(scores),
        notes=tuple(notes),
        usage=dict(usage or {}),
    )


def all_figures(scores: Iterable[Score]) -> dict[Key, Figures]:
    """Every figure of every system, set and split that has scores."""
    groups: dict[Key, list[Score]] = {}
    for score in scores:
        groups.setdefault((score.system, score.set, score.split), []).append(score)
    return {key: figures_of(key[1], group) for key, group in groups.items()}


def versions() -> dict[str, str]:
    """Python, the system, and the packages that a figure may depend on."""
    found = {"python": platform.python_version(), "system": platform.system()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "absent"
    return found


def save_run(run: Run, folder: Path) -> Path:
    """The run is in `folder` under its id; the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.id}.json"
    path.write_text(json.dumps(run_record(run), ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def run_record(run: Run) -> dict[str, Any]:
    """The run as plain values."""
    plain = {
        name: getattr(run, name)
        for name in ("id", "made", "seconds", "release", "settings", "versions", "notes", "usage")
    }
    figures = [
        {"system": system, "set": set_name, "split": split, "figure": name, **_whole(figure)}
        for (system, set_name, split), table in run.figures.items()
        for name, figure in table.items()
    ]
    scores = [score_record(score) for score in run.scores]
    return {"format": FORMAT, **plain, "figures": figures, "scores": scores}


def load_run(path: Path) -> Run:
    """A stored run. Raises: `InputError` when the file is not one."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["format"] != FORMAT:
            raise InputError(f"{path.name} was stored by another version; run the evals again.")
        scores = tuple(read_score(record) for record in table["scores"])
        return Run(
            table["id"], table["made"], table["seconds"], table["release"], table["settings"],
            table["versions"], scores, all_figures(scores), tuple(table["notes"]), table["usage"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a stored run; name one that `evals run` wrote.") from error


def stored_runs(folder: Path) -> list[Path]:
    """The files of the runs in `folder`, oldest first."""
    return sorted(folder.glob("*.json")) if folder.is_dir() else []


def find_run(name: str, folder: Path) -> Path:
    """The file of a run named by its path, the start of its id, "last" or "previous".

    Raises: `InputError` when no run or more than one is meant.
    """
    if Path(name).is_file():
        return Path(name)
    runs = stored_runs(folder)
    place = {"last": -1, "previous": -2}.get(name)
    if place is not None and len(runs) >= -place:
        return runs[place]
    found = [path for path in runs if path.name.startswith(name)]
    if len(found) != 1:
        known = ", ".join(path.stem for path in runs[-3:]) or "none yet"
        raise InputError(f"{name!r} names {len(found)} stored runs; the latest are: {known}.")
    return found[0]


def _whole(figure: Interval) -> dict[str, Any]:
    return {
        key: None if isinstance(value, float) and math.isnan(value) else value
        for key, value in asdict(figure).items()
    }
