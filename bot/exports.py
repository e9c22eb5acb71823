"""What the Export button gives: the review as files and, where it is due, the draft attestation."""

from __future__ import annotations

import json

from bot.kept import Reviewed
from bot.pages import attestation_docx, attestation_page, attestation_refusal, review_page
from bot.wording import Wording
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
    refusal = attestation_refusal(kept.review, whole_document=True)
    if refusal:
        return f"{said} {refusal}", files
    review, text, name = kept.review, kept.text, kept.document
    draft = attestation_page(review, text, document=name, whole_document=True)
    word = attestation_docx(review, text, document=name, whole_document=True)
    drafts = {"draft-attestation.html": draft, "draft-attestation.docx": word}
    made = {key: draft for key, draft in drafts.items() if draft is not None}
    return f"{said} {wording.say('draft_ready')}", files | made
