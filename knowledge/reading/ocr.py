"""Text recognition (OCR) of scanned pages, for those who installed the extra `ocr`.

It wants the program `tesseract` on the machine as well. What was recognised is marked as such:
it may be wrong in any letter, and a person has to hold it against the paper.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

Recognise = Callable[[Any], str]
"""A picture (a Pillow image) to the words on it."""

MOST_PAGES = 200  # about a second a page; more is for a program that does nothing else
SECONDS = 60  # for one picture


def open_recogniser() -> Recognise | None:
    """The text recognition of this machine, or None where it is not installed."""
    if find_spec("pytesseract") is None or shutil.which("tesseract") is None:
        return None
    return _recognise


def recognised(pages: Sequence[Any], recognise: Recognise) -> list[str]:
    """The words on the pictures of each page, in their order; "" where none were found."""
    return [
        "\n".join(text for image in page.images if (text := _words(image, recognise)))
        for page in pages
    ]


def _words(image: Any, recognise: Recognise) -> str:
    try:
        return recognise(image.image).strip()
    except (RuntimeError, OSError, ValueError):  # a picture that cannot be read holds no words
        return ""


def _recognise(picture: Any) -> str:
    import pytesseract

    return str(pytesseract.image_to_string(picture, timeout=SECONDS))
