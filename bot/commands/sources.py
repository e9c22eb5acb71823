"""`safepolicing sources`: what is known, its status and its date; checked, or by age."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, timedelta

from bot.commands.opening import open_local_advisor
from bot.terminal import catalogue as shown
from knowledge.catalogue import catalogue, check_catalogue, check_reach, read_age, stale_sections
from knowledge.dates import read_day
from knowledge.index import known_sections
from knowledge.progress import progress_bar
from knowledge.records import sources_record
from knowledge.settings import read_settings
from knowledge.sources import Knowledge, load_knowledge
from knowledge.statelaw import is_state_law, stale_rows


def run(arguments: argparse.Namespace) -> int:
    """The catalogue is printed; 1 when it was checked and something must be mended."""
    day = read_day(arguments.as_of) if arguments.as_of else date.today()
    known = load_knowledge()
    if arguments.action == "check":
        return _check(known, day)
    if arguments.action == "stale":
        _stale(known, day, read_age(arguments.older_than))
        return 0
    _print(known, day, as_json=arguments.json)
    return 0


def _stale(known: Knowledge, day: date, age: int) -> None:
    """Sections by age; a row on state law is one line, with those that wait for a second look."""
    found = stale_sections(known, day, older_than=age)
    sections = [item for item in found if not is_state_law(item.section.source)]
    shown.print_stale(sections, stale_rows(timedelta(days=age), day), age)


def _print(known: Knowledge, day: date, *, as_json: bool) -> None:
    sections = known_sections(read_settings().home, known)
    record = sources_record(known, sections, day)
    if as_json:
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    else:
        shown.print_catalogue(record)


def _check(known: Knowledge, day: date) -> int:
    advisor = open_local_advisor()
    advisor.ready()
    asks = sum(len(statement.asks) for statement in known.statements.values())
    done = 0
    with progress_bar(shown.ASKING) as progress:

        def find(question: str) -> tuple[str, ...]:
            nonlocal done
            done += 1
            progress(done, asks)
            return advisor.find(question)

        problems = (*check_catalogue(known, day=day), *check_reach(known, find))
        progress(asks, asks)  # a statement's other questions are left when one has led to it
    shown.print_statements(catalogue(known, day))
    shown.print_problems(problems)
    return int(bool(problems))
