"""`safepolicing review DIR|FILES --out REPORT`: many manuals into one report."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from bot.batch import Order, Terms, review_manuals
from bot.batch.wording import load_batch_wording
from knowledge.dates import read_day
from knowledge.errors import InputError
from knowledge.places import read_state
from knowledge.progress import progress_bar
from knowledge.release import knowledge_release
from knowledge.settings import read_settings
from knowledge.workers import open_workers


def review_many(arguments: argparse.Namespace) -> int:
    """0 when every file was reviewed, 1 when some file or folder could not be read."""
    _refuse(arguments)
    day = read_day(arguments.as_of) if arguments.as_of else date.today()
    terms = Terms(knowledge_release(), day.isoformat(), read_state(arguments.state))
    places = tuple(Path(file) for file in arguments.files)
    order = Order(places, Path(arguments.out), terms, day_given=bool(arguments.as_of))
    workers = open_workers(
        arguments.engine, count=arguments.workers, address=read_settings().ray_address
    )
    with progress_bar("Reviewing") as progress:
        done = review_manuals(order, workers, progress)
    sys.stdout.write(
        load_batch_wording().say(
            "done",
            reviewed=done.reviewed,
            copies=done.copies,
            problems=done.problems,
            index=done.index,
        )
        + "\n"
    )
    sys.stderr.writelines(f"safepolicing: {line}\n" for line in done.unlisted)
    return int(bool(done.problems or done.unlisted))


def _refuse(arguments: argparse.Namespace) -> None:
    if not arguments.files:
        raise InputError("Name the folders or files to review before --out.")
    if "-" in arguments.files or arguments.json or arguments.jsonl:
        raise InputError("--out reviews files and folders; leave -, --json and --jsonl out.")
    if arguments.html or arguments.attestation:
        raise InputError("--html and --attestation are for one text; leave them or --out out.")
    if arguments.workers is not None and arguments.workers < 1:
        raise InputError("--workers must be at least 1.")
