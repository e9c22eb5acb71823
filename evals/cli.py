"""`python -m evals COMMAND`: it translates, and nothing else.

Exit status: 0 done, 1 something measured falls short, 2 the input or a setting cannot be used.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.cases import SETS, SPLITS
from evals.recorded import Price, read_price
from evals.scores import OURS
from knowledge.errors import AdvisorError, InputError

_RUN = 'a file, the start of an id, "last" or "previous"'
_OUT = "folder of runs and report; default in the home"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; every error is one sentence."""
    arguments = _parser().parse_args(argv)
    command = importlib.import_module(f"evals.commands.{arguments.command}")
    try:
        status: int = command.run(arguments)
    except AdvisorError as error:
        sys.stderr.write(f"evals: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="Measure the assistant against its gold sets."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_run(commands)
    _add_report(commands)
    _add_compare(commands)
    _add_accept(commands)
    _add_gold(commands)
    _add_bench(commands)
    return parser


def _add_run(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = commands.add_parser("run", help="measure every gold set, with a report")
    run.add_argument("--sets", type=_names(SETS), default=SETS, help="for example review,answers")
    run.add_argument("--splits", type=_names(SPLITS), default=SPLITS, help="dev, frozen or both")
    run.add_argument("--no-baselines", action="store_true", help="our own figures only")
    run.add_argument("--out", type=Path, help=_OUT)
    run.add_argument("--gold", type=Path, help="folder of gold sets; default the ones shipped")
    run.add_argument(
        "--replies",
        type=Path,
        help="file of a language model's replies: answered from, and added to when a model is set",
    )
    run.add_argument(
        "--price", type=_price, help="dollars for a million tokens in and out, for example 0.4,1.6"
    )
    run.add_argument("--all-misses", action="store_true", help="list every miss in the terminal")


def _add_report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    report = commands.add_parser("report", help="the report of a stored run, made anew")
    report.add_argument("run", nargs="?", default="last", help=_RUN)
    report.add_argument("--out", type=Path, help=_OUT)


def _add_accept(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    accept = commands.add_parser("accept", help="take the misses of a run as the known ones")
    accept.add_argument("run", nargs="?", default="last", help=_RUN)
    accept.add_argument("--out", type=Path, help=_OUT)
    accept.add_argument("--to", type=Path, help="the file; default evals/data/known_misses.toml")


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    compare = commands.add_parser("compare", help="gained and lost cases between two stored runs")
    compare.add_argument("a", nargs="?", default="previous", help=_RUN)
    compare.add_argument("b", nargs="?", default="last", help=_RUN)
    compare.add_argument("--system", default=OURS, help="for example BM25; default ours")
    compare.add_argument("--out", type=Path, help=_OUT)


def _add_gold(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    add = commands.add_parser("add", help="turn exported feedback into cases to be labelled")
    add.add_argument("file", type=Path, help="what the feedback export wrote, JSON lines")
    add.add_argument("--to", type=Path, help="the inbox; default evals/gold/inbox.jsonl")
    lint = commands.add_parser("lint", help="find duplicates, leaks and thin classes of the gold")
    lint.add_argument("--gold", type=Path, help="folder of gold sets; default the ones shipped")


def _add_bench(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bench = commands.add_parser("bench", help="run a public benchmark that lies on this machine")
    bench.add_argument("name", choices=("obliqa", "bipia"))
    bench.add_argument("--data", type=Path, required=True, help="folder of the benchmark")


def _price(value: str) -> Price:
    try:
        return read_price(value)
    except InputError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


class _names:  # noqa: N801 - read as a verb in the parser: type=_names(...)
    """A comma-separated list out of known names."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known

    def __call__(self, value: str) -> tuple[str, ...]:
        chosen = tuple(part.strip() for part in value.split(",") if part.strip())
        unknown = [name for name in chosen if name not in self._known]
        if unknown or not chosen:
            raise argparse.ArgumentTypeError(f"choose from {', '.join(self._known)}")
        return chosen
