"""`safepolicing sources`: what is known, its status and its date; every section with `--json`."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from knowledge.dates import read_day
from knowledge.index import known_sections
from knowledge.records import sources_record
from knowledge.settings import read_settings
from knowledge.sources import load_knowledge


def run(arguments: argparse.Namespace) -> int:
    """The catalogue is printed with the status that each source has on the day asked for."""
    day = read_day(arguments.as_of) if arguments.as_of else date.today()
    known = load_knowledge()
    sections = known_sections(read_settings().home.expanduser(), known)
    record = sources_record(known, sections, day)
    if arguments.json:
        sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    else:
        from bot.terminal.sources import print_catalogue

        print_catalogue(record)
    return 0
