"""The report as OSCAL assessment results, version 1.2.3 of NIST's format, in JSON.

A standard is a control, a finding says whether its objective is satisfied, and an observation
holds the deciding words with their page. Only `meets` is satisfied; the exact verdict stands in a
property. Identifiers derive from the content, so the same review has the same ones.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.batch.journal import Journal, Terms
from bot.batch.rows import Row
from bot.batch.wording import load_batch_wording
from knowledge.reviewing.standards import load_standards
from knowledge.types import Verdict

VERSION = "1.2.3"
_SPACE = uuid.UUID("6f1b3c1e-4a44-5c55-9d0e-13929c0f0001")  # ours; any fixed one would do
_NAMES = "urn:safepolicing:oscal"
_REASON = {Verdict.MEETS: "pass", Verdict.DOES_NOT_MEET: "fail"}


def write_oscal(path: Path, rows: Sequence[Row], journal: Journal) -> None:
    """The results of every manual that was reviewed; without one there is no file."""
    reviewed = [row for row in rows if row.verdicts and not row.same_as]
    if not reviewed:
        path.unlink(missing_ok=True)
        return
    head = _head(journal.terms)
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write('{"assessment-results": ' + json.dumps(head, ensure_ascii=False)[:-1])
        file.write(', "results": [\n')
        for place, row in enumerate(reviewed):
            result = _result(row, journal.judged(row.key).review or {}, journal.terms)
            file.write((",\n" if place else "") + json.dumps(result, ensure_ascii=False))
        file.write("\n]}}\n")


def _head(terms: Terms) -> dict[str, Any]:
    say = load_batch_wording().say
    party = _id("party")
    return {
        "uuid": _id("results", terms.release, terms.as_of, terms.state or ""),
        "metadata": {
            "title": say("oscal_title"),
            "last-modified": _moment(terms),
            "version": terms.release,
            "oscal-version": VERSION,
            "parties": [{"uuid": party, "type": "organization", "name": say("oscal_party")}],
            "remarks": say("oscal_limits"),
        },
        "import-ap": {"href": "#" + _id("plan")},
        "back-matter": {
            "resources": [
                {
                    "uuid": _id("plan"),
                    "title": say("oscal_title"),
                    "description": say("oscal_plan"),
                }
            ]
        },
    }


def _result(row: Row, review: dict[str, Any], terms: Terms) -> dict[str, Any]:
    found = review["findings"]
    observations = [o for finding in found for o in _observation(row, finding, terms)]
    result = {
        "uuid": _id("result", row.key, terms.release, terms.as_of),
        "title": _line(row.manual.name),
        "description": _line(f"{row.manual.agency}: {row.manual.name}"),
        "start": _moment(terms),
        "props": [_prop("agency", row.manual.agency), _prop("content", row.key)],
        "reviewed-controls": {
            "control-selections": [
                {"include-controls": [{"control-id": s.id} for s in load_standards()]}
            ]
        },
        "findings": [_finding(row, finding, terms) for finding in found],
    }
    return result | ({"observations": observations} if observations else {})


def _finding(row: Row, finding: dict[str, Any], terms: Terms) -> dict[str, Any]:
    verdict = Verdict(finding["verdict"])
    state = "satisfied" if verdict is Verdict.MEETS else "not-satisfied"
    named = {
        "uuid": _id("finding", row.key, finding["standard"], terms.release, terms.as_of),
        "title": _line(finding["title"]),
        "description": finding["reason"],
        "props": [
            _prop("verdict", verdict),
            _prop("mandatory", "yes" if finding["mandatory"] else "no"),
        ],
        "target": {
            "type": "objective-id",
            "target-id": finding["standard"],
            "status": {"state": state, "reason": _REASON.get(verdict, "other")},
        },
    }
    if finding["evidence"]:
        seen = {"observation-uuid": _observation_id(row, finding, terms)}
        named["related-observations"] = [seen]
    return named


def _observation(row: Row, finding: dict[str, Any], terms: Terms) -> Iterator[dict[str, Any]]:
    """The deciding words of a finding, if it has any."""
    if not finding["evidence"]:
        return
    yield {
        "uuid": _observation_id(row, finding, terms),
        "title": _line(finding["title"]),
        "description": finding["reason"],
        "methods": ["EXAMINE"],
        "relevant-evidence": [_evidence(span) for span in finding["evidence"]],
        "collected": _moment(terms),
    }


def _evidence(span: dict[str, Any]) -> dict[str, Any]:
    props = [_prop("role", span["role"])]
    if span["page"] is not None:
        props.append(_prop("page", str(span["page"])))
    return {"description": span["text"], "props": props}


def _observation_id(row: Row, finding: dict[str, Any], terms: Terms) -> str:
    return _id("observation", row.key, finding["standard"], terms.release, terms.as_of)


def _prop(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": _NAMES, "value": _line(value)}


def _line(text: str) -> str:
    """One line that is not empty, as OSCAL wants its strings."""
    return " ".join(text.split()) or "-"


def _moment(terms: Terms) -> str:
    return f"{terms.as_of}T00:00:00Z"


def _id(*parts: str) -> str:
    return str(uuid.uuid5(_SPACE, "\0".join(parts)))
