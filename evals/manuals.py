"""Generated manuals of any length, in the formats that agencies send: for measuring and tests.

    python -m evals.manuals --out DIR --count 300 --pages 5 400

The same seed makes the same files. The use-of-force chapter of each is known, so its verdicts are.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any

_DATA = Path(__file__).parent / "data" / "manuals.toml"
LINES = 44  # on a page
WIDTH = 88  # characters of a line
_FORMATS = ("pdf",) * 14 + ("txt",) * 3 + ("html",) * 2 + ("docx",)


@dataclass(frozen=True, slots=True)
class Generated:
    """A manual: its name with suffix, its pages of lines, and what a review must find in it."""

    name: str
    pages: tuple[tuple[str, ...], ...]
    expect: dict[str, str]


def generate(count: int, *, fewest: int, most: int, seed: int) -> Iterator[Generated]:
    """`count` manuals; their lengths are spread evenly over orders of size, as agencies are."""
    for number in range(count):
        random = Random(f"{seed}/{number}")
        pages = round(math.exp(random.uniform(math.log(fewest), math.log(most))))
        yield _manual(number, pages, random)


def write(manual: Generated, folder: Path) -> Path:
    """The file of `manual` in `folder`."""
    path = folder / manual.name
    path.write_bytes(_WRITERS[path.suffix](manual.pages))
    return path


def _manual(number: int, pages: int, random: Random) -> Generated:
    table = _table()
    agency = table["agencies"][number % len(table["agencies"])]
    hold, law = random.choice(table["hold"]), random.choice(table["law"])
    force_pages = max(1, min(pages - 1, round(pages * 0.06))) if pages > 1 else 1
    at = random.randrange(max(1, pages - force_pages))
    lines: list[str] = []
    while len(lines) < at * LINES:
        lines += _chapter(random.choice(table["chapter"]), random, random.randrange(20, 160))
    lines = [*lines[: max(0, at * LINES - 1)], ""] if at else []
    lines += _force(table["force"], [hold["text"], law["text"]], random, force_pages * LINES)
    while len(lines) < pages * LINES:
        lines += _chapter(random.choice(table["chapter"]), random, random.randrange(20, 160))
    cut = tuple(tuple(lines[start : start + LINES]) for start in range(0, pages * LINES, LINES))
    name = f"{number:04d} {agency}.{random.choice(_FORMATS)}"
    expect = {"chokeholds": hold["expect"], "applicable-law": law["expect"]}
    return Generated(name, cut, expect)


def _force(table: dict[str, Any], first: Sequence[str], random: Random, size: int) -> list[str]:
    """`size` lines of the use-of-force chapter; `first` are in it somewhere on its first page."""
    sentences = list(first) + random.sample(table["sentences"], 4)
    random.shuffle(sentences)
    lines = ["300 " + table["title"], ""]
    section = 0
    while len(lines) < size:
        section += 1
        for sentence in sentences:
            lines += [*textwrap.wrap(f"300.{section} {sentence}", WIDTH), ""]
            section += 1
        sentences = random.sample(table["sentences"], 6)
    return lines[:size]


def _chapter(table: dict[str, Any], random: Random, size: int) -> list[str]:
    number = random.randrange(400, 999)
    lines = [f"{number} {table['title']}", ""]
    part = 0
    while len(lines) < size:
        part += 1
        several = " ".join(random.choices(table["sentences"], k=random.randrange(2, 6)))
        text = several.replace("{n}", str(random.randrange(2, 90)))
        lines += [*textwrap.wrap(f"{number}.{part} {text}", WIDTH), ""]
    return lines


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    with _DATA.open("rb") as file:
        return tomllib.load(file)


def _text(pages: Sequence[Sequence[str]]) -> bytes:
    return "\n".join(line for page in pages for line in page).encode()


def _html(pages: Sequence[Sequence[str]]) -> bytes:
    paragraphs = _text(pages).decode().split("\n\n")
    body = "\n".join(f"<p>{escape(' '.join(p.split()))}</p>" for p in paragraphs)
    return f"<!doctype html><title>Manual</title><body>{body}</body>".encode()


def _docx(pages: Sequence[Sequence[str]]) -> bytes:
    import io

    from docx import Document

    document = Document()
    for paragraph in _text(pages).decode().split("\n\n"):
        document.add_paragraph(" ".join(paragraph.split()))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A plain PDF, written by hand: laying out thousands of pages would cost more than reading."""
    first = 4  # objects: 1 catalog, 2 page tree, 3 font, then a page and its words each
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        words = _words(page)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources "
            b"<< /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % (first + 2 * number + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words))
    return _assembled(objects)


def _words(lines: Sequence[str]) -> bytes:
    shown = [b"BT /F1 10 Tf 54 740 Td 15 TL"]
    for line in lines:
        safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        shown.append(b"(%s) Tj T*" % safe.encode("cp1252", "replace"))
    return b"\n".join([*shown, b"ET"])


def _assembled(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    made += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(made)


_WRITERS = {".pdf": _pdf, ".txt": _text, ".html": _html, ".docx": _docx}


def main(argv: Sequence[str] | None = None) -> int:
    """The manuals are in the folder, and beside it in DIR.jsonl what a review must find."""
    parser = argparse.ArgumentParser(prog="python -m evals.manuals", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--pages", type=int, nargs=2, default=(5, 400), metavar=("MIN", "MAX"))
    parser.add_argument("--seed", type=int, default=13929)
    told = parser.parse_args(argv)
    told.out.mkdir(parents=True, exist_ok=True)
    pages = 0
    with told.out.with_suffix(".jsonl").open("w", encoding="utf-8") as expected:
        for manual in generate(
            told.count, fewest=told.pages[0], most=told.pages[1], seed=told.seed
        ):
            write(manual, told.out)
            pages += len(manual.pages)
            line = {"file": manual.name, "pages": len(manual.pages), "expect": manual.expect}
            expected.write(json.dumps(line) + "\n")
    sys.stdout.write(f"{told.count} manuals of {pages} pages in {told.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
