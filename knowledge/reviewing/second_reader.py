"""The optional second reader: a language model that may doubt, and may do nothing else.

It proposes words of the excerpt. Words that stand there exactly become evidence; where they speak
against "meets" or "partial" the verdict becomes "unclear". No verdict is ever raised, no sentence
of the model is shown, and whatever the excerpt tells the model can do no more than that.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.llm import Complete, count_tokens
from knowledge.reviewing.standards import load_standards
from knowledge.reviewing.wording import load_wording
from knowledge.types import EvidenceSpan, Excerpt, Finding, Review, Role, Verdict

_FILE = Path(__file__).parents[1] / "data" / "prompts" / "review.toml"
_LOWERED = (Verdict.MEETS, Verdict.PARTIAL)
MOST_DOUBTS = 3  # of one part; a reply with more is cut
SHORTEST = 8  # characters; fewer say nothing about where they stand


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of the excerpt that may speak against the verdict on one standard."""

    standard: str
    start: int
    end: int
    role: Role


def second_read(review: Review, excerpt: Excerpt, complete: Complete) -> Review:
    """`review` with the verified doubts of a language model; the same when it has none.

    A reply that is late, broken or empty changes nothing but the notice that nobody read twice.
    """
    doubts: list[Doubt] = []
    read = 0
    for start, part in _parts(review, excerpt.text):
        reply = complete(_prompt()["system"], _user(review, part))
        if reply is None:
            continue
        read += 1
        doubts.extend(_doubts(reply, part, start))
    findings = tuple(_doubted(finding, doubts, excerpt.text) for finding in review.findings)
    key = "second_reader" if read else "second_reader_absent"
    notices = (*review.notices, load_wording().notice[key])
    return replace(review, findings=findings, notices=notices)


@lru_cache(maxsize=1)
def _prompt() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _parts(review: Review, text: str) -> Iterator[tuple[int, str]]:
    """The parts of the text that are read twice: those with mandatory evidence, then the first."""
    size, most = int(_prompt()["part"]), int(_prompt()["most"])
    spans = [span for f in review.findings if f.mandatory for span in f.evidence]
    holding = [span.start // size for span in spans]
    for number in sorted(dict.fromkeys([*holding, *range(len(text) // size + 1)][:most])):
        part = text[number * size : (number + 1) * size]
        if part.strip():
            yield number * size, part


def _user(review: Review, part: str) -> str:
    """The prompt with as much of the part as its budget allows."""
    told = _prompt()
    verdicts = "\n".join(
        told["verdict"].format(standard=f.standard, title=f.title, verdict=f.verdict)
        for f in review.findings
    )
    while True:
        user = str(told["user"]).replace("{verdicts}", verdicts).replace("{part}", _tamed(part))
        if count_tokens(told["system"] + user) <= int(told["budget"]) or len(part) < SHORTEST:
            return user
        part = part[: len(part) * 3 // 4]


def _tamed(part: str) -> str:
    """The part as data: it cannot close its own frame."""
    return part.replace("</part>", "< /part>")


def _doubts(reply: str, part: str, offset: int) -> Iterator[Doubt]:
    """The doubts of a reply whose words stand in the part exactly once or first."""
    known = {standard.id for standard in load_standards()}
    for item in _items(reply)[:MOST_DOUBTS]:
        standard, words, role = item.get("standard"), item.get("words"), item.get("role")
        if standard not in known or not isinstance(words, str) or len(words.strip()) < SHORTEST:
            continue
        at = part.find(words)
        if at >= 0:
            yield Doubt(standard, offset + at, offset + at + len(words), _role(role))


def _items(reply: str) -> Sequence[Mapping[str, Any]]:
    try:
        found = json.loads(reply[reply.find("{") : reply.rfind("}") + 1])
    except ValueError:
        return ()
    doubts = found.get("doubts") if isinstance(found, dict) else None
    return [item for item in doubts if isinstance(item, dict)] if isinstance(doubts, list) else ()


def _role(told: object) -> Role:
    return Role(told) if isinstance(told, str) and told in set(Role) else Role.CONFLICT


def _doubted(finding: Finding, doubts: Sequence[Doubt], text: str) -> Finding:
    mine = [doubt for doubt in doubts if doubt.standard == finding.standard]
    held = {(span.start, span.end) for span in finding.evidence}
    new = {(d.start, d.end): d for d in mine if (d.start, d.end) not in held}
    spans = tuple(EvidenceSpan(a, b, text[a:b], d.role) for (a, b), d in sorted(new.items()))
    if not spans:
        return finding
    seen = replace(finding, evidence=(*finding.evidence, *spans))
    return _lowered(seen) if finding.verdict in _LOWERED else seen


def _lowered(finding: Finding) -> Finding:
    wording = load_wording()
    standard = next(each for each in load_standards() if each.id == finding.standard)
    return replace(
        finding,
        verdict=Verdict.UNCLEAR,
        reason=f"{finding.reason} {wording.doubted}",
        missing=finding.missing or (standard.missing,),
        suggestion=finding.suggestion or standard.suggestion,
    )
