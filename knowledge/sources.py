"""Load the knowledge base: sources, their sections and statements, and the status model.

Every file in `knowledge/data/sources/` is one source. A policy person edits those files; this
module refuses what does not fit, by name, so that a slip is found before anybody reads it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from knowledge.errors import KnowledgeError
from knowledge.statelaw import state_law_tables
from knowledge.tables import check_keys
from knowledge.types import Evidence, Section, Source, Status, StatusChange, TextKind

DATA = Path(__file__).parent / "data"

_SOURCE_KEYS = {
    "id", "title", "short_title", "issuer", "issued", "citation", "url", "seen_on",
    "rests_on", "status_note", "official_text",
}  # fmt: skip
_SECTION_KEYS = {"pinpoint", "heading", "evidence", "url", "seen_on", "statement"}
_STATEMENT_KEYS = {"text", "evidence", "kind", "bears", "state", "from", "until", "asks", "claim"}
_CLAIM_KEYS = {"says", "holds", "lead", "sole"}
_STATUS_KEYS = {"on", "is", "by", "pinpoint"}

KINDS = frozenset(
    {
        "definition", "requirement", "exception", "condition", "encouraged", "deadline",
        "contact", "body", "status", "fact", "disclaimer", "contradiction", "unknown", "summary",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DigestClaim:
    """A yes/no proposition that a digest statement settles; `lead` opens the answer.

    `sole`: no other number, day, person or order may stand in the claim's place, and these words
    tell the right one after "No".
    """

    says: str
    holds: bool
    lead: str
    sole: str | None = None


@dataclass(frozen=True, slots=True)
class DigestStatement:
    """One self-contained sentence of ours; `section.text[start:end] == text`.

    `bears` tells whether it speaks of what is mandatory or discretionary for certification.
    `asks` are questions that it answers; `since` and `until` bound the days it is true for.
    """

    id: str
    section: str
    source: str
    start: int
    end: int
    text: str
    kind: str
    evidence: Evidence
    bears: str | None
    state: str | None
    since: date | None
    until: date | None
    asks: tuple[str, ...]
    claims: tuple[DigestClaim, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known, by id. Built once, never changed."""

    sources: Mapping[str, Source]
    sections: Mapping[str, Section]
    statements: Mapping[str, DigestStatement]
    rests_on: Mapping[str, str]
    official_text: Mapping[str, tuple[str, ...]]

    def section_at(self, source: str, pinpoint: str) -> Section:
        """The digest section at a pinpoint. Raises `KnowledgeError` when there is none."""
        found = self.sections.get(section_id(source, pinpoint))
        if found is None:
            raise KnowledgeError(f"The knowledge base has no section {source} {pinpoint}.")
        return found


@dataclass(frozen=True, slots=True)
class _SourceFile:
    """What one file holds: its source, the sections and statements of it, and two of its keys."""

    source: Source
    sections: tuple[Section, ...]
    statements: tuple[DigestStatement, ...]
    rests_on: str | None
    official_text: tuple[str, ...]


Held = TypeVar("Held", Source, Section, DigestStatement)


def section_id(source: str, pinpoint: str) -> str:
    """The one name of a section, made of what a reader would cite."""
    return f"{source}#{pinpoint}"


def status_on(source: Source, day: date) -> StatusChange:
    """The status of `source` on `day`; before it was issued it is `not_yet_issued`."""
    current = StatusChange(source.issued, Status.NOT_YET_ISSUED)
    for change in source.status_changes:
        if change.on <= day:
            current = change
    return current


@lru_cache(maxsize=1)
def load_knowledge(folder: Path = DATA / "sources") -> Knowledge:
    """Read every source file of `folder`, and the rows on state law that lie beside it.

    Raises: `KnowledgeError` naming the file and the slip.
    """
    files = [_read(path) for path in sorted(folder.glob("*.toml"))]
    return build_knowledge([*files, *state_law_tables(folder.parent / "state_laws")])


def build_knowledge(tables: Iterable[tuple[str, Mapping[str, object]]]) -> Knowledge:
    """Put parsed source files together and check what crosses between them."""
    files: dict[str, _SourceFile] = {}
    for name, table in tables:
        file = _parsed(name, table)
        if file.source.id in files:
            raise KnowledgeError(f"{name}: the source {file.source.id} is there twice.")
        files[file.source.id] = file
    known = Knowledge(
        _by_id(file.source for file in files.values()),
        _by_id(section for file in files.values() for section in file.sections),
        _by_id(part for file in files.values() for part in file.statements),
        MappingProxyType({id: file.rests_on for id, file in files.items() if file.rests_on}),
        MappingProxyType({id: file.official_text for id, file in files.items()}),
    )
    _check_crossings(known)
    return known


def _read(path: Path) -> tuple[str, Mapping[str, object]]:
    try:
        return path.name, tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path.name} is not valid TOML: {error}") from error


def _by_id(entries: Iterable[Held]) -> Mapping[str, Held]:
    return MappingProxyType({entry.id: entry for entry in entries})


def _parsed(name: str, table: Mapping[str, object]) -> _SourceFile:
    try:
        return _source_file(table)
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{name}: {type(error).__name__}: {error}") from error


def _source_file(table: Mapping[str, object]) -> _SourceFile:
    check_keys("the file", table, {"source", "status", "section"})
    head: dict = table["source"]  # type: ignore[assignment, type-arg]
    source = _source(head, table.get("status", []))  # type: ignore[arg-type]
    sections: dict[str, Section] = {}
    statements: list[DigestStatement] = []
    for entry in table.get("section", []):  # type: ignore[attr-defined]
        section, parts = _section(source, entry)
        if section.id in sections:
            raise ValueError(f"pinpoint {section.pinpoint} is there twice")
        sections[section.id] = section
        statements += parts
    official_text = tuple(head.get("official_text", ()))
    return _SourceFile(
        source, tuple(sections.values()), tuple(statements), head.get("rests_on"), official_text
    )


def _source(head: Mapping, changes: list[Mapping]) -> Source:  # type: ignore[type-arg]
    check_keys("[source]", head, _SOURCE_KEYS)
    for change in changes:
        check_keys("[[status]]", change, _STATUS_KEYS)
    if not changes:
        raise ValueError("a source needs at least one [[status]]")
    return Source(
        id=head["id"],
        title=head["title"],
        short_title=head["short_title"],
        issuer=head["issuer"],
        issued=head["issued"],
        citation=head["citation"],
        url=head.get("url"),
        seen_on=head["seen_on"],
        status_changes=tuple(
            StatusChange(c["on"], Status(c["is"]), c.get("by"), c.get("pinpoint"))
            for c in sorted(changes, key=lambda c: c["on"])
        ),
        status_note=head.get("status_note", ""),
    )


def _section(source: Source, entry: Mapping) -> tuple[Section, list[DigestStatement]]:  # type: ignore[type-arg]
    check_keys(f"section {entry.get('pinpoint')}", entry, _SECTION_KEYS)
    key = section_id(source.id, entry["pinpoint"])
    text = " ".join(part["text"] for part in entry["statement"])
    section = Section(
        id=key,
        source=source.id,
        pinpoint=entry["pinpoint"],
        heading=entry["heading"],
        text=text,
        text_kind=TextKind.DIGEST,
        evidence=Evidence(entry["evidence"]),
        url=entry.get("url", source.url) or None,  # "" where the source's own does not show it
        seen_on=entry.get("seen_on", source.seen_on),
    )
    parts: list[DigestStatement] = []
    start = 0
    for number, part in enumerate(entry["statement"], 1):
        parts.append(_statement(section, part, number, start))
        start += len(part["text"]) + 1
    return section, parts


def _statement(section: Section, part: Mapping, number: int, start: int) -> DigestStatement:  # type: ignore[type-arg]
    check_keys(f"a statement of {section.pinpoint}", part, _STATEMENT_KEYS)
    text: str = part["text"]
    kind = part.get("kind", "fact")
    if text != " ".join(text.split()) or not text.endswith((".", "?", "!")):
        raise ValueError(f"not one clean sentence in {section.pinpoint}: {text!r}")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r} in {section.pinpoint}")
    if part.get("bears") not in (None, "mandatory", "discretionary"):
        raise ValueError(f"unknown bears {part['bears']!r} in {section.pinpoint}")
    return DigestStatement(
        id=f"{section.id}/{number}",
        section=section.id,
        source=section.source,
        start=start,
        end=start + len(text),
        text=text,
        kind=kind,
        evidence=Evidence(part.get("evidence", section.evidence)),
        bears=part.get("bears"),
        state=part.get("state"),
        since=part.get("from"),
        until=part.get("until"),
        asks=tuple(part.get("asks", ())),
        claims=tuple(_claim(claim, section) for claim in part.get("claim", ())),
    )


def _claim(claim: Mapping, section: Section) -> DigestClaim:  # type: ignore[type-arg]
    check_keys(f"a claim of {section.pinpoint}", claim, _CLAIM_KEYS)
    holds: bool = claim["holds"]
    lead = claim.get("lead", "Yes" if holds else "No")
    return DigestClaim(claim["says"], holds, lead, claim.get("sole"))


def _check_crossings(known: Knowledge) -> None:
    for source in known.sources.values():
        for change in source.status_changes:
            if change.by and section_id(change.by, change.pinpoint or "") not in known.sections:
                raise KnowledgeError(
                    f"{source.id}: status points at {change.by} {change.pinpoint}, "
                    "which is not a section of the knowledge base."
                )
    for source_id, base in known.rests_on.items():
        if base not in known.sources:
            raise KnowledgeError(f"{source_id} rests on {base}, which is not a source.")
