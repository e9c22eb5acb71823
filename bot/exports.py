"""What the Export button gives: the review as files and, where it is due, the draft attestation."""

from __future__ import annotations

import json

from bot.kept import Reviewed
from bot.pages import attestation_docx, attestation_page, attestation_refusal, review_page
from bot.wording import Wording
from knowledge.reading import Document
from knowledge.records import review_record

Files = dict[str, str | bytes]


def export_files(kept: Reviewed, wording: Wording) -> tuple[str, Files]:
    """What is said beside the files, and the files by name.

    A draft is made only of a whole document that meets both mandatory standards; of a document
    that does not, it is said why there is none.
    """
    name = f"review-{kept.review.id.removeprefix('r-')}"
    record = json.dumps(review_record(kept.review), ensure_ascii=False, indent=2)
    page = review_page(kept.review, kept.text, name=kept.document)
    files: Files = {f"{name}.html": page, f"{name}.json": record}
    said = wording.say("exported")
    if not kept.document:
        return said, files
    document = Document(kept.document, kept.text, notes=kept.unread)
    refusal = attestation_refusal(kept.review, document)
    if refusal:
        return f"{said} {refusal}", files
    drafts = {
        "draft-attestation.html": attestation_page(kept.review, document),
        "draft-attestation.docx": attestation_docx(kept.review, document),
    }
    made = {key: draft for key, draft in drafts.items() if draft is not None}
    return f"{said} {wording.say('draft_ready')}", files | made
