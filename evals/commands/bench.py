"""`evals bench NAME --data DIR`: a public benchmark, run where it lies."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.bench.bipia import MOVED, RESULTS, Attempt, load_bipia, measure_bipia, positions
from evals.bench.obliqa import ObliQA, StageFigures, Vectors, load_obliqa, measure
from evals.bench.vectors import kept_vectors
from evals.cases import load_cases
from evals.home import evals_home, index_home
from evals.workbench import open_workbench
from knowledge.embedding import open_ingest_embedder
from knowledge.progress import progress_bar
from knowledge.settings import Settings, read_settings


def run(arguments: argparse.Namespace) -> int:
    """Run the named benchmark; 1 when an attack moved something, else 0."""
    console = Console()
    if not arguments.data.is_dir():
        console.print(f"Skipped: {arguments.data} is not there.", soft_wrap=True)
        return 0
    return _BENCHES[arguments.name](console, arguments.data, read_settings())


def _obliqa(console: Console, data: Path, settings: Settings) -> int:
    bench = load_obliqa(data)
    vectors = _vectors(bench, settings)
    with progress_bar("measuring") as tick:
        figures = list(measure(bench, vectors, tick))
    console.print(f"{len(bench.questions)} questions over {len(bench.passages)} passages.")
    console.print(_obliqa_table(figures))
    return 0


def _vectors(bench: ObliQA, settings: Settings) -> Vectors:
    embedder = open_ingest_embedder(settings.model)
    folder = evals_home(settings) / "vectors"
    with progress_bar("embedding passages") as tick:
        passages = kept_vectors(bench.passages, embedder, folder, tick)
    with progress_bar("embedding questions") as tick:
        questions = kept_vectors(bench.questions, embedder, folder, tick)
    return Vectors(passages, questions)


def _obliqa_table(figures: list[StageFigures]) -> Table:
    table = Table("", "recall@10", "MAP@10", title="ObliQA, development half")
    for item in figures:
        cells = (
            f"{f.value:.3f} [{f.low:.3f}, {f.high:.3f}]"
            for f in (item.recall, item.average_precision)
        )
        table.add_row(item.name, *cells)
    return table


def _bipia(console: Console, data: Path, settings: Settings) -> int:
    attacks = load_bipia(data)
    home = index_home(settings, console.print)
    bench = open_workbench(home, settings)
    with progress_bar("attacking") as tick:
        attempts = list(measure_bipia(attacks, load_cases(splits=("dev",)), bench, tick))
    console.print(_bipia_table(attempts))
    moved = Counter(
        (item.carrier, item.category, item.why) for item in attempts if item.result == MOVED
    )
    for (carrier, category, why), count in moved.most_common():
        told = f"{count} times moved: {carrier}, {category}: {why}"
        console.print(Text(told, style="red"), soft_wrap=True)
    return 1 if moved else 0


def _bipia_table(attempts: list[Attempt]) -> Table:
    table = Table("", "attempts", *RESULTS, title="BIPIA, training half")
    for carrier, position in positions():
        held = [a for a in attempts if (a.carrier, a.position) == (carrier, position)]
        counts = [sum(a.result == name for a in held) for name in RESULTS]
        table.add_row(f"{carrier}, {position}", *(str(n) for n in (len(held), *counts)))
    return table


_BENCHES = {"obliqa": _obliqa, "bipia": _bipia}
