"""What is printed on every page is no part of a policy."""

from __future__ import annotations

from ingest.official import found_in
from ingest.page_lines import page_lines
from knowledge.reading.document import Document, paged

HEAD = "Springfield Police Department\nPolicy Manual\n"


def manual() -> Document:
    bodies = [
        "300.1 PURPOSE\nThis policy guides the use\n",
        "of force by officers.\n300.2 LIMITS\nNo chokeholds.\n",
        "300.3 REPORTS\nReport each use.\n",
    ]
    return paged("p.pdf", [f"{HEAD}{body}Page {n} of 3\n" for n, body in enumerate(bodies, 1)])


def test_repeated_lines_are_found_though_their_numbers_differ() -> None:
    document = manual()

    found = {document.text[start:end].strip() for start, end in page_lines(document)}

    assert {"Springfield Police Department", "Policy Manual", "Page 1 of 3", "Page 3 of 3"} <= found
    assert "No chokeholds." not in found


def test_a_sentence_runs_on_over_the_page() -> None:
    texts = {part.pinpoint: part.text.text for part in found_in(manual())}

    assert texts == {
        "300.1": "This policy guides the use of force by officers.",
        "300.2": "No chokeholds.",
        "300.3": "Report each use.",
    }


def test_a_short_document_is_left_alone() -> None:
    assert page_lines(paged("p.pdf", ["Same.\nOne.", "Same.\nTwo."])) == []
    assert page_lines(Document("p.txt", "Same.\n" * 9)) == []
