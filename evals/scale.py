"""How far more workers carry a review of many manuals: `python -m evals.scale`.

    python -m evals.manuals --out DIR --count 300 --pages 5 400
    python -m evals.scale --manuals DIR --out RUNS

Each engine reviews the same folder in a process of its own, one after the other. Then a run is
killed with SIGKILL when a third of the manuals is kept, and the same command is given again. Every
report must have the same bytes as the first one, and every mandatory verdict must be the one that
the manual was made for.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import AdvisorError, InputError

ENGINES = {
    "one": ("--engine", "one"),
    "cores": ("--engine", "cores", "--workers", "2"),
    "ray": ("--engine", "ray"),
}
KILLED_WITH = "cores"
ROOT = Path(__file__).parents[1]  # the program that is measured is the one this file belongs to
PATIENCE = 4 * 3600.0  # seconds for one run
_NOTES = {".lock", "journal.jsonl"}  # the run's own; the journal is in the order of finishing


@dataclass(frozen=True, slots=True)
class Manuals:
    """A folder of generated manuals, with what a review of each must find."""

    folder: Path
    pages: int
    expected: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Run:
    """One review of all manuals: what it was called, its report, its wall time in seconds."""

    name: str
    report: Path
    seconds: float


def read_manuals(folder: Path) -> Manuals:
    """What `python -m evals.manuals` made. Raises: `InputError` when it did not."""
    try:
        lines = folder.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(
            f"{folder.with_suffix('.jsonl')} is missing; make the manuals with "
            f"python -m evals.manuals --out {folder}."
        ) from None
    told = [json.loads(line) for line in lines]
    return Manuals(
        folder, sum(one["pages"] for one in told), {one["file"]: one["expect"] for one in told}
    )


def review(manuals: Path, report: Path, options: Sequence[str]) -> Run:
    """The whole report, made by a process of its own. Raises: `AdvisorError` when it fails."""
    started = time.perf_counter()
    process = _start(manuals, report, options)
    try:
        _, told = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        _kill(process)
        raise AdvisorError(f"The review with {' '.join(options)} took too long.") from None
    if process.returncode:
        raise AdvisorError(f"The review with {' '.join(options)} failed: {told.decode()[-400:]}")
    return Run(options[1], report, time.perf_counter() - started)


def cut_off(manuals: Path, report: Path, options: Sequence[str], *, after: int) -> int:
    """A review is killed as soon as `after` manuals are kept; how many were.

    Raises: `AdvisorError` when it ended before.
    """
    process = _start(manuals, report, options)
    journal, until = report / "journal.jsonl", time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        kept = journal.read_bytes().count(b"\n") - 1 if journal.exists() else 0
        if kept >= after:
            _kill(process)
            return kept
        time.sleep(0.02)
    _kill(process)
    raise AdvisorError("The run ended before it could be killed.")


def differing(first: Path, second: Path) -> list[str]:
    """The files that only one report has, or whose bytes are not the same."""
    names = _files(first) | _files(second)
    return sorted(name for name in names if _bytes(first / name) != _bytes(second / name))


def wrong_verdicts(report: Path, manuals: Manuals) -> list[str]:
    """Each mandatory verdict in the report that is not the one the manual was made for."""
    said: dict[str, dict[str, str]] = {}
    for line in (report / "reviews.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        findings = (entry["review"] or {}).get("findings", ())
        said[entry["file"]] = {one["standard"]: one["verdict"] for one in findings}
    return [
        f"{file}: {standard} is {said.get(file, {}).get(standard)}, not {verdict}"
        for file, verdicts in manuals.expected.items()
        for standard, verdict in verdicts.items()
        if said.get(file, {}).get(standard) != verdict
    ]


def _start(manuals: Path, report: Path, options: Sequence[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "review", str(manuals), "--out", str(report), *options]
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process and all that it started are gone."""
    with suppress(ProcessLookupError):  # it ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _files(report: Path) -> set[str]:
    return {
        str(path.relative_to(report))
        for path in report.rglob("*")
        if path.is_file() and path.name not in _NOTES
    }


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _resumed(manuals: Manuals, out: Path) -> tuple[int, Run]:
    report, options = out / "killed", ENGINES[KILLED_WITH]
    kept = cut_off(manuals.folder, report, options, after=len(manuals.expected) // 3)
    return kept, review(manuals.folder, report, options)


def _line(run: Run, pages: int, first: Run) -> str:
    factor = first.seconds / run.seconds
    return f"{run.name:<8} {run.seconds:8.1f} {pages / run.seconds:9.1f} {factor:7.2f}"


def _told(name: str, report: Path, first: Path, manuals: Manuals) -> tuple[str, bool]:
    others, wrong = differing(first, report), wrong_verdicts(report, manuals)
    verdicts = sum(map(len, manuals.expected.values()))
    line = (
        f"{name}: {len(_files(report)) - len(others)} of {len(_files(first))} files have the same "
        f"bytes; {verdicts - len(wrong)} of {verdicts} verdicts as the manuals were made for"
    )
    return "\n".join([line, *others[:5], *wrong[:5]]), not others and not wrong


def _say(line: str) -> None:
    """At once, for a run takes minutes and the output may be a file."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; status 1 when two reports differ or a verdict is wrong."""
    parser = argparse.ArgumentParser(prog="python -m evals.scale", description=__doc__)
    parser.add_argument("--manuals", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="RUNS", help="an empty folder")
    parser.add_argument("--engines", nargs="+", choices=tuple(ENGINES), default=tuple(ENGINES))
    chosen = parser.parse_args(arguments)
    manuals = read_manuals(chosen.manuals)
    _say(f"{len(manuals.expected)} manuals, {manuals.pages} pages")
    _say("engine    seconds   pages/s  factor")
    runs: list[Run] = []
    for engine in chosen.engines:
        runs.append(review(manuals.folder, chosen.out / engine, ENGINES[engine]))
        _say(_line(runs[-1], manuals.pages, runs[0]))
    kept, resumed = _resumed(manuals, chosen.out)
    _say(f"killed after {kept} manuals; the rest took {resumed.seconds:.1f} s")
    reports = [(run.name, run.report) for run in runs] + [("killed", resumed.report)]
    told = [_told(name, report, runs[0].report, manuals) for name, report in reports]
    _say("\n".join(line for line, _ in told))
    return 0 if all(good for _, good in told) else 1


if __name__ == "__main__":
    sys.exit(main())
