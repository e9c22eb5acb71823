"""A knowledge base of one order with one section, for tests that need no more."""

from __future__ import annotations

from datetime import date
from typing import Any

from knowledge.sources import Knowledge, build_knowledge


def knowledge_of(*statements: str, phrases: tuple[str, ...] = ()) -> Knowledge:
    """A knowledge base with one order of one section that holds these statements."""
    return build_knowledge([("order.toml", order_table(statements, phrases))])


def order_table(statements: tuple[str, ...], phrases: tuple[str, ...] = ()) -> dict[str, Any]:
    """The parsed file of one order."""
    return {
        "source": {
            "id": "eo-13929",
            "title": "Executive Order 13929, Safe Policing for Safe Communities",
            "short_title": "EO 13929",
            "issuer": "President of the United States",
            "issued": date(2020, 6, 16),
            "citation": "85 FR 37325",
            "seen_on": date(2026, 8, 21),
            "official_text": list(phrases),
        },
        "status": [{"on": date(2020, 6, 16), "is": "in_force"}],
        "section": [
            {
                "pinpoint": "§ 2(c)(ii)",
                "heading": "Chokeholds",
                "evidence": "T",
                "statement": [
                    {
                        "text": text,
                        "asks": [f"Is it so that {text[:20]}?"],
                        "claim": [{"says": text.lower().rstrip("."), "holds": True}],
                    }
                    for text in statements
                ],
            }
        ],
    }


def catalogue() -> Knowledge:
    """The orders and the article by name, each with one section of ours."""
    return build_knowledge(
        [
            _named("eo-13929", "Executive Order 13929, Safe Policing for Safe Communities", ()),
            _named(
                "eo-14074",
                "Executive Order 14074, Advancing Effective, Accountable Policing and Criminal "
                "Justice Practices To Enhance Public Trust and Public Safety",
                (),
            ),
            _named(
                "eo-14148",
                "Executive Order 14148, Initial Rescissions of Harmful Executive Orders and "
                "Actions",
                (),
            ),
            _named(
                "eo-14288",
                "Executive Order 14288, Strengthening and Unleashing America\u2019s Law "
                "Enforcement To Pursue Criminals and Protect Innocent Citizens",
                (),
            ),
            _named(
                "cops-dispatch-2021-01",
                "Community Policing Dispatch, January 2021",
                (),
            ),
            _named(
                "doj-principles-2020",
                "Principles on Safe Policing and Use of Force",
                ("Principles on Safe Policing and Use of Force",),
            ),
        ]
    )


def _named(id: str, title: str, phrases: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    table = order_table((f"{id} is one of the texts of this test.",), phrases)
    table["source"] |= {"id": id, "title": title, "short_title": id}
    table["section"][0]["pinpoint"] = "§ 1"
    return f"{id}.toml", table
