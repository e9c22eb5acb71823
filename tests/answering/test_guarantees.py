"""What every answer keeps, whatever is asked: over the whole knowledge base, without an index.

Nearness is measured by shared words here, so more odd statements come up than with the model:
the guarantees must hold for them too.
"""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from datetime import date
from functools import lru_cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.answering import Library, answer
from knowledge.requests import read_question
from knowledge.sources import load_knowledge, status_on
from knowledge.types import Answer, Status
from tests.answering.conftest import library_over

LINK = re.compile(r"https?://[^\s)>\]]+|www\.\S+")


@lru_cache(maxsize=1)
def library() -> Library:
    return library_over(load_knowledge())


@lru_cache(maxsize=1)
def asks() -> list[str]:
    known = load_knowledge().statements.values()
    return sorted(ask for statement in known for ask in statement.asks)


DAYS = st.sampled_from(
    [date(2020, 6, 16), date(2021, 3, 1), date(2022, 5, 25), date(2024, 1, 1), date(2026, 11, 24)]
)
TWISTS = st.sampled_from(
    ["", "not ", "in Utah ", "EO 12939 ", "really ", "or optional ", "for campus police "]
)


@st.composite
def questions(draw: st.DrawFn) -> str:
    """A known question with words put in, or two of them in one message."""
    first = draw(st.sampled_from(asks()))
    words = first.split()
    place = draw(st.integers(0, len(words)))
    twisted = " ".join([*words[:place], draw(TWISTS).strip(), *words[place:]])
    return f"{twisted} {draw(st.sampled_from(asks()))}" if draw(st.booleans()) else twisted


def check(given_answer: Answer, day: date) -> None:
    known = load_knowledge()
    assert given_answer.answered is (given_answer.abstention is None)
    assert not given_answer.answered or given_answer.statements
    cited = set()
    for statement in given_answer.statements:
        assert statement.citations
        for citation in statement.citations:
            section = library().section(f"{citation.source}#{citation.pinpoint}")
            assert section is not None
            assert citation.quote in section.text
            assert citation.url == section.url
            assert citation.status is status_on(known.sources[citation.source], day).status
            cited.add((citation.source, citation.pinpoint))
    for source in {name for name, _ in cited}:
        change = status_on(known.sources[source], day)
        if change.status in (Status.REVOKED, Status.SUPERSEDED):
            assert (change.by, change.pinpoint) in cited, f"{source} lacks its status line"
    urls = {section.url for section in known.sections.values()}
    words = " ".join([s.text for s in given_answer.statements] + list(given_answer.notices))
    assert set(LINK.findall(words)) <= urls


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(questions(), DAYS)
def test_every_answer_keeps_the_guarantees(text: str, day: date) -> None:
    question = read_question(text, as_of=day)
    given_answer = answer(question, library())
    check(given_answer, question.as_of)
    assert given_answer == answer(question, library())


@settings(max_examples=80, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(lambda text: any(c.isalnum() for c in text)))
def test_any_text_gets_an_answer_or_a_kind(text: str) -> None:
    check(answer(read_question(text, as_of="2026-11-24"), library()), date(2026, 11, 24))


PRINCIPLES = st.sampled_from(
    ["duty to intervene", "de-escalation training", "no-knock warrants", "warning shots",
     "medical care", "early warning systems", "community engagement", "recruitment",
     "officer mental health services", "shooting at moving vehicles", "verbal warnings",
     "termination of force"]
)  # fmt: skip
FORMS = st.sampled_from(
    ["Is a {} policy mandatory for certification?", "Do we have to have {} to get certified?",
     "Must our policy cover {}?", "Are {} required under the DOJ standards?",
     "Do the DOJ standards require {}?", "Is {} one of the mandatory requirements?",
     "is {} compulsory per EO 13929", "{} - mandatory or not?",
     "Would we fail certification if our manual has nothing on {}?",
     "So {} is a hard requirement, right?"]
)  # fmt: skip
CALLED_MANDATORY = re.compile(
    r"\b(?:is|are) (?:mandatory|required|obligatory)\b|\bmust (?:have|contain|include)\b", re.I
)


@settings(max_examples=80, deadline=None)
@given(PRINCIPLES, FORMS, TWISTS)
def test_no_discretionary_principle_is_called_mandatory(
    principle: str, form: str, twist: str
) -> None:
    given_answer = answer(
        read_question(f"{form.format(principle)} {twist}".strip(), as_of="2026-11-24"), library()
    )
    known = load_knowledge().statements
    discretionary = {item.text for item in known.values() if item.bears == "discretionary"}
    for statement in given_answer.statements:
        quotes = {citation.quote for citation in statement.citations}
        if quotes & discretionary:
            assert not statement.text.startswith("Yes")
            assert not CALLED_MANDATORY.search(statement.text)


@lru_cache(maxsize=64)
def library_without(section: str) -> Library:
    """The library as it would be had that section never been written."""
    known = load_knowledge()
    sections = {key: item for key, item in known.sections.items() if key != section}
    statements = {key: item for key, item in known.statements.items() if item.section != section}
    return library_over(dataclasses.replace(known, sections=sections, statements=statements))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_an_answer_changes_with_the_section_it_cites(data: st.DataObject) -> None:
    question = read_question(data.draw(st.sampled_from(asks())), as_of="2026-11-24")
    whole = answer(question, library())
    cited = sorted({f"{c.source}#{c.pinpoint}" for s in whole.statements for c in s.citations})
    if not cited:
        return
    gone = data.draw(st.sampled_from(cited))
    without = answer(question, library_without(gone))
    assert without.statements != whole.statements
    assert gone not in {f"{c.source}#{c.pinpoint}" for s in without.statements for c in s.citations}


_AGAIN = """
import sys
from tests.answering.test_guarantees import answer, library, read_question
for line in sys.stdin.read().splitlines():
    print(answer(read_question(line, as_of="2026-11-24"), library()))
"""


def test_another_process_gives_the_same_answers() -> None:
    chosen = "\n".join(asks()[:: max(1, len(asks()) // 12)])
    told = [
        subprocess.run(
            [sys.executable, "-c", _AGAIN],
            input=chosen, capture_output=True, text=True, check=True, timeout=240,
            cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert told[0]
    assert told[0] == told[1]
