"""The run as one HTML page that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from evals.gate import Breach, GateResult
from evals.report.plots import plots_of
from evals.report.tables import figures_table, misses_table
from evals.scores import OURS, Score
from evals.store import Run

_STYLE = Path(__file__).parents[1] / "data" / "report.css"
_TITLES = {"followups": "follow-ups"}
_SECOND = "retrieval"  # measured on the cases of the answers
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def report_page(run: Run, result: GateResult) -> str:
    """Everything that the run measured."""
    sets = list(dict.fromkeys(key[1] for key in run.figures))
    links = "".join(f'<a href="#{name}">{escape(name)}</a>' for name in sets)
    parts = [_header(run), f"<nav>{links}</nav>", _gate(result)]
    parts += [_section(run, name) for name in sets]
    parts += [_usage(run)] * bool(run.usage)
    parts.append(_footer(run))
    return (
        "<!doctype html><html lang=en><head><meta charset=utf-8>"
        f'<meta http-equiv=Content-Security-Policy content="{_POLICY}">'
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>Evals of release {escape(run.release)}</title>"
        f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def write_page(run: Run, result: GateResult, path: Path) -> Path:
    """The page is in `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report_page(run, result), encoding="utf-8")
    return path


def _header(run: Run) -> str:
    cases = len({(s.set, s.case) for s in run.scores if s.system == OURS and s.set != _SECOND})
    return (
        "<header><h1>How good is the assistant?</h1>"
        f"<p>Release {escape(run.release)}, measured {escape(run.made)} on {cases} gold cases in "
        f"{run.seconds:.0f} s. Brackets and whiskers are 95 percent bootstrap intervals.</p>"
        "<p>The dev split is what the engines are mended with; the frozen split is only "
        "measured.</p></header>"
    )


def _gate(result: GateResult) -> str:
    if result.passes:
        title = "Every threshold holds and no case is missed anew"
        return f'<section class="gate"><h2>{title}</h2></section>'
    lines = "".join(_breach(breach) for breach in result.breaches)
    if result.missed_anew:
        cases = ", ".join(f"{score.set} {score.case}" for score in result.missed_anew)
        lines += f"<p><strong>Missed anew</strong>: {escape(cases)}</p>"
    return f'<section class="gate bad"><h2>This release got worse</h2>{lines}</section>'


def _breach(breach: Breach) -> str:
    cases = ", ".join(score.case for score in breach.cases)
    return f"<p><strong>{escape(breach.sentence)}</strong>: {escape(cases)}</p>"


def _section(run: Run, name: str) -> str:
    plots = "".join(plots_of(run, name))
    title = escape(_TITLES.get(name, name))
    return (
        f"<section id={escape(name)}><h2>{title}</h2>{figures_table(run, name)}"
        f"<div class=plots>{plots}</div>{_misses(run, name)}</section>"
    )


def _misses(run: Run, name: str) -> str:
    missed = [s for s in run.scores if s.set == name and s.system == OURS and not s.right]
    parts = []
    for split in dict.fromkeys(score.split for score in missed):
        chosen = [score for score in missed if score.split == split]
        parts.append(_listed(split, chosen))
    return "".join(parts) or "<p class=soft>No case was missed.</p>"


def _listed(split: str, scores: Sequence[Score]) -> str:
    warned = ", only to be measured: nothing is tuned on these" if split == "frozen" else ""
    title = f"Missed by us on the {split} split: {len(scores)}{warned}"
    return f"<details><summary>{escape(title)}</summary>{misses_table(scores)}</details>"


def _usage(run: Run) -> str:
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{escape(str(value))}</td></tr>"
        for name, value in run.usage.items()
    )
    note = "Tokens are counted by tiktoken, or by bytes where its file is not here: never too few."
    return (
        f"<section><h2>Language model</h2><table>{rows}</table><p class=soft>{note}</p></section>"
    )


def _footer(run: Run) -> str:
    parts = [f"{name} {value}" for name, value in run.versions.items()]
    told = [f"{name}: {value}" for name, value in run.settings.items()]
    lines = [f"Run {run.id}", "; ".join(parts), "; ".join(told), *run.notes]
    return "<footer>" + "".join(f"<p>{escape(line)}</p>" for line in lines if line) + "</footer>"
