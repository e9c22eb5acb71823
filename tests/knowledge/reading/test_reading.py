"""Every kind of file that people hand over, and every way in which one cannot be read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import InputError
from knowledge.reading import read_bytes, read_document


def pdf(*pages: str) -> bytes:
    """A PDF with one line of text a page; an empty text gives a page without any."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET" if text else ""
        objects += [
            f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792] >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    body = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(f"{len(body):010d} 00000 n \n")
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + table + trailer).encode()


def docx(build: Callable[..., None]) -> bytes:
    import docx as word

    document = word.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_pdf_tells_the_page_of_each_word() -> None:
    document = read_bytes(pdf("Chokeholds are banned.", "Warn before shooting."), "policy.pdf")

    assert [number for number, _, _ in document.pages] == [1, 2]
    assert document.page_at(document.text.index("Warn")) == 2
    for _, start, end in document.pages:
        assert document.text[start:end].strip() in {
            "Chokeholds are banned.",
            "Warn before shooting.",
        }


def test_a_scan_is_called_a_scan() -> None:
    with pytest.raises(InputError, match=r"policy.pdf is a scan.*OCR"):
        read_bytes(pdf("", ""), "policy.pdf")


def test_pages_without_text_are_named() -> None:
    document = read_bytes(pdf("One.", "", "Three."), "policy.pdf")

    assert document.notes == (
        "policy.pdf: page 2 holds no text (empty or scanned); what is on paper there was not read.",
    )


def test_word_paragraphs_and_tables_come_in_their_order() -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        document.add_paragraph("First rule.")
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "Force"
        table.rows[0].cells[1].text = "Report it"
        document.add_paragraph("Last rule.")

    text = read_bytes(docx(build), "policy.docx").text

    assert [line for line in text.splitlines() if line] == [
        "First rule.",
        "Force | Report it",
        "Last rule.",
    ]


def test_word_numbers_that_are_not_in_the_text_are_worked_out() -> None:
    def build(document) -> None:  # type: ignore[no-untyped-def]
        for text in ("Ban chokeholds.", "Warn first."):
            document.add_paragraph(text, style="List Number")

    lines = [line for line in read_bytes(docx(build), "p.docx").text.splitlines() if line]

    assert lines == ["1. Ban chokeholds.", "2. Warn first."]


def test_html_gives_what_a_reader_sees() -> None:
    page = (
        b"<!doctype html><html><head><title>t</title><style>p{}</style></head><body>"
        b"<nav>Menu</nav><h1>Force</h1><p>Officers <b>shall\n</b> warn.</p>"
        b"<p style='display: none'>hidden words</p><!-- note --><script>alert(1)</script>"
        b"<ul><li>one</li><li>two</li></ul></body></html>"
    )

    text = read_bytes(page, "policy.html").text

    assert [line for line in text.splitlines() if line] == [
        "Force",
        "Officers shall warn.",
        "one",
        "two",
    ]


def test_xml_of_the_register_keeps_its_paragraphs() -> None:
    xml = (
        b'<?xml version="1.0"?><PRESDOCU><EXECORD><FP>By the authority vested.</FP>'
        b'<FP><E T="04">Section 1</E>. <E T="03">Aim.</E> Be</FP><PRTPAGE P="37326"/>'
        b"<FP>fair.</FP></EXECORD></PRESDOCU>"
    )

    lines = [line for line in read_bytes(xml, "order.xml").text.splitlines() if line]

    assert lines == ["By the authority vested.", "Section 1. Aim. Be", "fair."]


def test_plain_text_is_not_changed() -> None:
    text = "Line one \r\n\tline “two” — ünï\n"

    assert read_bytes(text.encode(), "policy.txt").text == text
    assert read_bytes(text.encode("utf-8-sig"), "policy.md").text == text
    assert read_bytes(text.encode("utf-16"), "policy.txt").text == text


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "is empty"),
        (b" \n\t ", "a.txt", "is empty"),
        (b"\xef\xbb\xbf \n", "a.txt", "holds no text"),
        (b"caf\xe9 policy", "a.txt", "is not UTF-8"),
        (b"\x00\x01\x02\x03" * 9, "a.bin", "is not a text file"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 20, "a.png", "is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 4, "a.doc", "save it as .docx"),
        (b"{\\rtf1 words}", "a.rtf", "is an RTF file"),
        (b"\x1f\x8b\x08 words", "a.gz", "is compressed"),
        (archive("hello.txt"), "a.zip", "is an archive"),
        (archive("word/document.xml"), "a.docx", "is damaged"),
        (b"PK\x03\x04 broken", "a.docx", "is damaged"),
        (b"%PDF-1.7 broken", "a.pdf", "damaged PDF"),
        (b"a" * (20 * 1024 * 1024 + 1), "a.txt", "more than 20 MB of text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, name: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_bytes(data, name)

    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_document(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="is a folder"):
        read_document(tmp_path)


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    path.write_text("# Force\n\nOfficers shall warn.\n", encoding="utf-8")

    document = read_document(path)

    assert document.name == "policy.md"
    assert document.text == "# Force\n\nOfficers shall warn.\n"
    assert document.pages == ()
