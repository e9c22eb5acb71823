"""Evidence tells the page of a document that it begins on."""

from __future__ import annotations

from datetime import date

from knowledge.reading.document import Document, paged
from knowledge.reviewing import review, with_pages
from knowledge.types import Excerpt

DAY = date(2026, 11, 24)
PAGES = ["Use of force\n\nReports are due.", "Officers shall not use choke holds."]


def pages_of(document: Document) -> list[int | None]:
    made = with_pages(review(Excerpt("p", document.text, DAY), "test"), document.page_at)
    return [span.page for span in made.findings[0].evidence]


def test_the_page_is_the_one_the_words_begin_on():
    assert pages_of(paged("manual.pdf", PAGES)) == [2]


def test_a_text_without_pages_has_none():
    assert pages_of(Document("pasted", "\n".join(PAGES))) == [None]


def test_nothing_but_the_page_changes():
    document = paged("manual.pdf", PAGES)
    before = review(Excerpt("p", document.text, DAY), "test")
    after = with_pages(before, document.page_at)
    assert with_pages(after, lambda _offset: None) == before
