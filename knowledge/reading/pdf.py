"""PDF by pypdf: the text layer, page by page."""

from __future__ import annotations

import io
import logging

from knowledge.errors import InputError
from knowledge.reading.document import TEXT_LIMIT, Document, paged


def read_pdf(data: bytes, name: str) -> Document:
    """The text layer. Pages without one are named in the notes.

    Raises: `InputError` when the file is damaged, locked by a password, or a scan without text.
    """
    texts = _page_texts(data, name)
    blank = [number for number, text in enumerate(texts, 1) if not text.strip()]
    if len(blank) == len(texts):
        raise InputError(
            f"{name} is a scan: its pages hold pictures and no text; "
            "run text recognition (OCR) on it first, or paste the words."
        )
    return paged(name, texts, _notes(name, blank))


def _notes(name: str, blank: list[int]) -> tuple[str, ...]:
    if not blank:
        return ()
    pages = ", ".join(str(number) for number in blank)
    which = f"page {pages} holds" if len(blank) == 1 else f"pages {pages} hold"
    return (f"{name}: {which} no text (empty or scanned); what is on paper there was not read.",)


def _page_texts(data: bytes, name: str) -> list[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of what readers need not know
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is locked by a password; give a copy without one.")
        return _texts(reader, name)
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
