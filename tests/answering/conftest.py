"""A small knowledge base and a finder that measures shared words: no model, no index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from knowledge.answering import Library
from knowledge.retrieval import Retriever, terms_of
from knowledge.retrieval.find import row_texts
from knowledge.sources import Knowledge, build_knowledge
from knowledge.types import Evidence, Section, TextKind

ORDER_WORDS = (
    "the use-of-force policies of the agency prohibit the use of chokeholds, unless the law "
    "lets deadly force be used."
)


def _source(key: str, issued: date, *, on: Sequence[Mapping[str, Any]] = (), **more: Any) -> dict:
    first = {"on": issued, "is": "in_force"}
    head = {
        "id": key, "title": f"Title of {key}", "short_title": key.replace("eo-", "EO "),
        "issuer": "Issuer", "issued": issued, "citation": "1 X 1", "seen_on": date(2026, 8, 21),
    } | more  # fmt: skip
    return {"source": head, "status": [first, *on], "section": []}


def _section(pinpoint: str, *statements: Mapping[str, Any]) -> dict:
    return {
        "pinpoint": pinpoint, "heading": "Heading", "evidence": "T", "statement": list(statements),
    }  # fmt: skip


def small_tables() -> dict[str, dict]:
    """Two orders, the standards and the bodies of two states, a statement or two each."""
    order = _source(
        "eo-13929",
        date(2020, 6, 16),
        on=[
            {
                "on": date(2022, 5, 25),
                "is": "revoked",
                "by": "eo-14074",
                "pinpoint": "§ 22(b)",
            },
        ],
    )
    order["section"] = [
        _section(
            "Title and publication",
            {
                "text": "EO 13929 is titled Safe Policing for Safe Communities.",
                "asks": ["What is the order called?"],
            },
        ),
        _section(
            "§ 2(c)(ii)",
            {
                "text": "EO 13929 has use-of-force policies prohibit chokeholds, except where deadly force is allowed by law.",
                "kind": "requirement",
                "bears": "mandatory",
                "asks": ["Do we have to ban chokeholds?"],
                "claim": [
                    {"says": "the chokehold ban is absolute", "holds": False, "lead": "No, with one exception"},
                    {"says": "the chokehold ban has an exception", "holds": True},
                    {"says": "chokeholds must be prohibited", "holds": True},
                ],
            },
        ),
    ]  # fmt: skip
    later = _source(
        "eo-14074",
        date(2022, 5, 25),
        on=[
            {
                "on": date(2025, 1, 20),
                "is": "revoked",
                "by": "eo-14148",
                "pinpoint": "§ 2(vv)",
            },
        ],
    )
    later["section"] = [
        _section(
            "§ 22(b)",
            {
                "text": "EO 13929 is no longer in force: section 22(b) of EO 14074 revoked it on May 25, 2022.",
                "kind": "status",
                "from": date(2022, 5, 25),
                "asks": ["Is EO 13929 in force?"],
                "claim": [{"says": "EO 13929 is in force", "holds": False}],
            },
        )
    ]
    last = _source("eo-14148", date(2025, 1, 20))
    last["section"] = [
        _section(
            "§ 2(vv)",
            {
                "text": "EO 14074 is no longer in force: section 2(vv) of EO 14148 revoked it on January 20, 2025.",
                "kind": "status",
                "from": date(2025, 1, 20),
                "asks": ["Was EO 14074 revoked?"],
            },
        )
    ]
    principles = _source("doj-principles-2020", date(2020, 10, 28), rests_on="eo-13929")
    principles["section"] = [
        _section(
            "Principle: duty to intervene",
            {
                "text": "A duty to intervene is a discretionary principle: a body should consider it, but it is not required for certification.",
                "bears": "discretionary",
                "asks": ["What about the duty to intervene?"],
                "claim": [
                    {"says": "a duty to intervene is required for certification", "holds": False, "lead": "No, only encouraged"},
                    {"says": "a duty to intervene is optional for certification", "holds": True},
                ],
            },
        )
    ]  # fmt: skip
    bodies = _source("credentialing-bodies", date(2020, 10, 28), rests_on="eo-13929")
    bodies["section"] = [
        _section(
            "Kansas",
            {
                "text": "In Kansas the credentialing body was the Commission on Peace Officers' Standards and Training.",
                "state": "KS",
                "asks": ["Who certifies us in Kansas?"],
            },
        ),
        _section(
            "No verified body",
            {
                "text": "No source seen here names the credentialing body for Utah.",
                "state": "UT",
                "asks": ["Who certifies us in Utah?"],
            },
        ),
        _section(
            "National bodies",
            {
                "text": "CALEA could certify any agency nationwide.",
                "asks": ["Which credentialing bodies could certify any agency nationwide?"],
            },
        ),
    ]
    notices = _source("doj-notices-fy2021-2023", date(2020, 10, 28), rests_on="eo-13929")
    notices["section"] = [
        _section(
            "Today's grants",
            {
                "text": "For a grant today, read its own notice of funding and award conditions.",
                "asks": ["Do we need this certification for a grant?"],
            },
        )
    ]
    tables = (order, later, last, principles, bodies, notices)
    return {table["source"]["id"]: table for table in tables}


def library_of(
    tables: Mapping[str, dict], official: Mapping[str, Section] | None = None
) -> Library:
    """A library over parsed source tables; nearness is the share of words in common."""
    known = build_knowledge((f"{key}.toml", table) for key, table in tables.items())
    return library_over(known, official)


def library_over(known: Knowledge, official: Mapping[str, Section] | None = None) -> Library:
    """A library over a knowledge base, without an index."""
    return Library(known, Retriever(known, _by_words(known)), "release-1", official or {})


def _by_words(known: Knowledge):
    rows = [
        (item.id, text, set(terms_of(text)))
        for item in known.statements.values()
        for _, text in row_texts(item)
    ]

    def nearest(query: str, count: int) -> list[tuple[str, str, float]]:
        wanted = set(terms_of(query))
        scored = [
            (key, text, 2 * len(wanted & words) / max(len(wanted) + len(words), 1))
            for key, text, words in rows
        ]
        return sorted(scored, key=lambda row: (-row[2], row[0], row[1]))[:count]

    return nearest


@pytest.fixture
def tables() -> dict[str, dict]:
    return small_tables()


@pytest.fixture
def library(tables: dict[str, dict]) -> Library:
    words = Section(
        id="eo-13929#§ 2(c)(ii)@official", source="eo-13929", pinpoint="§ 2(c)(ii)", heading="",
        text=ORDER_WORDS, text_kind=TextKind.OFFICIAL, evidence=Evidence.TEXT, url=None,
        seen_on=date(2026, 8, 21),
    )  # fmt: skip
    return library_of(tables, {"eo-13929#§ 2(c)(ii)": words})
