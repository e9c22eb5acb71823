"""Every state has its say on who certified: eighteen a body, the others that none is known."""

from __future__ import annotations

import pytest

from knowledge.names import load_names
from knowledge.places import state_names
from knowledge.sources import DigestStatement, load_knowledge
from knowledge.types import REPORTED, Evidence

VERIFIED = {
    "AL", "CA", "CO", "CT", "FL", "GA", "IL", "IN", "KS", "MT", "NE", "NJ", "NC", "OH", "OK", "PA",
    "TX", "WI",
}  # fmt: skip
NAMED = ("Association", "Commission", "Council", "Program", "Department", "Foundation", "POST")


def statements(code: str) -> list[DigestStatement]:
    held = load_knowledge().statements.values()
    return [s for s in held if s.source == "credentialing-bodies" and s.state == code]


@pytest.mark.parametrize("code", sorted(state_names()))
def test_every_state_has_a_section_under_its_name(code: str) -> None:
    section = load_knowledge().section_at("credentialing-bodies", state_names()[code])
    assert {s.section for s in statements(code)} == {section.id}


@pytest.mark.parametrize("code", sorted(VERIFIED))
def test_a_verified_state_opens_with_its_body(code: str) -> None:
    first, *rest = statements(code)
    assert first.kind == "body"
    assert state_names()[code] in first.text
    unknown = [part.text for part in rest if part.kind == "unknown"]
    assert all(text.startswith("No source seen here says what ") for text in unknown)


@pytest.mark.parametrize("code", sorted(set(state_names()) - VERIFIED))
def test_any_other_state_opens_with_not_knowing_and_names_no_body(code: str) -> None:
    first, *rest = statements(code)
    assert (first.kind, first.evidence) == ("unknown", Evidence.DATA)
    assert first.text.startswith("No source naming a credentialing body designated for ")
    names = [name for term in ("calea", "iaclea", "iadlest") for name in load_names().terms[term]]
    assert not any(word in first.text for word in (*NAMED, *names))
    assert all(part.kind == "fact" for part in rest)
    assert all("EO 13929" in part.text or "no Arkansas" in part.text for part in rest)


def test_california_and_texas_are_only_reported() -> None:
    weak = {s.state for c in VERIFIED for s in statements(c) if s.evidence in REPORTED}
    assert weak == {"CA", "TX"}
    told = [s for code in ("CA", "TX") for s in statements(code) if s.kind != "unknown"]
    assert all(s.evidence in REPORTED for s in told)


def test_the_summary_names_the_verified_states() -> None:
    held = load_knowledge().statements.values()
    summary = next(s for s in held if s.source == "credentialing-bodies" and s.kind == "summary")
    assert all(state_names()[code] in summary.text for code in VERIFIED)
    assert "18 states" in summary.text
