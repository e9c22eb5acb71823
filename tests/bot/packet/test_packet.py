"""The evidence packet: the same words in Word and PDF, and nothing claimed that is not so."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from bot.outline import headings, section_at
from bot.packet import Subject, packet_docx, packet_parts, packet_pdf
from bot.packet.checklist import order_status
from bot.packet.parts import Blank, Items, Text, load_packet_words
from evals.manuals import Generated, generate, write
from knowledge import Advisor
from knowledge.errors import KnowledgeError
from knowledge.reading import Document, read_document
from knowledge.requests import read_excerpt
from knowledge.reviewing import with_pages

BOTH = (
    "300 USE OF FORCE\n\n300.1 Choke holds are prohibited except when deadly force is authorized by "
    "law.\n\n300.2 Every use of force must comply with all applicable federal, state and local law.\n"
)
WEAK = "300 USE OF FORCE\n\nOfficers should avoid choke holds whenever they can.\n"


def subject(document: Document, *, state: str | None = None, as_of: str = "2026-11-24") -> Subject:
    excerpt = read_excerpt(document.text, as_of=as_of, state=state, release="test")
    review = with_pages(Advisor(Path(), "").review(excerpt), document.page_at)
    return Subject(document, review, "0" * 64)


def said(made: Subject) -> str:
    lines = []
    for part in packet_parts(made):
        if isinstance(part, Text):
            lines.append(part.words)
        elif isinstance(part, Items):
            lines += part.lines
    return "\n".join(lines)


def a_pdf(verdict: str, folder: Path) -> tuple[Generated, Path]:
    manual = next(
        m
        for m in generate(60, fewest=8, most=20, seed=3)
        if m.name.endswith(".pdf") and m.expect["chokeholds"] == verdict
    )
    return manual, write(manual, folder)


def test_a_quoted_clause_has_its_page_and_section(tmp_path: Path) -> None:
    manual, path = a_pdf("meets", tmp_path)
    made = subject(read_document(path))
    page = made.review.findings[0].evidence[0].page
    assert page is not None
    assert f'page {page}, under "300 USE OF FORCE"' in said(made)
    assert "300 USE OF FORCE" in " ".join(manual.pages[page - 1]) or page > 1


def test_word_and_pdf_hold_the_same_words(tmp_path: Path) -> None:
    from docx import Document as Word
    from pypdf import PdfReader

    made = subject(Document("policy.txt", BOTH), state="KS")
    parts = packet_parts(made)
    word = Word(io.BytesIO(packet_docx(parts, "2026-11-24")))
    pdf = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(packet_pdf(parts))).pages)
    shown = " ".join(pdf.split())
    for paragraph in word.paragraphs:
        words = " ".join(paragraph.text.replace("\u2610", "").split())
        if words and "____" not in words:
            assert words in shown, words


def test_the_same_packet_is_the_same_file() -> None:
    parts = packet_parts(subject(Document("policy.txt", BOTH)))
    assert packet_pdf(parts) == packet_pdf(parts)


def test_a_draft_is_made_only_where_both_mandatory_standards_are_met() -> None:
    met = packet_parts(subject(Document("policy.txt", BOTH)))
    assert [part.label for part in met if isinstance(part, Blank)][-1] == "Signature"
    weak = subject(Document("policy.txt", WEAK))
    assert not [part for part in packet_parts(weak) if isinstance(part, Blank)]
    assert "this review finds otherwise for: Prohibition of choke holds" in said(weak)
    assert "HISTORICAL FORM" in said(subject(Document("policy.txt", BOTH)))


def test_it_says_first_that_it_is_no_certification_and_that_the_order_is_revoked() -> None:
    words = said(subject(Document("policy.txt", BOTH)))
    assert words.index("not a certification") < words.index("Mandatory standards")
    assert "revok" in words[: words.index("Mandatory standards")]
    assert order_status(date(2021, 3, 1)) == ()
    (citation,) = order_status(date(2026, 11, 24))
    assert (citation.source, citation.pinpoint) == ("eo-14074", "§ 22(b)")


def test_the_checklist_is_the_state_s_dated_and_called_historical() -> None:
    kansas = said(subject(Document("policy.txt", BOTH), state="KS"))
    assert "KS-CPOST" in kansas
    assert "historical" in kansas[kansas.index("What the body asked for") :]
    assert "looked at on 2026" in kansas
    alaska = said(subject(Document("policy.txt", BOTH), state="AK"))
    assert "KS-CPOST" not in alaska
    assert "No source that was seen here says what a body in Alaska asked for." in alaska
    none = said(subject(Document("policy.txt", BOTH)))
    assert "IADLEST asked an agency only for the passages" in none
    assert "KS-CPOST" not in none


def test_what_state_law_adds_is_told_with_its_source() -> None:
    made = subject(Document("policy.txt", BOTH), state="CA")
    assert made.review.state_notes
    words = said(made)
    for note in made.review.state_notes:
        assert note.text in words
        assert note.citations
    assert words.index("State law\n") < words.index("Sources\n")
    assert "State law\n" not in said(subject(Document("policy.txt", BOTH)))


def test_a_gap_is_named_with_wording_that_would_close_it() -> None:
    words = said(subject(Document("policy.txt", WEAK)))
    assert "What is missing" in words
    assert "shall not use a choke hold" in words


def test_odd_characters_break_nothing_and_are_told() -> None:
    odd = BOTH + "Officers \x07 <b>bold</b> & \U0001f600 \u4e2d shall intervene at once.\n"
    parts = packet_parts(subject(Document("p<o>licy \u4e2d.txt", odd)))
    assert packet_docx(parts, "2026-11-24").startswith(b"PK")
    from pypdf import PdfReader

    pdf = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(packet_pdf(parts))).pages)
    assert "p<o>licy ?.txt" in pdf
    assert "does not have are shown as ?" in " ".join(pdf.split())


def test_an_unknown_blank_in_the_wording_is_refused(tmp_path: Path) -> None:
    slip = tmp_path / "packet.toml"
    slip.write_text('title = "Packet of {agency}"\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match="agency"):
        load_packet_words.__wrapped__(slip)


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("300 USE OF FORCE", True),
        ("300.3.1 Deadly force applications", True),
        ("CHAPTER 4 USE OF FORCE", True),
        ("DEFINITIONS", True),
        ("300.3 Deadly force may be used only in defense of life.", False),
        ("300 USE OF FORCE ............ 41", False),
        ("Officers shall not use a choke hold", False),
        ("12", False),
    ],
)
def test_headings(line: str, is_heading: bool) -> None:
    assert bool(headings(f"{line}\nSome text follows here.\n")) is is_heading


def test_a_line_on_every_page_is_no_heading() -> None:
    text = "".join(f"POLICY MANUAL\n{n}00 CHAPTER TITLE\nWords.\n" for n in range(1, 7))
    assert "POLICY MANUAL" not in {heading.text for heading in headings(text)}
    assert section_at(len(text), headings(text)) == "600 CHAPTER TITLE"
    assert section_at(0, []) == ""


def test_the_notes_on_state_law_stand_in_the_packet() -> None:
    words = said(subject(Document("policy.txt", BOTH), state="CO"))
    assert "C.R.S. 18-1-707(2.5)" in words
    assert "Check the current code with counsel." in words
    assert "StateNote(" not in words


def test_what_is_said_many_times_is_quoted_once_and_its_places_are_named() -> None:
    filler = "Keys are kept in the safe and are signed for. " * 12
    text = "\n\n".join(
        f"{n} FORCE\n\nChoke holds are prohibited.\n\n{filler}" for n in ("1.1", "1.2", "1.3")
    )
    words = said(subject(Document("many.txt", text)))
    assert words.count("\u201cChoke holds are prohibited\u201d") == 2  # the reason and the quote
    assert '2 more places bear on it: under "1.2 FORCE"; under "1.3 FORCE".' in words


def test_the_overview_begins_on_the_first_page() -> None:
    from pypdf import PdfReader

    document = Document("both.txt", BOTH)
    pages = PdfReader(io.BytesIO(packet_pdf(packet_parts(subject(document))))).pages
    assert "Overview" in pages[0].extract_text()
    assert "Prohibition of choke holds" in pages[0].extract_text()
