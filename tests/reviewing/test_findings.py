"""Every finding: cited, ordered, with wording that never claims more than the excerpt shows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.records import review_record
from knowledge.reviewing import review
from knowledge.reviewing.findings import citations_of, finding_of
from knowledge.reviewing.outcome import SPAN_LIMIT, Outcome
from knowledge.reviewing.standards import load_standards
from knowledge.sources import load_knowledge
from knowledge.types import Excerpt, Role, Status, Verdict

DAY = date(2026, 11, 24)
ORDER = [
    "chokeholds", "applicable-law", "force-termination", "duty-to-intervene",
    "training-de-escalation", "medical-care", "identify-and-warn", "moving-vehicles",
    "warning-shots", "no-knock-warrants", "early-warning", "community-engagement",
    "officer-mental-health", "recruitment-retention",
]  # fmt: skip
TEXT = (
    "Officers should not use choke holds. Use of force shall comply with state law. "
    "Officers shall not fire warning shots."
)
SCHEMA = Path(__file__).parents[2] / "knowledge" / "data" / "schemas" / "review.json"


def reviewed(text=TEXT, day=DAY):
    return review(Excerpt("r-1", text, day), "release-1")


def test_all_fourteen_in_order():
    assert [f.standard for f in reviewed().findings] == ORDER
    assert [f.mandatory for f in reviewed().findings] == [True, True] + [False] * 12


def test_every_finding_is_cited_and_the_quote_stands_in_its_section():
    known = load_knowledge()
    for finding in reviewed().findings:
        assert finding.citations
        for citation in finding.citations:
            section = known.section_at(citation.source, citation.pinpoint)
            assert citation.quote in section.text
            assert citation.text_kind == "digest"


def test_the_order_is_cited_with_its_status_on_the_day():
    def status(day):
        found = reviewed(day=day).findings[0].citations
        return next(c.status for c in found if c.source == "eo-13929")

    assert status(date(2021, 1, 1)) is Status.IN_FORCE
    assert status(DAY) is Status.REVOKED


def test_a_pinpoint_that_is_not_known_is_refused():
    wrong = replace(load_standards()[0], citations=(("eo-13929", "§ 99", None),))
    with pytest.raises(KnowledgeError, match="§ 99"):
        citations_of(wrong, DAY)


def test_law_always_says_what_it_cannot_show():
    for text in (TEXT, "Force shall comply with all applicable law.", "Wash the car.", "Hm"):
        assert "cannot show that state law is met" in reviewed(text).findings[1].reason


def test_principles_are_always_called_not_required_and_ours():
    for text in (TEXT, "Hm", "Officers may fire warning shots."):
        for finding in reviewed(text).findings[2:]:
            assert "not required for certification" in finding.reason
            assert "our reading" in finding.reason


def test_an_excerpt_is_never_called_the_policy():
    for finding in reviewed().findings:
        assert "your policy" not in finding.reason.lower()
        assert finding.reason.startswith("This excerpt")


def test_suggestion_and_missing_go_with_what_is_not_met():
    for finding in reviewed().findings:
        met = finding.verdict is Verdict.MEETS
        assert (finding.suggestion is None) == met
        assert (finding.missing == ()) == met


@pytest.mark.parametrize("standard", load_standards(), ids=lambda s: s.id)
def test_the_suggested_wording_meets_its_own_standard(standard):
    finding = {f.standard: f for f in reviewed(standard.suggestion).findings}[standard.id]
    assert finding.verdict is Verdict.MEETS


def test_every_reason_has_a_wording():
    """Each key that the judges use is written in the data; an unknown one would be a KeyError."""
    for standard in load_standards():
        for key in standard.reasons:
            made = finding_of(standard, Outcome(Verdict.PARTIAL, key), "text", DAY)
            assert "{" not in made.reason


def test_the_record_fits_its_schema():
    jsonschema = pytest.importorskip("jsonschema")
    record = json.loads(json.dumps(review_record(reviewed())))
    jsonschema.validate(record, json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("Deadly force may be used to stop any fleeing felon.", "scotus-tennessee-v-garner"),
        ("Officers may use force as punishment.", "scotus-graham-v-connor"),
    ],
)
def test_a_reason_that_names_a_case_cites_it(text, case):
    law = reviewed(text).findings[1]
    cited = [c for c in law.citations if c.source.startswith("scotus-")]
    assert [c.source for c in cited] == [case]
    assert cited[0].title.split(",")[0] in law.reason


def test_a_reason_that_names_no_case_cites_none():
    law = reviewed("Use of force shall comply with state law.").findings[1]
    assert not [c for c in law.citations if c.source.startswith("scotus-")]


def test_a_ban_on_sleeper_holds_alone_is_left_to_a_person():
    found = reviewed("Officers shall not use sleeper holds.").findings[0]
    assert found.verdict is Verdict.UNCLEAR
    assert "restrict breathing" in found.reason


def test_a_contradiction_is_shown_however_often_the_rule_is_said():
    text = "Officers shall not use choke holds.\n\n" * (SPAN_LIMIT + 50)
    text += "A deputy may use a choke hold on an inmate who fights."
    finding = review(Excerpt("t", text, date(2026, 11, 24)), "test").findings[0]
    assert finding.verdict is Verdict.DOES_NOT_MEET
    assert len(finding.evidence) == SPAN_LIMIT
    assert any(span.role is Role.CONFLICT for span in finding.evidence)
