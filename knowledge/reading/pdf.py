"""PDF by pypdf: the text layer, page by page; scanned pages by text recognition, if installed."""

from __future__ import annotations

import io
import logging
from typing import Any

from knowledge.errors import InputError
from knowledge.reading.document import TEXT_LIMIT, Document, paged
from knowledge.reading.ocr import MOST_PAGES, Recognise, open_recogniser, recognised


def read_pdf(data: bytes, name: str, recognise: Recognise | None = None) -> Document:
    """The text layer, and what text recognition makes of pages without one, if it is installed.

    The notes name the pages that were recognised and those that hold nothing. Raises:
    `InputError` when the file is damaged, locked by a password, or a scan that cannot be read.
    """
    reader, texts = _page_texts(data, name)
    blank = [number for number, text in enumerate(texts) if not text.strip()]
    made = _recognised(reader, blank, recognise or open_recogniser())
    for number, text in made.items():
        texts[number] = text
    left = [number + 1 for number in blank if number not in made]
    if len(left) == len(texts):
        raise InputError(
            f"{name} is a scan: its pages hold pictures and no text; run text recognition (OCR) on "
            "it first, install the extra `ocr`, or paste the words."
        )
    return paged(name, texts, _notes(name, left, [number + 1 for number in made]))


def _recognised(reader: Any, blank: list[int], recognise: Recognise | None) -> dict[int, str]:
    """The words found on blank pages, by the page's place; none without text recognition."""
    if recognise is None or len(blank) > MOST_PAGES:
        return {}
    texts = recognised([reader.pages[number] for number in blank], recognise)
    return {number: text for number, text in zip(blank, texts, strict=True) if text}


def _notes(name: str, blank: list[int], made: list[int]) -> tuple[str, ...]:
    notes = []
    if made:
        notes.append(
            f"{name}: {_pages(made, 'was', 'were')} read by text recognition (OCR); it can be "
            "wrong in any letter, so hold it against the paper."
        )
    if blank:
        notes.append(
            f"{name}: {_pages(blank, 'holds', 'hold')} no text (empty or scanned); "
            "what is on paper there was not read."
        )
    return tuple(notes)


def _pages(numbers: list[int], one: str, several: str) -> str:
    listed = ", ".join(map(str, numbers))
    return f"page {listed} {one}" if len(numbers) == 1 else f"pages {listed} {several}"


def _page_texts(data: bytes, name: str) -> tuple[Any, list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of what readers need not know
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is locked by a password; give a copy without one.")
        return reader, _texts(reader, name)
    except InputError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(f"{name} is a damaged PDF; save or print it to PDF again.") from error


def _texts(reader, name: str) -> list[str]:  # type: ignore[no-untyped-def]
    texts: list[str] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text().encode("utf-8", "replace").decode("utf-8")
        size += len(text)
        if size > TEXT_LIMIT:
            raise InputError(f"{name} holds more than 20 MB of text; give the chapter needed.")
        texts.append(text)
    return texts
