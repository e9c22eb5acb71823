"""State law on police neck holds: 51 dated rows, and the sentences that are made of them.

    a row (knowledge/data/state_laws/rows) -> StateLaw -> a source with sections and statements

How to add a verified row: `docs/adding-a-state-row.md`.
"""

from knowledge.statelaw.check import StaleRow, check_state_laws, stale_rows
from knowledge.statelaw.patterns import ABOUT, COMPARED, WIDER, Pattern, load_patterns
from knowledge.statelaw.rows import Duty, StateLaw, ToReview, load_state_laws
from knowledge.statelaw.sentences import (
    TABLE,
    is_state_law,
    source_id_of,
    state_law_tables,
)

__all__ = [
    "ABOUT",
    "COMPARED",
    "TABLE",
    "WIDER",
    "Duty",
    "Pattern",
    "StaleRow",
    "StateLaw",
    "ToReview",
    "check_state_laws",
    "is_state_law",
    "load_patterns",
    "load_state_laws",
    "source_id_of",
    "stale_rows",
    "state_law_tables",
]
