"""Plain text and Markdown, exactly as written."""

from __future__ import annotations

from knowledge.errors import InputError
from knowledge.reading.document import Document


def read_plain(data: bytes, name: str) -> Document:
    """The text as it stands, without a byte order mark; line ends are kept.

    Raises: `InputError` when the bytes are not UTF-8.
    """
    return Document(name, decoded(data, name))


def decoded(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, or UTF-16 where its mark opens the file."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 text (byte {error.start + 1} cannot be read); "
            "save it with the encoding UTF-8."
        ) from error
