"""Read a file that a person handed over: PDF, Word, HTML, XML, Markdown or plain text.

The same readers serve ingest and the bot. What a file is, is told by its first bytes, then by
its name. Nothing in a file is run, followed or fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from knowledge.errors import InputError
from knowledge.reading.document import TEXT_LIMIT, Document
from knowledge.reading.kinds import kind_of
from knowledge.reading.pdf import read_pdf
from knowledge.reading.plain import read_plain
from knowledge.reading.web import read_html, read_xml
from knowledge.reading.word import read_docx

__all__ = ["READERS", "SUFFIXES", "Document", "read_bytes", "read_document", "read_file"]

READERS: Mapping[str, Callable[[bytes, str], Document]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
    "xml": read_xml,
    "text": read_plain,
}
SUFFIXES = (".pdf", ".docx", ".html", ".htm", ".xml", ".md", ".markdown", ".txt", ".text")
FILE_LIMIT = 100 * 1024 * 1024  # bytes on disk; pictures in a PDF are large, its text is not


def read_document(path: Path) -> Document:
    """The text of a file. Raises: `InputError` saying what is wrong with it and what to do."""
    return read_bytes(read_file(path), path.name)


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises: `InputError` when it is not there, a folder or too large."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give the file that should be read.")
        if path.stat().st_size > FILE_LIMIT:
            raise InputError(f"{path.name} is larger than 100 MB; give the chapter that matters.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}; check the name.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def read_bytes(data: bytes, name: str) -> Document:
    """The text of a file's bytes; `name` is told in errors and decides what bytes cannot.

    Raises: `InputError` saying what is wrong with it and what to do.
    """
    if not data.strip():
        raise InputError(f"{name} is empty; there is nothing to read in it.")
    document = READERS[kind_of(data, name)](data, name)
    if not document.text.strip():
        raise InputError(f"{name} holds no text; there is nothing to read in it.")
    if len(document.text.encode("utf-8", "surrogatepass")) > TEXT_LIMIT:
        raise InputError(f"{name} holds more than 20 MB of text; give the chapter that matters.")
    return document
