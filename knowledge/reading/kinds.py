"""Tell what kind of file some bytes are, and refuse what cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from knowledge.errors import InputError

_MAGIC = (
    (b"\xd0\xcf\x11\xe0", "is an old Word or Office file; save it as .docx or PDF"),
    (b"{\\rtf", "is an RTF file; save it as .docx or PDF"),
    (b"\x89PNG", "is a picture; give the text, or a PDF with a text layer"),
    (b"\xff\xd8\xff", "is a picture; give the text, or a PDF with a text layer"),
    (b"GIF8", "is a picture; give the text, or a PDF with a text layer"),
    (b"II*\x00", "is a picture; give the text, or a PDF with a text layer"),
    (b"MM\x00*", "is a picture; give the text, or a PDF with a text layer"),
    (b"\x1f\x8b", "is compressed; unpack it and give the file inside"),
)
_BY_SUFFIX = {".html": "html", ".htm": "html", ".xhtml": "html", ".xml": "xml"}
_UNPACKED_LIMIT = 200 * 1024 * 1024  # bytes; a Word file that unpacks to more is a trap


def kind_of(data: bytes, name: str) -> str:
    """The reader's name: pdf, docx, html, xml or text.

    Raises: `InputError` for a kind that cannot be read, saying what to hand over in its place.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return _inside_zip(data, name)
    for magic, why in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{name} {why}.")
    if b"\0" in data[:65536] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError(
            f"{name} is not a text file; give PDF, Word (.docx), HTML, Markdown or plain text."
        )
    suffix = PurePath(name).suffix.lower()
    return _BY_SUFFIX.get(suffix) or _by_first_words(data)


def _by_first_words(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "xml" if head.startswith(b"<?xml") else "text"


def _inside_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise InputError(f"{name} is damaged; save it again and give the new file.") from error
    if sum(entry.file_size for entry in entries) > _UNPACKED_LIMIT:
        raise InputError(f"{name} unpacks to more than 200 MB; give the chapter that matters.")
    if "word/document.xml" in {entry.filename for entry in entries}:
        return "docx"
    raise InputError(
        f"{name} is an archive or another Office file; give PDF, Word (.docx), HTML or text."
    )
