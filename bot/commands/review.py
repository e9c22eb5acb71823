"""`safepolicing review`: one text, or one a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.commands.lines import Record, answer_lines, print_record, text_under
from bot.commands.opening import open_local_advisor
from bot.commands.writing import write_file
from knowledge import Advisor
from knowledge.errors import InputError
from knowledge.reading import Document, read_bytes, read_document
from knowledge.records import review_record
from knowledge.requests import read_excerpt
from knowledge.reviewing import of_document
from knowledge.types import Review


def run(arguments: argparse.Namespace) -> int:
    """Review, and print for people, as records, or with --out as a report."""
    if arguments.out:
        from bot.commands.review_many import review_many

        return review_many(arguments)
    if arguments.jsonl:
        return _review_lines(arguments)
    document = _read(arguments.files)
    advisor = open_local_advisor()
    excerpt = read_excerpt(
        document.text, as_of=arguments.as_of, state=arguments.state, release=advisor.release
    )
    review = of_document(advisor.review(excerpt), document)
    if arguments.json:
        print_record(review_record(review))
    elif not arguments.html:
        from bot.terminal import print_review

        print_review(review, excerpt)
    return _write(arguments, review, document)


def _review_lines(arguments: argparse.Namespace) -> int:
    """Every line is reviewed. What --jsonl would leave aside without a word is refused."""
    if arguments.files not in ([], ["-"]):
        raise InputError("--jsonl reads its texts from standard input; leave the files out.")
    if arguments.html or arguments.attestation:
        raise InputError("--html and --attestation are for one text; leave them or --jsonl out.")
    advisor = open_local_advisor()
    return answer_lines(sys.stdin.buffer, "text", lambda entry: _record(advisor, entry, arguments))


def _write(arguments: argparse.Namespace, review: Review, document: Document) -> int:
    """The pages that were asked for are written; 1 when no draft of the statement can be made."""
    if arguments.html:
        from bot.pages import review_page

        page = review_page(review, document.text, name=document.name)
        write_file(Path(arguments.html), page.encode())
    if not arguments.attestation:
        return 0
    from bot.pages import attestation_docx, attestation_refusal

    given = document if arguments.files != ["-"] else None
    refusal = attestation_refusal(review, given)
    made = None if given is None else attestation_docx(review, given)
    if made is None:
        sys.stderr.write(f"safepolicing: {refusal}\n")
        return 1
    write_file(Path(arguments.attestation), made)
    return 0


def _read(files: list[str]) -> Document:
    if not files:
        raise InputError("Name the file to review, or - to read the text from standard input.")
    if len(files) > 1:
        raise InputError("Name one file, or add --out REPORT to review several into a report.")
    if files[0] == "-":
        return read_bytes(sys.stdin.buffer.read(), "standard input")
    return read_document(Path(files[0]))


def _record(advisor: Advisor, entry: Record, arguments: argparse.Namespace) -> Record:
    excerpt = read_excerpt(
        entry["text"],
        as_of=text_under(entry, "as_of") or arguments.as_of,
        state=text_under(entry, "state") or arguments.state,
        release=advisor.release,
        id=entry["id"],
    )
    return review_record(advisor.review(excerpt))
