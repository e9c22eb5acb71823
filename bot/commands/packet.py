"""`safepolicing packet FILE`: the evidence packet of one policy, as DOCX and PDF."""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from bot.commands.opening import open_local_advisor
from bot.commands.writing import write_file
from bot.packet import Subject, packet_docx, packet_parts, packet_pdf
from bot.packet.parts import say as packet_words
from knowledge.reading import read_bytes, read_file
from knowledge.requests import read_excerpt
from knowledge.reviewing import with_pages


def run(arguments: argparse.Namespace) -> int:
    """0 when both files are written. Raises: `InputError` when FILE or --out cannot be used."""
    path = Path(arguments.file)
    data = read_file(path)
    document = read_bytes(data, path.name)
    advisor = open_local_advisor()
    excerpt = read_excerpt(
        document.text, as_of=arguments.as_of, state=arguments.state, release=advisor.release
    )
    review = with_pages(advisor.review(excerpt), document.page_at)
    subject = Subject(document, review, hashlib.sha256(data).hexdigest())
    parts = packet_parts(subject)
    stem = Path(arguments.out) if arguments.out else path.with_name(f"{path.stem}-packet")
    docx, pdf = stem.with_name(f"{stem.name}.docx"), stem.with_name(f"{stem.name}.pdf")
    write_file(docx, packet_docx(parts, review.as_of))
    write_file(pdf, packet_pdf(parts))
    sys.stdout.write(packet_words("done", docx=docx, pdf=pdf) + "\n")
    return 0
