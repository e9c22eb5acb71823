"""`safepolicing audit`: whether the record of decisions hangs together, and the record itself."""

from __future__ import annotations

import argparse
import json
import sys

from bot.database import open_database
from bot.operations.audit import Audit, audit_key
from bot.settings import read_settings


def run(arguments: argparse.Namespace) -> int:
    """0 when the record is whole, 1 when it is not. Raises: `SettingsError` for another key."""
    settings = read_settings()
    database = open_database(settings.state_url)
    audit = Audit(database, audit_key(settings.audit_key, settings.home))
    audit.prepare()
    try:
        return _export(audit) if arguments.action == "export" else _verify(audit, arguments.head)
    finally:
        database.close()


def _export(audit: Audit) -> int:
    for number, entry, _prior, mark in audit.entries():
        line = {"number": number, **json.loads(entry), "mark": mark}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def _verify(audit: Audit, head: str | None) -> int:
    checked = audit.check(head)
    if checked.wrong:
        sys.stdout.write(
            f"The audit record is broken: {checked.wrong}; "
            f"{checked.entries} entries before that hang together.\n"
        )
        return 1
    sys.stdout.write(
        f"{checked.entries} decisions, and the record hangs together. Note this mark and give it "
        f"with --head next time:\n{checked.mark}\n"
    )
    return 0
