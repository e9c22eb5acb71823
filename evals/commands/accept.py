"""`evals accept RUN`: the misses of a stored run are the known ones from now on."""

from __future__ import annotations

import argparse

from rich.console import Console

from evals.home import evals_home
from evals.known import FILE, save_known
from evals.store import find_run, load_run
from knowledge.settings import read_settings


def run(arguments: argparse.Namespace) -> int:
    """Write the known misses anew; the change of that file is for people to judge."""
    folder = (arguments.out or evals_home(read_settings())) / "runs"
    count = save_known(load_run(find_run(arguments.run, folder)), arguments.to or FILE)
    Console().print(f"{count} known misses. Read the change of {FILE.name} before you commit it.")
    return 0
