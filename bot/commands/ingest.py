"""`safepolicing ingest`: the same as `python -m ingest`, loaded only when called."""

from __future__ import annotations

import argparse


def run(arguments: argparse.Namespace) -> int:
    """The index is built, or what was asked for is shown or undone."""
    from ingest.command import main

    return main(arguments.rest, prog="safepolicing ingest")
