"""Official texts: files of the person who runs ingest, matched to the sources of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.articles import MASTHEAD, article_sections
from ingest.cleaning import clean
from ingest.contents import Contents, Origin, joined
from ingest.cutting import Counter, cut_passages
from ingest.found import Found
from ingest.identify import described, source_of
from ingest.library import Kept, Library, digest_of, load_document, with_texts, without
from ingest.manuals import manual_sections
from ingest.orders import is_order, order_sections
from ingest.page_lines import page_lines
from knowledge.errors import InputError
from knowledge.reading import SUFFIXES, Document, read_bytes, read_file
from knowledge.sources import Knowledge
from knowledge.store import Row
from knowledge.types import Evidence, Section, Source, TextKind

OFFICIAL = "@official"


@dataclass(frozen=True, slots=True)
class TakenText:
    """An official text that was taken in, and the number of sections found in it."""

    file: str
    source: str
    sections: int


@dataclass(frozen=True, slots=True)
class Offered:
    """What was read in the files that were offered, and which of them were not taken.

    `places` are all files looked at; `folders` those that stand for whatever lies in them.
    """

    documents: tuple[tuple[Kept, Document], ...] = ()
    problems: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()


def read_files(paths: Sequence[Path], knowledge: Knowledge) -> Offered:
    """The copies of known sources among the files and in the folders.

    Raises: `InputError` for a file that was named and cannot be read; one that lies in a folder
    is a problem to be told.
    """
    problems: list[str] = []
    documents: list[tuple[Kept, Document]] = []
    for path in paths:
        for file in _files_in(path):
            taken = _taken(file, knowledge, named=not path.is_dir())
            if isinstance(taken, str):
                problems.append(taken)
            else:
                documents.append(taken)
    return Offered(
        tuple(documents),
        tuple(problems),
        frozenset(str(file.resolve()) for path in paths for file in _files_in(path)),
        tuple(f"{path.resolve()}/" for path in paths if path.is_dir()),
    )


def with_offered(library: Library, offered: Offered) -> Library:
    """The library with these texts; what came from the same places before is replaced or gone."""
    places = {kept.origin for kept, _ in offered.documents}
    gone = [
        kept
        for kept in library.federal()
        if kept.origin not in places
        and (kept.origin in offered.places or kept.origin.startswith(offered.folders))
    ]
    return with_texts(without(library, gone), (kept for kept, _ in offered.documents))


def official_contents(
    home: Path, library: Library, knowledge: Knowledge, counter: Counter
) -> tuple[Contents, list[TakenText], list[str]]:
    """Sections and passages of the best copy of each source; the other copies are told of."""
    taken: list[TakenText] = []
    problems: list[str] = []
    parts = []
    for id in sorted({kept.source for kept in library.federal()} & set(knowledge.sources)):
        copies = [_copy(home, kept) for kept in library.federal() if kept.source == id]
        copies.sort(key=_rank)
        best = copies[0]
        problems += [f"{c.kept.name}: second copy of {id}, not used." for c in copies[1:]]
        if not best.found:
            problems.append(f"{best.kept.name}: no numbered part of {id} was recognised in it.")
            continue
        problems += [f"{best.kept.name}: {note}" for note in best.document.notes]
        taken.append(TakenText(best.kept.name, id, len(best.found)))
        parts.append(_contents(knowledge.sources[id], best, counter))
    return joined(parts), taken, problems


@dataclass(frozen=True, slots=True)
class _Copy:
    kept: Kept
    document: Document
    found: tuple[Found, ...]


def found_in(document: Document) -> list[Found]:
    """The numbered parts of a text, by the build that it has."""
    cleaned = clean(document.text, printed=page_lines(document))
    if is_order(cleaned.text):
        return order_sections(cleaned)
    if MASTHEAD.search(cleaned.text):
        return article_sections(cleaned)
    return manual_sections(cleaned)


def _files_in(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
    return sorted(file for file in files if file.is_file() and not file.name.startswith("."))


def _taken(file: Path, knowledge: Knowledge, *, named: bool) -> tuple[Kept, Document] | str:
    """The copy of a known source in the file, or a sentence on why the file is left out."""
    try:
        data = read_file(file)
        document = read_bytes(data, file.name)
    except InputError as error:
        if named:
            raise
        return str(error)
    cleaned = clean(document.text).text
    source = source_of(document.text, cleaned, knowledge)
    if source is None:
        seems = described(document.text, cleaned)
        return f"{file.name}: {seems}; left out. Use --collection to add a text of your own."
    today = date.today().isoformat()
    return Kept(digest_of(data), file.name, str(file.resolve()), source, today), document


def _copy(home: Path, kept: Kept) -> _Copy:
    document = load_document(home, kept)
    return _Copy(kept, document, tuple(found_in(document)))


def _rank(copy: _Copy) -> tuple[bool, int, int, str]:
    """Best first: numbered by its issuer, then the print, then the issuer's page, then length."""
    head = copy.document.text
    printed = "Federal Register / Vol." in head
    issuers = "whitehouse.gov/" in head[:2000] or "archives.gov/" in head[:2000]
    counted = copy.found[0].pinpoint == "Preamble" and any(f.counted for f in copy.found)
    kind = 0 if printed else 1 if issuers else 2
    return counted, kind, -len(copy.found), copy.kept.sha256


def origins_of(
    kept: Kept, document: Document, found: Sequence[Found], ids: Sequence[str]
) -> tuple[Origin, ...]:
    """Where each part stood in its file; `ids` are those of the sections made of the parts."""
    return tuple(
        Origin(id, kept.name, kept.sha256, *part.text.span(), document.page_at(part.text.span()[0]))
        for part, id in zip(found, ids, strict=True)
    )


def _contents(source: Source, copy: _Copy, counter: Counter) -> Contents:
    sections = tuple(_section(source, part) for part in copy.found)
    passages = []
    rows = []
    for section in sections:
        heading = f"{source.short_title} > {section.heading}" if section.heading else ""
        cut = cut_passages(section, heading, counter)
        passages += cut
        rows += [
            Row(p.id, p.id, "passage", p.text, source.id, section.id, heading=heading) for p in cut
        ]
    origins = origins_of(copy.kept, copy.document, copy.found, [s.id for s in sections])
    return Contents(sections, tuple(passages), tuple(rows), origins=origins)


def _section(source: Source, part: Found) -> Section:
    return Section(
        id=f"{source.id}#{part.pinpoint}{OFFICIAL}",
        source=source.id,
        pinpoint=part.pinpoint,
        heading=part.heading,
        text=part.text.text,
        text_kind=TextKind.OFFICIAL,
        evidence=Evidence.TEXT,
        url=source.url,
        seen_on=source.seen_on,
    )
