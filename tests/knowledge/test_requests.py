"""What a door hands over becomes a question or an excerpt, or one clear sentence."""

from datetime import date

import pytest

from knowledge.dates import day_asked_about, read_day
from knowledge.errors import InputError
from knowledge.places import read_state, states_in
from knowledge.requests import read_excerpt, read_question
from knowledge.types import Turn

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("was it required in March 2021?", date(2021, 3, 31)),
        ("Was the order in force on May 24, 2022?", date(2022, 5, 24)),
        ("Was it in force on 24 May 2022?", date(2022, 5, 24)),
        ("Did we need certification as of 2021-03-01?", date(2021, 3, 1)),
        ("in 2021 did DOJ require it", date(2021, 12, 31)),
        ("March 2021: were we covered?", date(2021, 3, 31)),
        # the date belongs to an event; the question is about today
        ("we were certified in March 2021, is it still valid?", TODAY),
        ("what does the order signed in June 2020 ban", TODAY),
        ("Our agency got certified by NJSACOP in 2021. do we need to renew", TODAY),
        ("is the order issued on June 16, 2020 in force now?", TODAY),
        # a year that no preposition puts the question in
        ("do we need this for a 2026 grant?", TODAY),
        ("what did the FY2023 notice say", TODAY),
        # nothing is known of the future
        ("will it be required in 2030?", TODAY),
        ("was it in force on February 31, 2021?", TODAY),
    ],
)
def test_the_day_asked_about(text: str, day: date) -> None:
    assert day_asked_about(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("who certifies us in Kansas?", ("KS",)),
        ("Lodi, WI", ("WI",)),
        ("we are in IN", ("IN",)),
        ("is it OK or not", ()),
        ("IN general", ()),
        ("I'M IN OK SHAPE", ()),
        ("West Virginia police", ("WV",)),
        ("Washington, D.C. police", ("DC",)),
        ("Washington state and oregon", ("WA", "OR")),
        ("new york or NJ", ("NY", "NJ")),
    ],
)
def test_states_in_a_text(text: str, codes: tuple[str, ...]) -> None:
    assert states_in(text) == codes


def test_a_state_is_a_code_or_a_name() -> None:
    assert read_state("ks") == read_state("Kansas") == "KS"
    assert read_state(" ") is None
    with pytest.raises(InputError, match="two-letter code"):
        read_state("Kanzas")


def test_an_unreadable_date_is_one_sentence() -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        read_day("yesterday")


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200b"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        read_question(text)
    with pytest.raises(InputError, match="empty"):
        read_excerpt(text)


def test_limits() -> None:
    assert read_question("a" * 8_000).text
    with pytest.raises(InputError, match="8,001"):
        read_question("a" * 8_001)
    with pytest.raises(InputError, match="20 MB"):
        read_excerpt("a" * (20 * 1024 * 1024 + 1))
    with pytest.raises(InputError, match="binary"):
        read_excerpt("%PDF\0\0")


def test_an_id_derives_from_input_day_and_release() -> None:
    first = read_question("Is it mandatory?", as_of="2021-03-01", release="r1")
    assert first == read_question("Is it mandatory?", as_of="2021-03-01", release="r1")
    others = {
        read_question("Is it mandatory?", as_of="2021-03-02", release="r1").id,
        read_question("Is it mandatory?", as_of="2021-03-01", release="r2").id,
        read_question("Is it mandatory", as_of="2021-03-01", release="r1").id,
        read_question(
            "Is it mandatory?",
            as_of="2021-03-01",
            release="r1",
            history=[Turn("a", "b")],
        ).id,
    }
    assert len(others) == 4
    assert first.id not in others
    assert read_question("x y", id="mine").id == "mine"
