"""The draft of an agency head's statement: a historical form, with the evidence that it rests on.

Made only from a whole document of which every page was read as text, and only when both mandatory
standards are met.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from html import escape
from io import BytesIO

from bot.cites import Numbers, source_texts
from bot.pages.frame import element, framed, say, table, tag
from bot.wording import load_wording
from knowledge.reading import Document
from knowledge.reviewing import attestation_citations
from knowledge.types import Review, Verdict

_FIELDS = ("agency", "head", "date", "signature")


def attestation_refusal(review: Review, document: Document | None) -> str | None:
    """Why no draft is made, in a sentence or two, or None when one is made.

    `document` is the whole file that was reviewed; None when the text was pasted.
    """
    if document is None:
        return say("attestation", "not_whole")
    if document.notes:
        return say("attestation", "not_read", notes=" ".join(document.notes))
    mandatory = [f for f in review.findings if f.mandatory]
    lacking = [f.title for f in mandatory if f.verdict is not Verdict.MEETS]
    if lacking or not mandatory:
        return say("attestation", "not_met", standards="; ".join(lacking))
    return None


def attestation_page(review: Review, document: Document) -> str | None:
    """The draft as a page, or None (`attestation_refusal` says why)."""
    if attestation_refusal(review, document):
        return None
    title = say("attestation", "title")
    heads = [say("attestation", key) for key in ("standard", "words", "part", "page", "place")]
    body = [
        "<main>",
        tag("p", _banner(review), class_="banner"),
        tag("p", say("attestation", "draft"), class_="banner"),
        tag("h1", title),
        *_fields(),
        tag("p", say("attestation", "statement", document=document.name)),
        tag("h2", say("attestation", "before")),
        element("ul", tag("li", say("attestation", "read")) + tag("li", _counsel())),
        tag("h2", say("attestation", "table")),
        table(heads, ([escape(cell) for cell in row] for row in _rows(review))),
        tag("p", _fingerprint(review, document.text), class_="small"),
        tag("h2", say("attestation", "sources")),
        *(tag("p", line, class_="small") for line in _sources(review)),
        "</main>",
    ]
    return framed(f"{title} ({document.name})", body)


def attestation_docx(review: Review, document: Document) -> bytes | None:
    """The same draft as a DOCX file, or None."""
    if attestation_refusal(review, document):
        return None
    import docx

    made = docx.Document()
    for line in (_banner(review), say("attestation", "draft")):
        made.add_paragraph().add_run(line).bold = True
    made.add_heading(say("attestation", "title"), level=1)
    for field in _FIELDS:
        made.add_paragraph(f"{say('attestation', field)}: {'_' * 40}")
    made.add_paragraph(say("attestation", "statement", document=document.name))
    made.add_heading(say("attestation", "before"), level=2)
    for line in (say("attestation", "read"), _counsel()):
        made.add_paragraph(line, style="List Bullet")
    made.add_heading(say("attestation", "table"), level=2)
    heads = [say("attestation", key) for key in ("standard", "words", "part", "page", "place")]
    rows = [heads, *_rows(review)]
    grid = made.add_table(rows=0, cols=len(heads), style="Table Grid")
    for row in rows:
        for cell, words in zip(grid.add_row().cells, row, strict=True):
            cell.text = _plain(words)
    made.add_paragraph(_fingerprint(review, document.text))
    for line in _sources(review):
        made.add_paragraph(line)
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def _fields() -> Iterator[str]:
    for field in _FIELDS:
        yield tag("p", "", class_="sign")
        yield tag("p", say("attestation", field), class_="small")


def _rows(review: Review) -> Iterator[list[str]]:
    role = load_wording().role
    for finding in review.findings:
        for span in finding.evidence if finding.mandatory else ():
            page = str(span.page) if span.page else "\u2013"
            place = f"{span.start}\u2013{span.end}"
            yield [finding.title, f"\u201c{span.text}\u201d", role[span.role], page, place]


def _fingerprint(review: Review, text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    told = {"digest": digest, "as_of": review.as_of, "release": review.release}
    return say("attestation", "fingerprint", **told)


def _counsel() -> str:
    return say("attestation", "counsel")


def _banner(review: Review) -> str:
    """What the form is worth, with the numbers of the sources that say so."""
    marks = Numbers().marks(attestation_citations(date.fromisoformat(review.as_of)))
    return f"{say('attestation', 'banner')} {marks}"


def _sources(review: Review) -> list[str]:
    """What the form and the standards rest on, each with its status on the day."""
    numbers = Numbers()
    numbers.marks(attestation_citations(date.fromisoformat(review.as_of)))
    for finding in review.findings:
        if finding.mandatory:
            numbers.marks(finding.citations)
    return source_texts(numbers, load_wording())[1:]


def _plain(words: str) -> str:
    """Without the control characters that a DOCX file cannot hold."""
    return "".join(c for c in words if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff"))
