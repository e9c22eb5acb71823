"""The same words get the same verdict: wrapped, scanned, listed, in a manual, in other clothes."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.reviewing import review
from knowledge.types import Excerpt, Verdict

GOLD = Path(__file__).parents[2] / "evals" / "gold" / "review" / "dev.jsonl"
DAY = date(2026, 11, 24)
BEFORE = """GENERAL ORDER 12

I. PURPOSE
To tell members when force may be used.

II. PROCEDURE
A. Officers shall wear body cameras.
B. """
AFTER = """
C. Officers may use approved control techniques, wrist locks among them, to overcome resistance.
D. A supervisor shall come to the scene whenever force was used, and shall write a report.
E. Evidence shall be booked before the end of the shift.
"""


def sentences() -> list[str]:
    """The one-line cases of the dev split that are about choke holds and long enough to judge."""
    cases = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    plain = [c for c in cases if c["class"].split("-")[0] in ("modality", "exception", "scope")]
    return [c["text"] for c in plain if "\n" not in c["text"] and len(c["text"].split()) > 5]


def verdict(text: str) -> Verdict:
    return review(Excerpt("x", text, DAY), "test").findings[0].verdict


def wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, 34))


CLOTHES: dict[str, Callable[[str], str]] = {
    "wrapped": wrapped,
    "wrapped by Windows": lambda text: wrapped(text).replace("\n", "\r\n"),
    "in capitals": str.upper,
    "with invisible characters": lambda text: re.sub(r"(\w{4})(\w)", "\\1\u200b\\2", text),
    "with typographic quotes": lambda text: text.replace("'", "\u2019"),
    "with wide spaces": lambda text: text.replace(" ", "  "),
    "in HTML": lambda text: f"<p>{text}</p>",
    "in bold": lambda text: f"**{text}**",
    "as an item": lambda text: f"- {text}",
    "with a number": lambda text: f"4.2.1 {text}",
    "in a manual": lambda text: BEFORE + text + AFTER,
}


@pytest.mark.parametrize("clothes", CLOTHES)
def test_the_verdict_is_the_same(clothes: str) -> None:
    dressed = CLOTHES[clothes]
    changed = [text for text in sentences() if verdict(dressed(text)) != verdict(text)]
    assert changed == []


def test_there_are_sentences_to_dress() -> None:
    assert len(sentences()) > 60
