"""`safepolicing diff OLD NEW`: which verdicts a new version changes, and by which words."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.commands.lines import print_record
from bot.commands.opening import open_local_advisor
from bot.compare import compare, comparison_record, print_comparison
from knowledge.reading import read_document
from knowledge.requests import read_excerpt
from knowledge.types import Review


def run(arguments: argparse.Namespace) -> int:
    """0 when both were read and compared. Raises: `InputError` for a file that cannot be used."""
    old, new = read_document(Path(arguments.old)), read_document(Path(arguments.new))
    advisor = open_local_advisor()

    def judge(text: str) -> Review:
        excerpt = read_excerpt(
            text, as_of=arguments.as_of, state=arguments.state, release=advisor.release
        )
        return advisor.review(excerpt)

    found = compare(old, new, judge)
    if arguments.json:
        print_record(comparison_record(found))
    else:
        print_comparison(found)
    return 0
