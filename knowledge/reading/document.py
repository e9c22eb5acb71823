"""What reading a file gives: its text, and where each page of it lies."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_LIMIT = 20 * 1024 * 1024  # bytes of text, as UTF-8


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file. `pages` are (number, start, end), half open, in code points.

    Only formats that have pages fill `pages`. `notes` say what could not be read.
    """

    name: str
    text: str
    pages: tuple[tuple[int, int, int], ...] = ()
    notes: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page that a place in the text lies on, or None where there are no pages."""
        return next((n for n, start, end in self.pages if start <= offset < end), None)


def paged(name: str, texts: list[str], notes: tuple[str, ...] = ()) -> Document:
    """A document of these pages, one line break between two."""
    pages = []
    start = 0
    for number, text in enumerate(texts, 1):
        pages.append((number, start, start + len(text)))
        start += len(text) + 1
    return Document(name, "\n".join(texts), tuple(pages), notes)
