"""How long an answer takes, beside LangChain's stock retriever: `python -m evals.latency`.

Warm: a whole answer of ours against LangChain's Chroma retriever alone, with the same embedder over
the same rows, question by question in turns, so that both meet the same machine. Cold: `ask` in a
process of its own against a minimal LangChain, Chroma and sentence-transformers script that only
retrieves, each with its time and its peak of memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.cases import load_cases
from knowledge.embedding import Embedder
from knowledge.errors import AdvisorError
from knowledge.index import Index, open_index
from knowledge.requests import read_question
from knowledge.settings import Settings, read_settings

ASKED = "Is the chokehold ban absolute?"
RETRIEVED = 4  # documents, LangChain's own default

# What the comparison is made with: retrieval only, as the vendors' first pages show it.
MINIMAL = """
import sys
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer

class Minilm(Embeddings):
    def __init__(self, folder):
        self.model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    def embed_documents(self, texts):
        return self.model.encode(texts, normalize_embeddings=True).tolist()
    def embed_query(self, text):
        return self.embed_documents([text])[0]

store = Chroma("rows", Minilm(sys.argv[2]), persist_directory=sys.argv[1])
found = store.as_retriever().invoke(sys.argv[3])
assert found, "nothing was retrieved"
"""


# A small process starts each command: a child's peak of memory counts what its parent held.
_LAUNCHER = """
import os, subprocess, sys, time
started = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
print(time.perf_counter() - started, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles of a list of seconds, in milliseconds."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """The spread of these durations."""
        low, high = np.percentile(np.asarray(seconds) * 1000, [50, 95])
        return cls(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Cold:
    """The best of a few runs of one command: seconds, and the peak of its memory in MB."""

    seconds: float
    megabytes: float


def warm(settings: Settings, questions: Sequence[str], folder: Path) -> tuple[Spread, Spread]:
    """(our whole answer, LangChain's retrieval) over the same questions, asked in turns."""
    from knowledge import open_advisor

    advisor = open_advisor(settings)
    advisor.ready()
    retrieve = stock_retriever(settings, folder)
    ours: list[float] = []
    theirs: list[float] = []
    for number, text in enumerate(questions):
        question = read_question(text)
        pair: list[tuple[list[float], Callable[[], object]]] = [
            (ours, lambda question=question: advisor.answer(question)),  # type: ignore[misc]
            (theirs, lambda text=text: retrieve(text)),  # type: ignore[misc]
        ]
        for spent, work in pair if number % 2 else reversed(pair):
            spent.append(_seconds(work))
    return Spread.of(ours[5:]), Spread.of(theirs[5:])  # the first ones warm the caches


def stock_retriever(settings: Settings, folder: Path) -> Callable[[str], object]:
    """LangChain's Chroma retriever in `folder`, filled with every row that our index holds."""
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    index = open_index(settings.home, model=settings.model)

    class Ours(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [list(map(float, row)) for row in index.embedder.embed(texts)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = Chroma("rows", Ours(), persist_directory=str(folder))
    _fill(store, index)
    retriever = store.as_retriever(search_kwargs={"k": RETRIEVED})
    return lambda text: retriever.invoke(text)


def _fill(store: Any, index: Index) -> None:
    if store._collection.count():
        return
    texts = sorted(
        {item.text for item in index.statements.values()}
        | {ask for item in index.statements.values() for ask in item.asks}
        | {passage.text for passage in index.passages.values()}
    )
    rows = _vectors(index.embedder, texts)
    for start in range(0, len(texts), 500):
        part = slice(start, start + 500)
        store._collection.add(
            ids=[str(n) for n in range(start, start + len(texts[part]))],
            documents=texts[part],
            embeddings=rows[part],
        )


def _vectors(embedder: Embedder, texts: Sequence[str]) -> Any:
    return np.concatenate([embedder.embed(texts[n : n + 64]) for n in range(0, len(texts), 64)])


def cold(settings: Settings, folder: Path, times: int) -> tuple[Cold, Cold]:
    """(`ask`, the minimal script) in processes of their own, in turns; the best of each."""
    from knowledge.model_files import find_model

    model = str(find_model(settings.model).folder)
    ask = [sys.executable, "-m", "bot", "ask", ASKED]
    minimal = [sys.executable, "-c", MINIMAL, str(folder), model, ASKED]
    runs = [(_process(ask), _process(minimal)) for _ in range(times)]
    return _best([ours for ours, _ in runs]), _best([theirs for _, theirs in runs])


def _process(command: Sequence[str]) -> Cold:
    """One run of a command. Raises: `AdvisorError` when it fails."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}
    run = subprocess.run(
        [sys.executable, "-S", "-c", _LAUNCHER, *command],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    if run.returncode:
        raise AdvisorError(f"The command {list(command[1:3])} failed: {run.stderr[-400:]}")
    seconds, kilobytes = map(float, run.stdout.split()[-2:])
    return Cold(seconds, kilobytes / 1024)


def _best(runs: Sequence[Cold]) -> Cold:
    return Cold(min(run.seconds for run in runs), min(run.megabytes for run in runs))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the two tables. Needs an index (`safepolicing ingest`) and the extra `dev`."""
    from rich.console import Console

    parser = argparse.ArgumentParser(prog="python -m evals.latency", description=__doc__)
    parser.add_argument("--questions", type=int, default=100, help="how many, from the dev split")
    parser.add_argument("--cold", type=int, default=3, help="runs of each cold command; 0 for none")
    chosen = parser.parse_args(arguments)
    settings, console = read_settings(), Console()
    cases = load_cases(sets=("answers",), splits=("dev",))[: chosen.questions]
    with tempfile.TemporaryDirectory() as made:
        ours, theirs = warm(settings, [case.body["question"] for case in cases], Path(made))
        console.print(f"warm, ms           median   95th   of {len(cases)} questions")
        console.print(f"a whole answer    {ours.median:7.1f} {ours.p95:7.1f}")
        console.print(f"LangChain's hits  {theirs.median:7.1f} {theirs.p95:7.1f}")
        if chosen.cold:
            ask, minimal = cold(settings, Path(made), chosen.cold)
            console.print("cold               seconds   MB")
            console.print(f"ask               {ask.seconds:7.2f} {ask.megabytes:7.0f}")
            console.print(f"minimal LangChain {minimal.seconds:7.2f} {minimal.megabytes:7.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
