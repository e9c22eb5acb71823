"""Judge one answer: was the right thing said, cited, dated, or declined for the right reason?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.cases import Case
from evals.scorers.support import support_marks
from evals.scorers.wording import said, share_told, untold
from evals.scores import Judgement, Outcome
from knowledge.sources import Knowledge
from knowledge.types import Answer, Citation

_LEAD = re.compile(r"^(yes|no)\b", re.IGNORECASE)
_LONGEST = 400  # characters of an answer that are shown beside a miss


@dataclass(frozen=True, slots=True)
class Ground:
    """What citations are checked against: section texts by (source, pinpoint, whose words), and
    the (source, pinpoint) of every text that ended a source."""

    texts: Mapping[tuple[str, str, str], str]
    enders: frozenset[tuple[str, str]]


def enders_of(knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """Where the knowledge base says that one source ended another."""
    changes = (change for s in knowledge.sources.values() for change in s.status_changes)
    return frozenset((c.by, c.pinpoint or "") for c in changes if c.by)


def judge_answer(case: Case, answer: Answer, ground: Ground) -> Judgement:
    """What `answer` did for `case`, part by part."""
    marks = _marks(case.expect, answer, ground)
    outcome = _outcome(case.expect, answer, marks)
    return Judgement(
        outcome,
        expected=_expected(case.expect),
        got=_shown(answer),
        why=_why(case.expect, answer, marks),
        marks=marks | {"right": float(outcome is Outcome.RIGHT)},
        labels={"reply": (_wanted_kind(case.expect, answer), _kind(answer))},
        confidence=answer.score if answer.answered else -1.0,
    )


def joined(answer: Answer) -> str:
    """The words of the statements, in order."""
    return " ".join(statement.text for statement in answer.statements)


def cited(answer: Answer) -> list[Citation]:
    """Every citation, in order."""
    return [citation for item in answer.statements for citation in item.citations]


def names(cite: str, citation: Citation) -> bool:
    """Whether `cite` ("source#pinpoint", or a bare source) names what the citation cites."""
    source, _, pinpoint = cite.partition("#")
    return citation.source == source and pinpoint in ("", citation.pinpoint)


def _marks(expect: Mapping[str, Any], answer: Answer, ground: Ground) -> dict[str, float]:
    text = joined(answer)
    marks = {"wrong": float(_is_wrong(expect, answer))}
    marks |= support_marks(answer.statements)
    if answer.statements:
        marks["exact_quotes"] = float(all(_stands(c, ground) for c in cited(answer)))
    if expect["answered"]:
        marks["false_abstention"] = float(not answer.answered)
    else:
        marks["missed_abstention"] = float(answer.answered)
        if not answer.answered:
            marks["abstention_kind"] = float(_kind(answer) in expect["abstention"])
    if expect["answered"] and not answer.answered:
        return marks  # what was not said has no parts; declining has its own name
    return marks | _told(expect, answer, text, ground)


def _told(expect: Mapping[str, Any], answer: Answer, text: str, ground: Ground) -> dict[str, float]:
    told: dict[str, float] = {}
    if expect.get("facts"):
        told["facts"] = share_told(expect["facts"], text)
    if expect.get("cites"):
        given = cited(answer)
        told["right_citation"] = float(any(names(c, g) for c in expect["cites"] for g in given))
    if told:
        told["substance"] = float(all(mark == 1 for mark in told.values()))
    if expect.get("lead"):
        told["lead"] = float(_lead(answer) == expect["lead"])
    if expect.get("status_line"):
        ended = any((c.source, c.pinpoint) in ground.enders for c in cited(answer))
        told["status_line"] = float(ended)
    return told


def _is_wrong(expect: Mapping[str, Any], answer: Answer) -> bool:
    text = joined(answer) + " " + (answer.abstention.message if answer.abstention else "")
    opposite = {"yes": "no", "no": "yes"}.get(expect.get("lead") or "")
    contrary = answer.answered and opposite is not None and _lead(answer) == opposite
    return contrary or bool(said(expect.get("wrong", ()), text))


def _outcome(expect: Mapping[str, Any], answer: Answer, marks: Mapping[str, float]) -> Outcome:
    if marks["wrong"]:
        return Outcome.WRONG
    if expect["answered"] and not answer.answered:
        return Outcome.FALSE_ABSTENTION
    if answer.answered and not expect["answered"]:
        return Outcome.MISSED_ABSTENTION
    needed = ("facts", "right_citation", "lead", "status_line", "exact_quotes", "abstention_kind")
    return Outcome.RIGHT if all(marks.get(n, 1.0) == 1.0 for n in needed) else Outcome.PARTLY


def _lead(answer: Answer) -> str | None:
    match = _LEAD.match(answer.statements[0].text) if answer.statements else None
    return match.group(1).casefold() if match else None


def _kind(answer: Answer) -> str:
    return str(answer.abstention.kind) if answer.abstention else "answered"


def _wanted_kind(expect: Mapping[str, Any], answer: Answer) -> str:
    if expect["answered"]:
        return "answered"
    accepted: Sequence[str] = expect["abstention"]
    return _kind(answer) if _kind(answer) in accepted else accepted[0]


def _stands(citation: Citation, ground: Ground) -> bool:
    key = (citation.source, citation.pinpoint, str(citation.text_kind))
    return bool(citation.quote) and citation.quote in ground.texts.get(key, "")


def _expected(expect: Mapping[str, Any]) -> str:
    if not expect["answered"]:
        return "declined: " + " or ".join(expect["abstention"])
    parts = [f"opens with {expect['lead']}"] if expect.get("lead") else []
    parts += ["says " + " and ".join(fact[0] for fact in expect["facts"])] * bool(expect["facts"])
    parts += ["cites " + " or ".join(expect["cites"])] * bool(expect["cites"])
    return "; ".join(parts) or "answered"


def _shown(answer: Answer) -> str:
    text = joined(answer)
    if answer.abstention:
        text = f"declined ({answer.abstention.kind}): {answer.abstention.message} {text}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "\u2026"


def _why(expect: Mapping[str, Any], answer: Answer, marks: Mapping[str, float]) -> str:
    text, told = joined(answer), []
    if expect["answered"] and not answer.answered:
        return f"declined as {_kind(answer)} although it can be answered"
    if answer.answered and not expect["answered"]:
        told.append("answered although it must be declined")
    if marks["wrong"]:
        found = said(expect.get("wrong", ()), text)
        told.append(f"says {found[0]!r}" if found else f"opens with {_lead(answer)}")
    if marks.get("facts", 1) < 1:
        told.append("does not say " + ", ".join(untold(expect["facts"], text)))
    if not marks.get("right_citation", 1):
        told.append(
            "cites " + ", ".join(sorted({f"{c.source}#{c.pinpoint}" for c in cited(answer)}))
        )
    notes = {
        "lead": f"opens with {_lead(answer) or 'neither yes nor no'}",
        "status_line": "no line on what ended the source",
        "exact_quotes": "a quote does not stand where it is cited",
        "abstention_kind": f"declined as {_kind(answer)}",
    }
    told += [note for name, note in notes.items() if not marks.get(name, 1)]
    return "; ".join(told)
