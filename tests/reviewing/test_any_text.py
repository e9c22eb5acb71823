"""Whatever is pasted: no error, offsets that are true, the same answer twice, linear time."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.reviewing import review
from knowledge.reviewing.blocks import read_blocks
from knowledge.reviewing.shadow import shadow_lines
from knowledge.types import Excerpt

DAY = date(2026, 11, 24)
STANDARDS = 14

SPACE = " "  # splitting on any white space would lose the line breaks
WORDS = (
    "officers shall not may must should never no use a the choke hold chokehold airway neck carotid unless except "
    "only when deadly force is authorized prohibited permitted : ; , . ( ) (a) 1. - | \n \r\n \t \u200b \U0001f600 "
    "e\u0301 \u0456 <b> </b> law federal state local shall intervene warning shots if it this of by any person"
).split(SPACE)
pieces = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def checked(text):
    made = review(Excerpt("x", text, DAY), "test")
    assert len(made.findings) == STANDARDS
    for finding in made.findings:
        for span in finding.evidence:
            assert 0 <= span.start < span.end <= len(text)
            assert span.text == text[span.start : span.end]
    return made


@settings(max_examples=250, deadline=None)
@given(st.one_of(st.text(max_size=300), pieces))
def test_any_text_is_reviewed_with_true_offsets(text):
    assert checked(text) == checked(text)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), pieces))
def test_every_character_of_the_shadow_knows_where_it_came_from(text):
    strips = [line.strip for line in shadow_lines(text)] + [b.strip for b in read_blocks(text)]
    for strip in strips:
        assert len(strip.text) == len(strip.at)
        assert all(0 <= at < len(text) for at in strip.at)


@pytest.mark.parametrize(
    "text",
    [
        "Officers shall not use\r\na choke hold.\r\n",  # CRLF
        "\U0001f46e Officers shall not use a choke hold \U0001f600.",  # beyond the basic plane
        "Ofﬁcers shall not use a choke hold.",  # a ligature widens in the shadow
        "Officers sha\u0301ll not use a cho\u0308ke hold.",  # combining marks
        "Officers shall not use a choke\u2028hold.",  # a line separator
        "<p>Officers shall not use a <i>choke</i> hold.</p>",  # markup inside the evidence
        "Officers shall not use cho-\nke holds.",  # a word broken over lines
        "\ufeffOfficers shall not use a choke hold.",  # a byte order mark
        "Officers shall not use a choke hold.\ud800",  # a lone surrogate
    ],
)
def test_odd_characters_neither_hide_the_rule_nor_shift_the_evidence(text):
    finding = checked(text).findings[0]
    assert finding.verdict == "meets"
    assert any("ke" in span.text and "hold" in span.text for span in finding.evidence)


RUNS = ["(", "a) ", "unless ", "| ", "\t", "choke hold ", ": ", "no ", "\u200b", "-\n", "<"]
RUNS += [".", "....... ", "; ", "?", "unless:\n- ", "<!--", "  x", "1.1 ", "**", "that ", "to "]


@pytest.mark.parametrize("run", RUNS, ids=repr)
def test_long_hostile_runs_end(run):
    """Twice as long takes about twice the time, not four times: no pattern goes back and forth."""
    rng = random.Random(run)

    def spent(count):
        text = run * count + " ".join(rng.choices(WORDS, k=200)) + run * count
        start = time.process_time()
        checked(text)
        return time.process_time() - start

    spent(300)
    # A pause of the machine can spoil one try; a pattern that goes back and forth spoils all.
    assert any(spent(3_000) < 3 * spent(1_500) + 0.3 for _ in range(3))


CLAUSES = st.lists(
    st.sampled_from(["Officers shall not", "use choke holds", "deadly force", *WORDS]),
    min_size=3,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(CLAUSES, st.integers(0, 2**16))
def test_cut_repeated_and_shuffled_rules_keep_their_offsets(words, seed):
    """A short version of the five-minute run: rules cut, doubled and mixed with odd characters."""
    rng = random.Random(seed)
    text = " ".join(words)
    for _ in range(rng.randint(0, 6)):
        a, b = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
        odd = rng.choice(["\n", "\n\n- ", " | ", "\u202e", "\ud800", "(a) ", text[a:b] * 3])
        text = text[:a] + odd + text[b:]
    checked(text)


def test_time_grows_with_length_only():
    page = ("4.1 Members shall report each use of force. Choke holds are prohibited.\n\n" * 45)[
        :3_000
    ]

    def spent(text, times):
        best = 9.0
        for _ in range(times):
            start = time.process_time()
            review(Excerpt("x", text, DAY), "test")
            best = min(best, time.process_time() - start)
        return best / len(text)

    spent(page, 1)
    assert spent((page + "\n\n") * 40, 2) <= 1.3 * spent(page, 12)
