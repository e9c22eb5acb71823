"""Scanned pages: read where text recognition is installed, told of where it is not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from knowledge.errors import InputError
from knowledge.reading import read_bytes
from knowledge.reading.ocr import open_recogniser
from knowledge.reading.pdf import read_pdf


def scan(*lines: str) -> bytes:
    """A PDF of pictures, one line of large letters a page."""
    pages = []
    for line in lines:
        page = Image.new("RGB", (1700, 400), "white")
        font = ImageFont.load_default(size=64)
        ImageDraw.Draw(page).text((80, 150), line, fill="black", font=font)
        pages.append(page)
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return out.getvalue()


def test_recognised_pages_are_read_and_named() -> None:
    words = iter(["Chokeholds are banned.", ""])

    document = read_pdf(scan("one", "two"), "policy.pdf", lambda picture: next(words))

    assert document.text.strip() == "Chokeholds are banned."
    assert document.page_at(0) == 1
    assert document.notes == (
        "policy.pdf: page 1 was read by text recognition (OCR); it can be wrong in any letter, "
        "so hold it against the paper.",
        "policy.pdf: page 2 holds no text (empty or scanned); what is on paper there was not read.",
    )


def test_a_picture_that_cannot_be_read_holds_no_words() -> None:
    def broken(picture: Any) -> str:
        raise RuntimeError("took too long")

    with pytest.raises(InputError, match=r"policy.pdf is a scan.*extra `ocr`"):
        read_pdf(scan("one"), "policy.pdf", broken)


def test_a_scan_is_read_with_tesseract() -> None:
    if open_recogniser() is None:
        pytest.skip("needs the program tesseract and the extra ocr, which are not installed")

    document = read_bytes(scan("Officers shall not use chokeholds."), "policy.pdf")

    assert "shall not use chokeholds" in document.text
    assert "OCR" in document.notes[0]
