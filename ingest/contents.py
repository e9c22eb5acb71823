"""Everything that a release holds before it is embedded, and the name that follows from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.index import FORMAT
from knowledge.retrieval import searched
from knowledge.sources import DigestStatement, Knowledge
from knowledge.store import Row, RowKind
from knowledge.types import Passage, Section, TextKind


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a section stood: file, its SHA-256, half-open code points of what was read, page."""

    section: str
    file: str
    sha256: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Contents:
    """Sections, their passages and the rows that point at them; agency texts stay apart."""

    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    rows: tuple[Row, ...] = ()
    agencies: tuple[AgencyContents, ...] = field(default=())
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyContents:
    """One collection of one workspace; `titles` pairs source id and file name."""

    workspace: str
    collection: str
    titles: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    rows: tuple[Row, ...]
    origins: tuple[Origin, ...] = ()


def digest_contents(knowledge: Knowledge) -> Contents:
    """The digests: each statement a passage, its questions and propositions rows beside it.

    Rows on state law are held as sections and not embedded: they are found by their state.
    """
    passages = []
    rows: list[Row] = []
    for statement in searched(knowledge):
        passages.append(_digest_passage(statement))
        rows += _digest_rows(statement)
    return Contents(tuple(knowledge.sections.values()), tuple(passages), tuple(rows))


def joined(parts: Iterable[Contents]) -> Contents:
    """All parts as one."""
    all_parts = list(parts)
    return Contents(
        tuple(section for part in all_parts for section in part.sections),
        tuple(passage for part in all_parts for passage in part.passages),
        tuple(row for part in all_parts for row in part.rows),
        tuple(agency for part in all_parts for agency in part.agencies),
        tuple(origin for part in all_parts for origin in part.origins),
    )


def all_rows(contents: Contents) -> list[Row]:
    """Federal rows, then every agency's."""
    return [*contents.rows, *(row for agency in contents.agencies for row in agency.rows)]


def release_name(contents: Contents, fingerprint: str) -> str:
    """Year and month of the latest look at a source, and eight digits over all that is held.

    The same contents and the same model give the same name on any day and any machine.
    """
    digest = hashlib.sha256(f"{FORMAT} {fingerprint}".encode())
    for entries in (contents.sections, contents.passages, contents.rows, contents.agencies):
        for line in sorted(repr(entry) for entry in entries):
            digest.update(line.encode())
    digests = [s for s in contents.sections if s.text_kind is TextKind.DIGEST]
    latest = max((s.seen_on for s in digests or contents.sections), default=None)
    month = latest.strftime("%Y.%m") if latest else "empty"
    return f"{month}-{digest.hexdigest()[:8]}"


def _digest_passage(statement: DigestStatement) -> Passage:
    return Passage(
        id=statement.id,
        section=statement.section,
        source=statement.source,
        start=statement.start,
        end=statement.end,
        text=statement.text,
    )


def _digest_rows(statement: DigestStatement) -> list[Row]:
    texts: list[tuple[str, RowKind, str]] = [
        (statement.id, "passage", statement.text),
        *((f"{statement.id}?{n}", "ask", ask) for n, ask in enumerate(statement.asks, 1)),
        *((f"{statement.id}!{n}", "claim", c.says) for n, c in enumerate(statement.claims, 1)),
    ]
    return [
        Row(key, statement.id, kind, text, statement.source, statement.section)
        for key, kind, text in texts
    ]
