"""The pages: everything escaped, every span marked, drafts only where they are due, and printable."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest

from bot.pages import attestation_docx, attestation_page, attestation_refusal, review_page
from bot.pages.frame import load_words
from knowledge.reading import Document
from knowledge.reviewing import review, with_pages
from knowledge.types import Excerpt, Review, Role, Verdict

DAY = date(2026, 11, 24)
RULES = (
    "All use of force shall comply with all applicable federal, state and local laws.\n\n"
    "Officers shall not use a choke hold unless deadly force is allowed by law."
)
HOSTILE = RULES + "\n\n<script>alert(1)</script> & \"x\" <mark id='e1'>1</mark>"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


class Words(HTMLParser):
    """The text of a page with what stands inside its excerpt apart, and every id and target."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.marked: list[str] = []
        self.tags: set[str] = set()
        self._in_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.add(tag)
        self.ids += [told["id"] or ""] if "id" in told else []
        self.targets += [(told["href"] or "")[1:]] if "href" in told else []
        self._in_mark = tag == "mark" or self._in_mark

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self._in_mark:
            self.marked.append(data)


def reviewed(text: str) -> Review:
    return review(Excerpt("r-1", text, DAY), "release-1")


def read(page: str) -> Words:
    words = Words()
    words.feed(page)
    return words


def test_what_was_pasted_stays_text() -> None:
    words = read(review_page(reviewed(HOSTILE), HOSTILE, name="<b>.txt"))
    assert "script" not in words.tags
    assert "b" not in words.tags
    assert len(words.ids) == len(set(words.ids))


def test_every_span_is_marked_word_for_word() -> None:
    made = reviewed(HOSTILE)
    marked = "".join(read(review_page(made, HOSTILE)).marked)
    for finding in made.findings:
        for span in finding.evidence:
            assert span.text in marked


def test_every_link_leads_to_a_place_on_the_page() -> None:
    words = read(review_page(reviewed(RULES), RULES))
    assert words.targets
    assert set(words.targets) <= set(words.ids)


def test_a_part_is_told_by_its_line_and_by_words_not_by_color_alone() -> None:
    page = review_page(reviewed(RULES), RULES)
    assert "text-decoration-style: dashed" in page
    assert re.search(r"\[\d+\] exception: ", page)


def test_overlapping_spans_are_all_numbered() -> None:
    made = reviewed(RULES)
    finding = made.findings[0]
    wide = replace(finding.evidence[0], start=0, end=len(RULES), text=RULES, role=Role.CONFLICT)
    both = replace(finding, evidence=(wide, *finding.evidence))
    page = review_page(replace(made, findings=(both, *made.findings[1:])), RULES)
    for number in range(1, 4):
        assert f'id="e{number}"' in page
        assert f"evidence {number} ends" in page


def test_of_a_manual_only_what_stands_around_the_evidence_is_shown() -> None:
    text = "Cars are washed on Monday.\n\n" * 4_000 + RULES
    page = review_page(reviewed(text), text)
    assert len(page) < 40_000
    assert "characters not shown" in page
    assert "Officers " in page


def test_without_the_text_the_deciding_words_are_shown() -> None:
    page = review_page(reviewed(RULES))
    assert "shall not use a choke hold" in page
    assert "is not kept" in page


def test_an_empty_excerpt_makes_a_page() -> None:
    assert "Findings" in review_page(reviewed("x"), "x")


def draft(text: str) -> str | None:
    return attestation_page(reviewed(text), policy(text))


def policy(text: str, *notes: str) -> Document:
    return Document("policy.pdf", text, notes=notes)


def test_a_draft_is_headed_as_historical_and_as_a_draft() -> None:
    page = draft(RULES)
    assert page is not None
    assert page.index("HISTORICAL FORM") < page.index("DRAFT.") < page.index("Signature")
    assert "revoked" in page
    assert "§ 22(b)" in page
    assert "shall not use a choke hold" in page


def test_no_draft_of_a_pasted_excerpt() -> None:
    assert "whole policy document" in (attestation_refusal(reviewed(RULES), None) or "")


def test_no_draft_of_a_file_with_a_page_that_was_not_read() -> None:
    scanned = policy(RULES, "policy.pdf: page 3 holds no text")
    assert attestation_page(reviewed(RULES), scanned) is None
    assert attestation_docx(reviewed(RULES), scanned) is None
    assert "page 3" in (attestation_refusal(reviewed(RULES), scanned) or "")


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.MEETS])
@pytest.mark.parametrize("place", [0, 1])
def test_no_draft_unless_both_mandatory_standards_are_met(verdict: Verdict, place: int) -> None:
    made = reviewed(RULES)
    findings = list(made.findings)
    findings[place] = replace(findings[place], verdict=verdict)
    worse = replace(made, findings=tuple(findings))
    assert attestation_page(worse, policy(RULES)) is None
    assert attestation_docx(worse, policy(RULES)) is None
    assert findings[place].title in (attestation_refusal(worse, policy(RULES)) or "")


def test_discretionary_principles_do_not_stand_in_the_way_of_a_draft() -> None:
    assert draft(RULES + "\n\nOfficers may fire warning shots.") is not None


def test_the_draft_as_docx_says_the_same() -> None:
    docx = pytest.importorskip("docx")
    made = with_pages(reviewed(RULES), lambda _offset: 7)
    data = attestation_docx(made, policy(RULES + "\x00"))
    assert data is not None
    opened = docx.Document(BytesIO(data))
    assert opened.paragraphs[0].text.startswith("HISTORICAL FORM")
    assert [cell.text for cell in opened.tables[0].rows[1].cells][3] == "7"


def test_the_wording_of_the_pages_is_complete() -> None:
    assert set(load_words()["mark"]) == {str(verdict) for verdict in Verdict}


def browse(page: str, folder: Path, option: str, name: str) -> bytes:
    source, target = folder / "page.html", folder / name
    source.write_text(page, encoding="utf-8")
    switches = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    command = [str(CHROMIUM), *switches, f"{option}={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    return target.read_bytes()


@needs_browser
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    page = review_page(reviewed(HOSTILE), HOSTILE)
    assert browse(page, tmp_path, "--screenshot", "page.png").startswith(b"\x89PNG")


@needs_browser
def test_a_browser_prints_the_excerpt_with_its_marks(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    data = browse(review_page(reviewed(HOSTILE), HOSTILE), tmp_path, "--print-to-pdf", "page.pdf")
    printed = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(data)).pages)
    told = " ".join(printed.split())
    assert "shall not use a choke hold" in told
    assert "[2" in told
    assert "alert(1)" in told
    assert "Skip to the findings" not in told


@needs_browser
def test_a_browser_prints_the_draft(tmp_path: Path) -> None:
    page = draft(RULES)
    assert page is not None
    assert browse(page, tmp_path, "--print-to-pdf", "draft.pdf").startswith(b"%PDF")
