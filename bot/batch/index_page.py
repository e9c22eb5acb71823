"""The report's table as a page: it sorts and filters where scripts run, and reads without."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from bot.batch.journal import PAGES, Terms
from bot.batch.rows import Row
from bot.batch.wording import BatchWording, load_batch_wording
from knowledge.reviewing.standards import load_standards
from knowledge.types import Verdict

AGENCIES = "agencies"
_DATA = Path(__file__).parents[1] / "data" / "batch"
_ORDER = tuple(Verdict)


def index_page(rows: Sequence[Row], terms: Terms, unlisted: Sequence[str]) -> str:
    """Every manual on a line of its own, with links to the pages of agencies and manuals."""
    batch = load_batch_wording()
    title = batch.say("title", count=len(rows))
    notes = "".join(f"<p class=problems>{escape(line)}</p>" for line in unlisted)
    about = batch.say("about", as_of=terms.as_of, release=terms.release)
    body = (
        f"<h1>{escape(title)}</h1><p class=small>{escape(about)}</p>{notes}"
        f"<p class=filter hidden><label>{escape(batch.say('filter'))} <input></label></p>"
        f"{_table(rows, '', linked=True)}<p class=small>{escape(batch.say('seen_whole'))}</p>"
    )
    return _page(title, body, script=_read("sort.js"))


def agency_page(agency: str, rows: Sequence[Row]) -> str:
    """The manuals of one agency that has several."""
    batch = load_batch_wording()
    title = batch.say("of_agency", agency=agency)
    back = f'<p><a href="../index.html">{escape(batch.say("back"))}</a></p>'
    return _page(title, f"{back}<h1>{escape(title)}</h1>{_table(rows, '../', linked=False)}")


def agency_file(agency: str) -> str:
    """The name of the agency's page; agencies of like names keep apart."""
    plain = "".join(char if char.isascii() and char.isalnum() else "-" for char in agency.lower())
    mark = hashlib.sha256(agency.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain[:60]}-{mark}.html"


def _table(rows: Sequence[Row], up: str, *, linked: bool) -> str:
    batch = load_batch_wording()
    mandatory = [standard for standard in load_standards() if standard.mandatory]
    heads = [
        batch.say("agency"), batch.say("file"), *(standard.title for standard in mandatory),
        batch.say("principles"), batch.say("pages"), batch.say("parts"), batch.say("problems"),
    ]  # fmt: skip
    several = _several(rows) if linked else frozenset()
    lines = ["<tr>" + _cells(row, up, several, [s.id for s in mandatory]) + "</tr>" for row in rows]
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in heads)
    hint = f"<caption hidden>{escape(batch.say('sort_hint'))}</caption>" if linked else ""
    return (
        f"<table>{hint}<thead><tr>{head}</tr></thead><tbody>\n"
        + "\n".join(lines)
        + "\n</tbody></table>"
    )


def _several(rows: Sequence[Row]) -> frozenset[str]:
    """Agencies with more than one manual: these have a page of their own."""
    names = [row.manual.agency for row in rows]
    return frozenset(name for name in set(names) if names.count(name) > 1)


def _cells(row: Row, up: str, several: frozenset[str], mandatory: Sequence[str]) -> str:
    batch = load_batch_wording()
    addressed, every = row.principles
    principles = batch.say("principles_of", addressed=addressed, all=every) if every else ""
    cells = [
        f"<td>{_agency(row, up, several)}</td>",
        f"<td>{_manual(row, up)}</td>",
        *(_verdict(row, name) for name in mandatory),
        f'<td data-sort="{addressed if every else -1}">{escape(principles)}</td>',
        f'<td class=number data-sort="{row.pages or 0}">{row.pages or ""}</td>',
        f"<td>{escape(parts_text(row, batch))}</td>",
        f"<td class=problems>{escape(problems_text(row, batch))}</td>",
    ]
    return "".join(cells)


def _agency(row: Row, up: str, several: frozenset[str]) -> str:
    shown = escape(row.manual.agency)
    if row.manual.agency not in several:
        return shown
    return f'<a href="{up}{AGENCIES}/{agency_file(row.manual.agency)}">{shown}</a>'


def _manual(row: Row, up: str) -> str:
    shown = escape(row.manual.name)
    return f'<a href="{up}{PAGES}/{quote(row.key)}.html">{shown}</a>' if row.verdicts else shown


def _verdict(row: Row, standard: str) -> str:
    verdict = row.verdicts.get(standard)
    batch = load_batch_wording()
    if verdict is None:
        return f'<td data-sort="9">{escape(batch.say("no_review"))}</td>'
    place = _ORDER.index(verdict)
    return f'<td class={verdict} data-sort="{place}">{escape(batch.verdict[verdict])}</td>'


def parts_text(row: Row, batch: BatchWording) -> str:
    """Where the use-of-force parts are, in words; "" without a review."""
    if not row.verdicts:
        return ""
    shown = [_part(part["first_page"], part["last_page"], batch) for part in row.parts]
    return "; ".join(dict.fromkeys(shown)) or batch.say("part_none")


def _part(first: int | None, last: int | None, batch: BatchWording) -> str:
    if first is None:
        return batch.say("part_whole")
    name = "part_page" if first == last else "part_pages"
    return batch.say(name, **({"first": first} | ({"last": last} if first != last else {})))


def problems_text(row: Row, batch: BatchWording) -> str:
    """What a person must know of the file, in words."""
    copied = [batch.say("copy_of", name=row.same_as)] if row.same_as else []
    return " ".join([row.trouble, *row.problems, *copied]).strip()


def _page(title: str, body: str, script: str = "") -> str:
    allowed = f"'{_hash(script)}'" if script else "'none'"
    policy = (
        "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; "
        f"style-src 'unsafe-inline'; script-src {allowed}\">"
    )
    run = f"<script>{script}</script>" if script else ""
    return (
        f"<!doctype html>\n<html lang=en><head><meta charset=utf-8>{policy}"
        "<meta name=viewport content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_read('page.css')}</style></head>"
        f"<body>{body}{run}</body></html>\n"
    )


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def _read(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")
