"""The tables of the page: figures side by side, shares by kind, misses with expected and got."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.figures import label_of
from evals.report.values import shown, shown_interval
from evals.scores import OURS, Score
from evals.store import Key, Run


def columns_of(run: Run, set_name: str) -> list[Key]:
    """The systems and splits that have this set, ours first."""
    keys = [key for key in run.figures if key[1] == set_name]
    return sorted(keys, key=lambda key: (key[0] != OURS, key[0], key[2]))


def figures_table(run: Run, set_name: str) -> str:
    """Every figure of a set, a column a system and split; intervals in small print."""
    columns = columns_of(run, set_name)
    names = dict.fromkeys(name for key in columns for name in run.figures[key])
    head = "".join(_head(key) for key in columns)
    rows = "".join(
        f"<tr><th scope=row>{escape(label_of(set_name, name))}</th>"
        + "".join(_figure(run, key, name) for key in columns)
        + "</tr>"
        for name in names
    )
    body = f"<thead><tr><th></th>{head}</tr></thead><tbody>{rows}</tbody>"
    return f"<div class=scroll><table class=figures>{body}</table></div>"


def misses_table(scores: Sequence[Score]) -> str:
    """Case by case: how it ended, what was expected, what came, and why that is amiss."""
    head = "".join(
        f"<th>{name}</th>" for name in ("case", "kind", "outcome", "expected", "got", "why")
    )
    rows = "".join(_miss(score) for score in scores)
    return (
        f"<div class=scroll><table class=misses><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _head(key: Key) -> str:
    mark = " class=ours" if key[0] == OURS else ""
    return f"<th scope=col{mark}>{escape(key[0])}<span class=interval>{escape(key[2])}</span></th>"


def _figure(run: Run, key: Key, name: str) -> str:
    mark = " class=ours" if key[0] == OURS else ""
    figure = run.figures[key].get(name)
    if figure is None:
        return f"<td{mark}></td>"
    interval = shown_interval(name, figure)
    small = f"<span class=interval>{interval}</span>" if interval else ""
    return f"<td{mark}>{shown(name, figure)}{small}</td>"


def _miss(score: Score) -> str:
    outcome = str(score.outcome).replace("_", " ")
    cells = (score.expected, score.got, score.why)
    return (
        f"<tr><td>{escape(score.case)}</td><td>{escape(score.kind)}</td>"
        f'<td><span class="outcome {score.outcome}">{escape(outcome)}</span></td>'
        + "".join(f"<td>{escape(words)}</td>" for words in cells)
        + "</tr>"
    )
