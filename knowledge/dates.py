"""Days in words: `--as-of` values, and the day that a question is about.

"Was it required in March 2021?" asks about that month; "we were certified in March 2021, is it
still valid?" asks about today. Only the first moves the day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from knowledge.errors import InputError

_MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (
        calendar.month_name[number].lower(),
        calendar.month_abbr[number].lower(),
    )
} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>20[0-4]\d)"
_PATTERNS = (
    re.compile(r"\b(?P<year>20[0-4]\d)-(?P<num>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b"),
    re.compile(r"\b(?P<num>0?[1-9]|1[0-2])/(?P<day>[0-3]?\d)/(?P<year>20[0-4]\d)\b"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_YEAR}\b(?![-/]\d)", re.IGNORECASE),
)
# What stands before a date when the date is the day asked about.
_POINT = re.compile(
    r"(?:\b(?:in|on|during|as of|at|by|back in|in late|in early|in mid|around|throughout)"
    r"(?:\s+the\s+(?:month|year)\s+of)?\s*|^\s*)$",
    re.IGNORECASE,
)
# The date belongs to an event, and the question is about now.
_EVENT = re.compile(
    r"\b(?:si(?:gn|ng|n)ed|issued|published|dated|revoked|announced|released|adopted|enacted|created|"
    r"passed|written|drafted|updated|revised|certified|credentialed|attested|awarded|approved|"
    r"applied|obtained|received|got|earned|expired|started|began|sent|filed|set up|"
    r"(?:did|does|do|didn't)\b.{0,60}\b(?:sign|issue|publish|revoke|rescind|repeal|announce|release|"
    r"adopt|enact|create|pass|write|update|revise|end|replace|restore|bring|award|approve|start|begin))"
    r"(?:\s+\w+){0,4}\s*$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|nowadays|today|currently|at present|any ?more|this year|right now)\b"
    r"|\b(?:is|are|do|does|am|will|can)\b.{0,60}\bstill?\b"
    r"|\bstill?\b.{0,40}\b(?:is|are|do|does|count|counts|help|helps|apply|applies)\b",
    re.IGNORECASE,
)


def read_day(value: str | date) -> date:
    """A day from `YYYY-MM-DD`. Raises: `InputError`."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise InputError(
            f"{value!r} is not a date; write it as YYYY-MM-DD, for example 2021-03-01."
        ) from None


def day_asked_about(text: str, today: date) -> date:
    """The day that the question is about: one named in it, or `today`.

    A month or a year stands for its last day, when all that happened in it is known. A day after
    `today` moves nothing: nothing is known of it.
    """
    found = _asked_day(text, today)
    return found[0] if found else today


def without_day(text: str) -> str:
    """`text` without the words that only name the day it is about."""
    found = _asked_day(text, date.max)
    if found is None:
        return text
    _, start, end = found
    return " ".join(f"{text[:start]} {text[end:]}".split())


def _asked_day(text: str, today: date) -> tuple[date, int, int] | None:
    """The day asked about with the place of its words in `text`."""
    if _NOW.search(text):
        return None
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            before = text[: match.start()]
            point = _POINT.search(before)
            if point and not _EVENT.search(before[: point.start()]):
                day = _day_of(match)
                known = day is not None and day < today
                return (day, point.start(), match.end()) if day and known else None
    return None


def _day_of(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    year = int(parts["year"])
    month = int(parts["num"]) if parts.get("num") else _MONTHS.get(_lower(parts.get("month")), 12)
    last = calendar.monthrange(year, month)[1]
    number = int(parts["day"]) if parts.get("day") else last
    return date(year, month, number) if 1 <= number <= last else None


def _lower(value: str | None) -> str:
    return (value or "").lower()
