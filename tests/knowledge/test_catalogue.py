"""The catalogue as it is holds together, and a slip of each kind in it is found."""

from __future__ import annotations

import copy
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalogue import (
    catalogue,
    check_catalogue,
    check_reach,
    read_age,
    stale_sections,
)
from knowledge.errors import InputError, KnowledgeError
from knowledge.hosts import load_hosts
from knowledge.sources import DATA, Knowledge, build_knowledge, load_knowledge
from knowledge.types import Evidence, Status

TODAY = date(2026, 11, 24)
IDS = {
    "eo-13929", "doj-standards-2020", "doj-principles-2020", "doj-fact-sheet-2020",
    "cops-dispatch-2021-01", "cops-safe-policing-page", "credentialing-bodies", "iadlest-award",
    "eo-14074", "eo-14148", "eo-14288", "nsicb-2023", "aicb", "doj-notices-fy2021-2023",
}  # fmt: skip


def test_nothing_is_wrong_in_the_catalogue() -> None:
    assert check_catalogue(load_knowledge(), day=TODAY) == ()


def test_every_source_of_the_contract_is_there() -> None:
    assert set(load_knowledge().sources) >= IDS


@pytest.mark.parametrize(
    ("source", "day", "status"),
    [
        ("eo-13929", TODAY, Status.REVOKED),
        ("eo-14074", TODAY, Status.REVOKED),
        ("eo-14148", TODAY, Status.IN_FORCE),
        ("eo-14288", TODAY, Status.IN_FORCE),
        ("doj-standards-2020", TODAY, Status.UNKNOWN),
        ("doj-principles-2020", TODAY, Status.UNKNOWN),
        ("doj-fact-sheet-2020", TODAY, Status.UNKNOWN),
        ("nsicb-2023", TODAY, Status.UNKNOWN),
        ("aicb", TODAY, Status.UNKNOWN),
        ("credentialing-bodies", TODAY, Status.HISTORICAL),
        ("iadlest-award", TODAY, Status.HISTORICAL),
        ("cops-dispatch-2021-01", TODAY, Status.HISTORICAL),
        ("credentialing-bodies", date(2021, 3, 1), Status.INFORMATIONAL),
        ("doj-fact-sheet-2020", date(2020, 12, 2), Status.NOT_YET_ISSUED),
    ],
)
def test_the_catalogue_tells_the_status_on_a_day(source: str, day: date, status: Status) -> None:
    entries = {entry.source.id: entry for entry in catalogue(load_knowledge(), day)}
    assert entries[source].status.status is status


def test_marks_of_an_entry_add_up_to_its_statements() -> None:
    entries = catalogue(load_knowledge(), TODAY)
    assert all(sum(entry.marks.values()) == entry.statements for entry in entries)
    assert sum(entry.statements for entry in entries) == len(load_knowledge().statements)
    bodies = next(entry for entry in entries if entry.source.id == "credentialing-bodies")
    assert bodies.marks[Evidence.SECONDARY] == 3  # California rests on a secondary source alone


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("section", 0, "url"), "http://cops.usdoj.gov/page", "not HTTPS on a host"),
        (("section", 0, "url"), "https://example.org/", "not HTTPS on a host"),
        (("source", "url"), "https://cops.usdoj.gov:8443/x", "not HTTPS on a host"),
        (("section", 0, "statement", 0, "evidence"), "E2", "has to say who reported it"),
        (("section", 0, "statement", 0, "evidence"), "E-weak", "has to say who reported it"),
        (("section", 0, "statement", 0, "evidence"), "I", "our reading or inference"),
        (("section", 0, "statement", 0, "text"), "As reported by a blog, yes.", "but is marked T"),
        (("section", 0, "statement", 0, "text"), "Our reading is yes.", "but is marked T"),
        (("section", 0, "statement", 0, "text"), "See section 9(z) of EO 13929.", "no section"),
        (("section", 0, "statement", 0, "asks"), [], "no question is given"),
        (("section", 0, "statement", 0, "until"), date(2019, 1, 1), "ends before it begins"),
        (("section", 0, "seen_on"), date(2030, 1, 1), "still to come"),
        (("status", 0, "on"), date(2020, 1, 1), "before it was issued"),
        (("section", 1, "pinpoint"), "§  1", "reads the same as"),
    ],
)
def test_a_slip_is_found(path: tuple[str | int, ...], value: object, problem: str) -> None:
    table = _table()
    assert check_catalogue(_known(table), day=TODAY, data=Path("none")) == ()
    _put(table, path, value)
    problems = check_catalogue(_known(table), day=TODAY, data=Path("none"))
    assert problems
    assert all(problem in line for line in problems)


def test_a_rule_that_points_nowhere_is_found(tmp_path: Path) -> None:
    rule = '[[citation]]\nsource = "eo-13929"\npinpoint = "§ 77"\n'
    (tmp_path / "rule.toml").write_text(rule, encoding="utf-8")
    problems = check_catalogue(load_knowledge(), day=TODAY, data=tmp_path)
    assert problems == ("rule.toml: points at eo-13929 § 77, which is no section.",)


def test_an_unverified_mark_is_refused_at_load() -> None:
    table = _table()
    _put(table, ("section", 0, "evidence"), "G")
    with pytest.raises(KnowledgeError, match="G"):
        _known(table)


def test_a_statement_that_its_questions_do_not_find_is_told() -> None:
    known = _known(_table())
    both = ["eo-13929#§ 1/1", "eo-13929#§ 1 note/1"]
    assert check_reach(known, lambda ask: both) == ()
    fourth = check_reach(known, lambda ask: ["a", "b", "c", *both])
    assert [line.split(":")[0] for line in fourth] == both


def test_sections_not_looked_at_for_long_are_listed_oldest_first() -> None:
    table = _table()
    _put(table, ("section", 1, "seen_on"), date(2026, 1, 1))
    found = stale_sections(_known(table), TODAY, older_than=90)
    assert [item.section.pinpoint for item in found] == ["§ 1 note", "§ 1"]
    assert found[0].days == 327
    assert stale_sections(_known(table), TODAY, older_than=327) == ()


@pytest.mark.parametrize(("text", "days"), [("180d", 180), ("90", 90), ("7 days", 7)])
def test_an_age_is_read(text: str, days: int) -> None:
    assert read_age(text) == days


@pytest.mark.parametrize("text", ["", "six months", "-3d", "1.5d"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="180d"):
        read_age(text)


def test_no_host_is_both_fetched_and_cited_only() -> None:
    hosts = load_hosts()
    assert not hosts.fetched & hosts.cited
    assert not hosts.allow("https://cops.usdoj.gov@example.org/")


def test_no_data_file_of_the_catalogue_holds_an_address_outside_an_url_key() -> None:
    for path in sorted((DATA / "sources").glob("*.toml")):
        for section in tomllib.loads(path.read_text(encoding="utf-8"))["section"]:
            texts = [part["text"] for part in section["statement"]]
            assert not any("://" in text for text in texts), path.name


def _table() -> dict[str, Any]:
    statement = {
        "text": "Section 1 of EO 13929 tells the purpose.", "asks": ["What for?"],
        "from": date(2020, 6, 16),
    }  # fmt: skip
    section = {"heading": "Purpose", "evidence": "T", "statement": [statement]}
    return {
        "source": {
            "id": "eo-13929", "title": "Order", "short_title": "EO 13929", "issuer": "President",
            "issued": date(2020, 6, 16), "citation": "85 FR 37325", "seen_on": date(2026, 8, 21),
        },
        "status": [{"on": date(2020, 6, 16), "is": "in_force"}],
        "section": [
            {"pinpoint": "§ 1", **copy.deepcopy(section)},
            {"pinpoint": "§ 1 note", **copy.deepcopy(section)},
        ],
    }  # fmt: skip


def _known(table: dict[str, Any]) -> Knowledge:
    return build_knowledge([("order.toml", table)])


def _put(table: Any, path: tuple[str | int, ...], value: object) -> None:
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value
