"""The build of an order: sections, letters, numerals, and everything that is not one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.cleaning import clean, flowed
from ingest.orders import is_order, order_sections

ENACTING = "By the authority vested in me as President by the Constitution, it is hereby ordered:\n"


def sections_of(text: str) -> dict[str, str]:
    return {found.pinpoint: found.text.text for found in order_sections(clean(text))}


@pytest.mark.parametrize(
    ("body", "pinpoints"),
    [
        # the plain case
        ("Section 1. Aim. Be fair.\nSec. 2. Duty. (a) One.\n(b) Two.", ["§ 1", "§ 2(a)", "§ 2(b)"]),
        # words before the first letter are the section's own
        ("Section 1. Aim. All of these:\n(a) one;\n(b) two.", ["§ 1", "§ 1(a)", "§ 1(b)"]),
        # numerals below letters, and back up
        (
            "Section 1. Aim. (a) Do:\n(i) one;\n(ii) two.\n(b) Rest.",
            ["§ 1(a)", "§ 1(a)(i)", "§ 1(a)(ii)", "§ 1(b)"],
        ),
        # capital letters below numerals
        (
            "Section 1. Aim. (a) Do:\n(i) one:\n(A) x;\n(B) y;\n(ii) two.",
            ["§ 1(a)", "§ 1(a)(i)", "§ 1(a)(i)(A)", "§ 1(a)(i)(B)", "§ 1(a)(ii)"],
        ),
        # a reference at a line's start is text
        (
            "Section 1. Aim. (a) One.\n(b) Two, under subsection\n(a) of this section.\n(c) End.",
            ["§ 1(a)", "§ 1(b)", "§ 1(c)"],
        ),
        # a section's name at a line's start is text when it is not the next
        ("Section 1. Aim. See what\nsection 5. says of it.\nSec. 2. End. Done.", ["§ 1", "§ 2"]),
        # the lead-in stands on the line of the first letter
        (
            "Section 1. Terms. For this order: (a) x means y.\n(b) z means w.",
            ["§ 1", "§ 1(a)", "§ 1(b)"],
        ),
        # numbers inside a line are not parts
        ("Section 1. Aim. Either: (i) this or (ii) that.", ["§ 1"]),
        # numerals written with a full stop by a converter
        (
            "Section 1. Aim. (a) Not:\n\ni\\. one; or\n\nii\\. two.\n\n(b) Rest.",
            ["§ 1(a)", "§ 1(a)(i)", "§ 1(a)(ii)", "§ 1(b)"],
        ),
    ],
)
def test_pinpoints(body: str, pinpoints: list[str]) -> None:
    assert list(sections_of(ENACTING + body)) == ["Preamble", *pinpoints]


def test_letters_go_on_after_z_and_i_stays_a_letter_between_h_and_j() -> None:
    letters = [chr(97 + n) for n in range(26)] + [2 * chr(97 + n) for n in range(10)]
    items = "\n".join(f"({letter}) Order {n}." for n, letter in enumerate(letters))

    found = sections_of(f"{ENACTING}Section 1. List. Revoked are:\n{items}\n")

    assert found["§ 1(i)"] == "Order 8."
    assert found["§ 1(ii)"] == "Order 34."
    assert len(found) == 2 + len(letters)


def test_i_below_h_is_a_numeral_when_a_second_follows() -> None:
    letters = "\n".join(f"({letter}) Duty." for letter in "abcdefg")

    found = sections_of(f"{ENACTING}Section 1. Duties. {letters}\n(h) Both:\n(i) x;\n(ii) y.\n")

    assert found["§ 1(h)(i)"] == "x;"
    assert found["§ 1(h)(ii)"] == "y."


def test_bullets_under_a_colon_are_lettered_and_marked_as_counted() -> None:
    text = f"{ENACTING}Section 1. List. Revoked are:\n\n-   Order 1.\n-   Order 2\n    of 2021.\n"

    found = {part.pinpoint: part for part in order_sections(clean(text))}

    assert found["§ 1(b)"].text.text == "Order 2 of 2021."
    assert found["§ 1(b)"].counted
    assert not found["§ 1"].counted


def test_notes_around_the_order_are_left_out() -> None:
    text = (
        "# A copy\n\n## Summary\n\nMade by a program.\n\n"
        + ENACTING
        + "Section 1. Aim. Be fair.\n\n"
        "JANE\nQ. DOE JR.\n\nTHE WHITE HOUSE,\n\nMay 1, 2020.\n\n*Filed on May 1*\n"
    )

    found = sections_of(text)

    assert found == {"Preamble": ENACTING.strip(), "§ 1": "Be fair."}


def test_a_sentence_runs_on_over_the_end_of_a_page() -> None:
    text = (
        ENACTING + "Section 1. Aim. The Presi-\nsomebody on DSK120RN23PROD with PRESDOC\n\n\n\n"
        "VerDate Sep<11>2014   15:57 Jan 27, 2025   Jkt 265001   PO 00000\n"
        "       8238      Federal Register / Vol. 90, No. 17 / Tuesday / Presidential Documents\n\n"
        "dential task is \u2018\u2018fair\u2019\u2019 under COVID\u2013\n"
        "19 and post-\njudgment rules of post-judgment law.\n"
    )

    found = sections_of(text)

    assert found["§ 1"] == (
        "The Presidential task is “fair” under COVID\u201319 and post-judgment rules of "
        "post-judgment law."
    )


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("### Section 1.\n\n**Aim and Duty**\n\nAs we believe.", "Aim and Duty"),
        ("Section 1.  *Aim and\nDuty*.  As we believe.", "Aim and Duty"),
        ("<u>Section</u> <u>1</u>.  <u>Aim\nand Duty</u>*.*  As we believe.", "Aim and Duty"),
        ("Section 1. As we all believe in this, so be it.", ""),
    ],
)
def test_headings(heading: str, expected: str) -> None:
    found = order_sections(clean(ENACTING + heading))

    assert found[1].heading == expected
    assert found[1].text.text.startswith("As we ")


def test_offsets_lead_back_to_the_file() -> None:
    text = ENACTING + "Section 1.  *Aim*.  The \u2018\u2018fair\u2019\u2019 and   hon-\nest word.\n"

    part = order_sections(clean(text))[1].text
    start, end = part.span()

    assert part.text == "The “fair” and honest word."
    assert text[start:end].startswith("The \u2018\u2018fair")
    assert text[start:end].endswith("word.")
    assert list(part.origin) == sorted(part.origin)
    word = part.text.index("and")
    assert text[part.origin[word] :].startswith("and")


def test_other_texts_are_no_orders() -> None:
    assert not is_order("Policy 300. Section 1. Officers may not.")
    assert order_sections(clean("Policy 300. Section 1. Officers may not.")) == []


@pytest.fixture
def shared(shared_folder: Path) -> Callable[[str], str]:
    """Reads an official text; tests that want one skip where there are none."""
    return lambda name: (shared_folder / "sources" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("eo-14074_2022-05-25.md", "eo-14074_2022-05-25_whitehouse.md", 186),
        ("eo-14148_FR-2025-01901.txt", "eo-14148_2025-01-20_whitehouse.md", 89),
        ("eo-14288_FR-2025-07790.txt", "eo-14288_2025-04-28_whitehouse.md", 24),
    ],
)
def test_two_copies_of_one_order_agree_in_every_pinpoint_and_word(
    one: str, other: str, count: int, shared: Callable[[str], str]
) -> None:
    first, second = sections_of(shared(one)), sections_of(shared(other))

    assert list(first) == list(second)
    assert len(first) == count
    for pinpoint, words in first.items():
        assert letters_of(words) == letters_of(second[pinpoint]), pinpoint


def letters_of(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def test_the_revocations_that_matter_stand_where_they_are_cited(
    shared: Callable[[str], str],
) -> None:
    rescissions = sections_of(shared("eo-14148_FR-2025-01901.txt"))
    policing = sections_of(shared("eo-14074_2022-05-25_whitehouse.md"))
    safe = sections_of(shared("eo-13929_2020-06-16.md"))

    assert rescissions["§ 2(vv)"].startswith("Executive Order 14074 of May 25, 2022")
    assert policing["§ 22(b)"].startswith("Executive Order 13929 of June 16, 2020")
    assert "prohibit the use of chokeholds" in safe["§ 2(c)(ii)"]
    assert "Filed by" not in " ".join(safe.values())


def test_no_word_of_the_body_is_lost(shared: Callable[[str], str]) -> None:
    text = shared("eo-13929_2020-06-16.md")
    cleaned = clean(text)
    begin = cleaned.text.index("By the authority")
    end = cleaned.text.index("THE WHITE HOUSE")
    body = flowed(cleaned.cut(begin, end)).text

    kept = " ".join(sections_of(text).values())

    assert len(letters_of(kept)) > 0.97 * len(letters_of(body))
