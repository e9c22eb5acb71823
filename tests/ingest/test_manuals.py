"""Manuals, statutes and ordinances count in many ways; pinpoints are the text's own."""

from __future__ import annotations

import pytest

from ingest.cleaning import clean
from ingest.manuals import manual_sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # decimal numbers with letters below
        (
            "300.3 USE OF FORCE\nForce shall be reasonable.\n"
            "300.3.4 CHOKEHOLDS\n(a) Never.\n(b) Ever.\n",
            {"300.3": "Force shall be reasonable.", "300.3.4(a)": "Never.", "300.3.4(b)": "Ever."},
        ),
        # a table of contents is not the text
        (
            "300.1 Aim ........ 2\n300.2 Force ....... 3\n\n"
            "300.1 Aim\nBe fair.\n300.2 Force\nBe calm.\n",
            {"Preamble": None, "300.1": "Be fair.", "300.2": "Be calm."},
        ),
        # a number inside the words is not the next one
        (
            "300.3 FORCE\nSee\n300.1 for words.\n300.4 END\nDone.\n",
            {"300.3": "See 300.1 for words.", "300.4": "Done."},
        ),
        # a part of an outline
        (
            "IV. FORCE\nA. General\nBe fair.\nB. Limits\n1. No chokeholds.\n2. No shots.\n"
            "V. REPORTS\nWrite them.\n",
            {
                "IV.A": "Be fair.",
                "IV.B.1": "No chokeholds.",
                "IV.B.2": "No shots.",
                "V": "Write them.",
            },
        ),
        # a line alone is a rule, not a title
        ("(a) Firearms\n(b) Batons\n", {"(a)": "Firearms", "(b)": "Batons"}),
        # letters only
        ("(a) Warn first.\n(b) Then act.\n", {"(a)": "Warn first.", "(b)": "Then act."}),
        # nothing is numbered
        ("Warn first.\n\nThen act.\n", {"¶ 1": "Warn first.", "¶ 2": "Then act."}),
    ],
)
def test_pinpoints(text: str, expected: dict[str, str | None]) -> None:
    found = {part.pinpoint: part.text.text for part in manual_sections(clean(text))}

    assert list(found) == list(expected)
    assert all(found[pinpoint] == words for pinpoint, words in expected.items() if words)


def test_an_outline_counts_from_its_first_number() -> None:
    text = (
        "I. AIM\nBe fair.\nII. FORCE\nA. General\nBe calm.\nB. Limits\n1. No chokeholds.\n"
        "2. No shots at cars.\nIII. REPORTS\nWrite them.\n"
    )

    found = {part.pinpoint: (part.heading, part.text.text) for part in manual_sections(clean(text))}

    assert found == {
        "I": ("AIM", "Be fair."),
        "II.A": ("FORCE > General", "Be calm."),
        "II.B.1": ("FORCE > Limits", "No chokeholds."),
        "II.B.2": ("FORCE > Limits", "No shots at cars."),
        "III": ("REPORTS", "Write them."),
    }


def test_a_pinpoint_that_comes_twice_keeps_both_texts() -> None:
    text = "(a) One.\n(b) Two.\n\nPart Two\n\n(a) Three.\n(b) Four.\n"

    words = " ".join(part.text.text for part in manual_sections(clean(text)))

    assert all(word in words for word in ("One.", "Two.", "Three.", "Four."))
