"""The baselines that can run here, as tasks; what cannot run is told with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.baselines import bm25, dense, keywords, similarity
from evals.baselines.found import Near, Search, listed_answer, sections_of
from evals.tasks import Task, answers_task, question_of, retrieval_task, verdicts_task
from evals.workbench import Workbench

_FILE = Path(__file__).parents[1] / "data" / "baseline_cuts.toml"
_ROWS = 30  # rows that a plain search returns; several may point at one section


def baseline_tasks(bench: Workbench) -> tuple[list[Task], list[str]]:
    """The tasks of every baseline whose package is here, and a note for each that is not."""
    tasks, notes = _review_tasks(bench), []
    cuts = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for name, opened in (("dense", _dense), ("bm25", _bm25)):
        try:
            tasks += opened(bench, float(cuts[name]["cut"]))
        except ImportError as error:
            notes.append(f"The baseline {name} was left out: {error.name} is not installed.")
    return tasks, notes


def _review_tasks(bench: Workbench) -> list[Task]:
    near = similarity.open_similarity(bench.index.embedder)
    return [
        verdicts_task(lambda case: keywords.keyword_verdicts(case.body["text"]), keywords.NAME),
        verdicts_task(lambda case: near.verdicts(case.body["text"]), similarity.NAME),
    ]


def _dense(bench: Workbench, cut: float) -> list[Task]:
    folder = bench.index.folder / "chroma"
    opened = dense.open_dense(folder, bench.index.embedder, rows=_ROWS)
    return _tasks(dense.NAME, bench, opened.scored, lambda text: _as_near(opened.ranked(text)), cut)


def _bm25(bench: Workbench, cut: float) -> list[Task]:
    scored = bm25.open_bm25(bench.library.knowledge).scored
    return _tasks(bm25.NAME, bench, scored, lambda text: scored(text, _ROWS), cut)


def _tasks(
    name: str,
    bench: Workbench,
    scored: Search,
    ranked: Callable[[str], Sequence[Near]],
    cut: float,
) -> list[Task]:
    known = bench.library.knowledge

    def find(text: str) -> list[str]:
        return sections_of(ranked(text), known.statements)

    return [
        retrieval_task(lambda case: find(question_of(case).text), name),
        answers_task(
            "answers",
            lambda question: listed_answer(question, scored(question.text, _ROWS), known, cut),
            bench.ground,
            name,
        ),
    ]


def _as_near(ids: Sequence[str]) -> list[Near]:
    return [Near(key, 0.0) for key in ids]
