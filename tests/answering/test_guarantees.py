"""What every answer keeps, whatever is asked: over the whole knowledge base, without an index.

Nearness is measured by shared words here, so more odd statements come up than with the model:
the guarantees must hold for them too.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

import pytest
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


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(questions(), DAYS)
def test_every_answer_keeps_the_guarantees(text: str, day: date) -> None:
    question = read_question(text, as_of=day)
    given_answer = answer(question, library())
    check(given_answer, question.as_of)
    assert given_answer == answer(question, library())


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(lambda text: any(c.isalnum() for c in text)))
def test_any_text_gets_an_answer_or_a_kind(text: str) -> None:
    check(answer(read_question(text, as_of="2026-11-24"), library()), date(2026, 11, 24))


@pytest.mark.parametrize("principle", ["duty to intervene", "de-escalation training", "no-knock warrants", "warning shots", "medical care", "early warning system"])  # fmt: skip
@pytest.mark.parametrize("form", ["Is a {} policy mandatory for certification?", "Do we have to have {} to get certified?", "Must our policy cover {}?"])  # fmt: skip
def test_no_discretionary_principle_is_called_mandatory(principle: str, form: str) -> None:
    given_answer = answer(read_question(form.format(principle), as_of="2026-11-24"), library())
    known = load_knowledge().statements
    discretionary = {item.text for item in known.values() if item.bears == "discretionary"}
    for statement in given_answer.statements:
        quotes = {citation.quote for citation in statement.citations}
        if quotes & discretionary:
            assert not statement.text.startswith("Yes")
