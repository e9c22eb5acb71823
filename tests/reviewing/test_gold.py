"""The gold set: figures are printed by standard, and a false "meets" fails."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from knowledge.reviewing import review
from knowledge.types import Excerpt, Review

GOLD = Path(__file__).parents[2] / "evals" / "gold" / "review"
DAY = date(2026, 11, 24)
# Accuracy of the two mandatory standards. On the frozen split it was 0.92 before what stands beside
# a rule had to be understood too (decision 0096) and before sixteen harder pairs on that came in:
# some due "meets", and some due "does_not_meet" beside a ban, are "unclear" since then.
FLOOR = {"dev": 0.97, "frozen": 0.88}


@cache
def cases(split: str) -> tuple[dict, ...]:
    lines = (GOLD / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines if line.strip())


@cache
def reviewed(split: str, number: int) -> Review:
    case = cases(split)[number]
    return review(Excerpt(case["id"], case["text"], DAY), "test")


def pairs(split: str):
    for number, case in enumerate(cases(split)):
        for finding in reviewed(split, number).findings:
            if finding.standard in case["expect"]:
                yield case, finding, case["expect"][finding.standard]


def false_meets(split):
    return [
        (case["id"], f.standard) for case, f, want in pairs(split) if f.verdict == "meets" != want
    ]


def test_no_false_meets_in_dev():
    assert false_meets("dev") == []


def test_no_false_meets_in_frozen():
    """Only their number is told, so that nobody tunes on them by reading a failure."""
    number = len(false_meets("frozen"))
    assert number == 0


@pytest.mark.parametrize("split", ["dev", "frozen"])
def test_accuracy_by_standard(split, capsys):
    right, total = Counter(), Counter()
    for _, finding, want in pairs(split):
        total[finding.standard] += 1
        right[finding.standard] += finding.verdict == want
    with capsys.disabled():
        for standard in total:
            print(f"\n{split} {standard}: {right[standard]}/{total[standard]}", end="")
    for standard in ("chokeholds", "applicable-law"):
        assert right[standard] / total[standard] >= FLOOR[split], standard


@pytest.mark.parametrize("split", ["dev", "frozen"])
def test_the_deciding_words_are_shown(split):
    """Where the verdict is right, the words that decide overlap the evidence of the gold set."""
    shown = total = 0
    for case, finding, want in pairs(split):
        words = case["evidence"].get(finding.standard)
        if words and finding.verdict == want:
            start = case["text"].index(words)
            total += 1
            shown += any(
                span.start < start + len(words) and start < span.end for span in finding.evidence
            )
    assert shown / total >= 0.9


@pytest.mark.parametrize("split", ["dev", "frozen"])
def test_every_case_has_a_twin_with_another_verdict(split):
    by_id = {case["id"]: case for case in cases(split)}
    for case in by_id.values():
        twin = by_id[case["twin_of"]]
        assert twin["twin_of"] == case["id"]
        assert twin["expect"] != case["expect"]
        assert twin["text"] != case["text"]


@pytest.mark.parametrize("split", ["dev", "frozen"])
def test_evidence_stands_in_the_text(split):
    for case in cases(split):
        for words in case["evidence"].values():
            assert words in case["text"], case["id"]


def test_there_are_enough_cases():
    assert len(cases("dev")) + len(cases("frozen")) >= 300
    assert len(cases("frozen")) >= (len(cases("dev")) + len(cases("frozen"))) / 3
