"""How the answer to a yes/no question on a row opens, where the row bears it out."""

from __future__ import annotations

from knowledge.answering.states.cues import lead_for, said
from knowledge.statelaw import StateLaw
from knowledge.types import VERIFIED

_ASKED = (
    "asks_stricter", "asks_absolute", "asks_exception", "asks_statute", "asks_leave", "asks_ban",
)  # fmt: skip
_DEADLY = ("outright", "except_deadly", "deadly_class", "crime_on_harm")


def lead_of(row: StateLaw, text: str) -> str | None:
    """The opening: only where the row was read in the law and the hold asked of is in it."""
    if not said("yesno", text) or not row.verified:
        return None
    if any(said(name, text) for name in ("special", "reach", "copies")):
        return None
    if said("blood", text) and said("asks_cover", text):
        return lead_for("asks_cover", row.covers[-1])
    if said("blood", text) and "blood_flow" not in row.covers:
        return None
    if said("blood", text) and row.review and row.review.blood_flow_leave:
        return None
    asked = next((name for name in _ASKED if said(name, text)), None)
    code = _code(row, asked, text) if asked else None
    return lead_for(asked, code) if asked and code else None


def _code(row: StateLaw, asked: str, text: str) -> str | None:
    """By what in the row the question is settled; None where nothing in it settles it."""
    if asked == "asks_stricter":
        return _beside(row)
    if asked == "asks_exception":
        return _exception(row, text)
    if asked == "asks_statute":
        return row.rule if row.found == "statute" else None
    excepted = row.review is not None and row.review.exception != "none"
    unsure = not row.exception_verified or (asked != "asks_leave" and said("case", text))
    return None if excepted and unsure else row.rule


def _exception(row: StateLaw, text: str) -> str | None:
    """How the row's exception stands, where its own words tell of one or that there is none."""
    if row.review is None or not row.exception_verified:
        return None
    if row.review.exception != "none" and said("case", text):
        return None
    deadly = said("deadly", text)
    if row.review.exception == "none":
        return "none" if deadly or row.exceptions.startswith("none in") else None
    told = any(item.kind == "exception" and item.evidence in VERIFIED for item in row.statements)
    fits = row.rule in _DEADLY if deadly else row.rule != "mixed"
    return row.review.exception if told and fits else None


def _beside(row: StateLaw) -> str | None:
    """Whether the row is stricter than the federal words, looser, both, or neither."""
    if row.rule == "crime_on_harm":  # it catches less, too: only what does harm
        return None
    if "equal" in row.relation:
        return "equal"
    stricter = any(code.startswith("S") for code in row.relation)
    return ("both" if stricter else "looser") if row.looser else "stricter"
