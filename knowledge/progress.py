"""A progress bar with rate and time left, on standard error. Every door draws long work with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
"""(done, all), counted in whatever the work is counted in."""


@contextmanager
def progress_bar(name: str) -> Iterator[Progress]:
    """Inside the `with`, call the value with (done, all); nothing is drawn before that."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=Console(stderr=True))
    task = bar.add_task(name, total=None, visible=False, rate="")

    def report(done: int, total: int) -> None:
        speed = bar.tasks[0].speed
        rate = f"{speed:.0f}/s" if speed else ""
        bar.update(task, completed=done, total=total, visible=True, rate=rate)

    with bar:
        yield report
