"""Pages for people to keep or print: self-contained HTML that loads nothing and runs nothing."""

from bot.pages.attestation import (
    attestation_docx,
    attestation_page,
    attestation_refusal,
)
from bot.pages.review import review_page

__all__ = ["attestation_docx", "attestation_page", "attestation_refusal", "review_page"]
