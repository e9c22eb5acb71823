"""The 51 rows: whole, dated, marked, and refused by name when a key is wrong."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.sources import load_knowledge, status_on
from knowledge.statelaw import (
    TABLE,
    check_state_laws,
    is_state_law,
    load_patterns,
    load_state_laws,
    source_id_of,
    stale_rows,
)
from knowledge.statelaw.check import JURISDICTIONS
from knowledge.statelaw.rows import read_row
from knowledge.types import Status

ROOT = Path(__file__).parents[2]
ROWS = ROOT / "knowledge" / "data" / "state_laws" / "rows"
SHARED = Path(os.environ.get("SAFEPOLICING_SHARED", ROOT.parent / "shared"))
FACTS = SHARED / "domain" / "state_laws.md"
# Leads of the fact file that were never verified: a number here must not reach a user.
UNVERIFIED = ("590.805", "627:5", "53-13-115", "10-181", "19.2-56", "18 U.S.C. 242", "Monell", "289.810", "161.247")  # fmt: skip


def row_of(code: str) -> dict:
    return tomllib.loads((ROWS / f"{code}.toml").read_text(encoding="utf-8"))


def test_there_is_a_row_for_every_state_and_the_capital() -> None:
    assert set(load_state_laws()) == JURISDICTIONS
    assert len(JURISDICTIONS) == 51


def test_the_rows_have_nothing_wrong() -> None:
    assert check_state_laws() == ()


def test_a_missing_row_and_a_day_to_come_are_told() -> None:
    rows = dict(load_state_laws())
    del rows["UT"]
    problems = check_state_laws(rows, today=date(2026, 8, 1))
    assert "state-law-ut: there is no row for UT." in problems
    assert any("state-law-co" in problem and "has not come yet" in problem for problem in problems)


@pytest.mark.parametrize("place", [("row", "rules"), ("read", "seen"), ("review", "exeption")])
def test_an_unknown_key_is_refused_by_name(place: tuple[str, str]) -> None:
    table = row_of("co")
    table[place[0]][place[1]] = "x"
    with pytest.raises(ValueError, match=f"unknown key '{place[1]}'"):
        read_row(table)


def test_a_slip_names_its_file(tmp_path: Path) -> None:
    text = (ROWS / "co.toml").read_text(encoding="utf-8")
    (tmp_path / "co.toml").write_text(text.replace('"outright"', '"strict"'), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"co\.toml.*unknown rule 'strict'"):
        load_state_laws(tmp_path)


def test_what_was_only_reported_must_say_by_whom() -> None:
    table = row_of("mo")
    table["statement"][0]["text"] = "Missouri law bars officers from a choke hold."
    with pytest.raises(ValueError, match="who reported it"):
        read_row(table)


def test_a_duty_must_say_where_it_was_read() -> None:
    table = row_of("nc")
    del table["duty"][0]["where"]
    with pytest.raises(ValueError, match=r"15A-401\(d1\) must say where it was read"):
        read_row(table)


def test_what_was_reported_names_its_reporter_as_an_origin_too() -> None:
    """A site that a sentence names as its reporter stands among what was read."""
    for row in load_state_laws().values():
        for item in row.statements:
            sites = re.findall(r"\b[\w-]+\.(?:com|org|ai)\b", item.text)
            assert all(site in row.read.where for site in sites), (row.state, item.text)
        for duty in row.duties:
            reported = duty.evidence.value == "E2"
            read_in_law = re.search(
                r"excerpt|copy of|Colorado code|the law$|legislature", duty.where
            )
            assert bool(read_in_law) is not reported, (row.state, duty.citation)


def test_a_row_without_a_rule_cannot_hold_one() -> None:
    table = row_of("ga")
    table["row"]["citation"] = "O.C.G.A. 1-2-3"
    with pytest.raises(ValueError, match="no citation"):
        read_row(table)


def test_every_row_is_a_source_that_can_be_cited() -> None:
    known = load_knowledge()
    for row in load_state_laws().values():
        source = known.sources[source_id_of(row.state)]
        assert source.seen_on == row.read.seen_on == source.issued
        assert status_on(source, date(2026, 11, 24)).status is Status.INFORMATIONAL
        assert "not checked after" in source.status_note
        sections = [s for s in known.sections.values() if s.source == source.id]
        assert len(sections) >= 3
        if row.citation:
            assert known.section_at(source.id, row.citation)
    assert TABLE in known.sources
    assert not is_state_law("eo-13929")


def test_not_found_is_never_said_as_none() -> None:
    known = load_knowledge()
    for row in load_state_laws().values():
        if row.found == "none":
            said = known.section_at(source_id_of(row.state), "No statute found").text
            assert "not the same as none existing" in said


def test_no_lead_that_was_never_verified_is_shown() -> None:
    known = load_knowledge()
    for section in known.sections.values():
        if is_state_law(section.source) or section.source.startswith(("scotus-", "usc-")):
            assert not [lead for lead in UNVERIFIED if lead in section.text], section.id


def test_the_counts_are_those_of_the_facts() -> None:
    """Section 5 of the fact file: 25 states and DC, 16 and DC on blood flow, 22 not found."""
    rows = load_state_laws().values()
    found = Counter(row.found for row in rows)
    assert found == {"statute": 26, "none": 22, "administrative": 2, "voluntary": 1}
    blood = {r.state for r in rows if "blood_flow" in r.covers and r.verified}
    assert len(blood) == 17
    assert "DC" in blood
    none = {r.state for r in rows if r.review and r.review.exception == "none"}
    assert none == {"CA", "CO", "DC", "MA", "NV", "NY", "WA"}
    assert {r.state for r in rows if r.review and r.review.exception == "other"} == {
        "LA",
        "OR",
        "WI",
    }
    assert {r.state for r in rows if r.recheck} == {"AK", "HI", "MI", "NM"}


@pytest.mark.skipif(not FACTS.is_file(), reason="the fact file is not beside this checkout")
def test_citations_stand_in_the_fact_file() -> None:
    facts = FACTS.read_text(encoding="utf-8")
    for row in load_state_laws().values():
        line = next(text for text in facts.splitlines() if re.match(rf"\| (?:{row.name}|Dist\. of Columbia) \|", text) and ("Dist." in text) == (row.state == "DC"))  # fmt: skip
        numbers = re.findall(r"\d+[\d:.-]*\d", row.citation or "")
        assert [number for number in numbers if number not in facts] == [], row.state
        codes = {code for code in row.relation if re.match(r"S\d$|W$", code)}
        assert all(code in line or row.state in ("IL", "UT", "NY", "FL") for code in codes), (
            row.state
        )


def test_the_recheck_list_is_by_the_day_seen() -> None:
    everything = stale_rows(timedelta(days=0), today=date(2026, 11, 24))
    assert len(everything) == 51
    assert [row.state for row in everything[:4]] == ["AK", "HI", "MI", "NM"]
    assert everything[0].age == (date(2026, 11, 24) - everything[0].seen_on).days
    assert stale_rows(timedelta(days=180), today=date(2026, 11, 24)) == ()
    assert len(stale_rows(timedelta(days=180), today=date(2027, 3, 1))) == 51


@pytest.mark.parametrize("pattern", load_patterns(), ids=lambda pattern: pattern.pinpoint)
def test_a_pattern_catches_its_own_questions(pattern) -> None:
    assert [ask for ask in pattern.asks if not pattern.fits(ask)] == []


def test_a_sentence_over_the_table_counts_from_the_rows() -> None:
    text = load_knowledge().section_at(TABLE, "Pattern: limited by statute").text
    assert "25 states and the District of Columbia" in text
    assert "Georgia" not in text
