"""Whole use-of-force chapters as an agency sends them, with what an assessor would say of each."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from knowledge.reviewing import review
from knowledge.types import Excerpt

CHAPTERS = Path(__file__).parent / "chapters"
EXPECTED = tomllib.loads((CHAPTERS / "expected.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_whole_chapter_gets_the_verdicts_of_an_assessor(name):
    text = (CHAPTERS / f"{name}.txt").read_text(encoding="utf-8")
    findings = review(Excerpt(name, text, date(2026, 11, 24)), "test").findings
    assert [f.standard for f in findings] == list(EXPECTED[name])
    for finding in findings:
        verdicts, words = EXPECTED[name][finding.standard]
        assert finding.verdict in verdicts, finding
        shown = [" ".join(span.text.split()) for span in finding.evidence]
        assert any(words in each for each in shown) or not words, (finding.standard, shown)
