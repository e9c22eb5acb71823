"""An agency's own documents: a collection by name, of one workspace, apart from the federal one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from ingest.contents import AgencyContents, Origin
from ingest.cutting import Counter, cut_passages
from ingest.found import Found
from ingest.library import Kept, Library, digest_of, load_document
from ingest.official import found_in, origins_of
from knowledge.errors import InputError
from knowledge.reading import Document, read_bytes, read_file
from knowledge.store import AGENCY, Row
from knowledge.types import Evidence, Passage, Section, TextKind

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection of one workspace. `name` may be given with or without "agency:".

    Raises: `InputError` when the name will not do or the workspace is missing.
    """

    name: str
    workspace: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name.removeprefix(AGENCY)):
            raise InputError(
                f"{self.name!r} cannot name a collection; use small letters, digits and hyphens, "
                "for example use-of-force-manual."
            )
        if not self.workspace.strip():
            raise InputError("A collection belongs to one workspace; name that workspace.")

    @property
    def full_name(self) -> str:
        """The name as the store has it: "agency:<name>"."""
        return f"{AGENCY}{self.name.removeprefix(AGENCY)}"

    def owns(self, kept: Kept) -> bool:
        """Whether a kept text is one of this collection's."""
        return (kept.collection, kept.workspace) == (self.full_name, self.workspace)


def read_agency_files(collection: Collection, files: Sequence[Path]) -> list[tuple[Kept, Document]]:
    """What the files hold, each under a source id of its own.

    Raises: `InputError` for a file that cannot be read, or when there is none.
    """
    if not files:
        raise InputError("Name at least one file that should be added to the collection.")
    return [_read(collection, file) for file in files]


def agency_contents(home: Path, library: Library, counter: Counter) -> tuple[AgencyContents, ...]:
    """Every agency collection, cut and ready to embed, in a settled order."""
    owners = sorted({(kept.workspace, kept.collection) for kept in library.agency()})
    return tuple(
        _collection(
            home,
            [k for k in library.agency() if (k.workspace, k.collection) == owner],
            counter,
        )
        for owner in owners
    )


def _read(collection: Collection, file: Path) -> tuple[Kept, Document]:
    data = read_file(file)
    document = read_bytes(data, file.name)
    source = f"{collection.full_name}/{_document_name(file.name)}"
    today = date.today().isoformat()
    owner = (collection.full_name, collection.workspace)
    return Kept(digest_of(data), file.name, source, source, today, *owner), document


def _document_name(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", PurePath(name).stem.casefold())
    return "-".join(words) or "document"


def _collection(home: Path, texts: Sequence[Kept], counter: Counter) -> AgencyContents:
    sections: list[Section] = []
    passages: list[Passage] = []
    rows: list[Row] = []
    origins: list[Origin] = []
    for kept in texts:
        document = load_document(home, kept)
        found = found_in(document)
        made = [_section(kept, part) for part in found]
        origins += origins_of(kept, document, found, [section.id for section in made])
        sections += made
        for section in made:
            heading = f"{kept.name} > {section.heading}" if section.heading else kept.name
            cut = cut_passages(section, heading, counter)
            passages += cut
            rows += [_row(kept, passage, heading) for passage in cut]
    return AgencyContents(
        texts[0].workspace, texts[0].collection, tuple((k.source, k.name) for k in texts),
        tuple(sections), tuple(passages), tuple(rows), tuple(origins),
    )  # fmt: skip


def _row(kept: Kept, passage: Passage, heading: str) -> Row:
    owner = (kept.collection, kept.workspace)
    return Row(
        f"{kept.workspace}:{passage.id}", passage.id, "passage", passage.text,
        passage.source, passage.section, *owner, heading,
    )  # fmt: skip


def _section(kept: Kept, part: Found) -> Section:
    return Section(
        id=f"{kept.source}#{part.pinpoint}",
        source=kept.source,
        pinpoint=part.pinpoint,
        heading=part.heading,
        text=part.text.text,
        text_kind=TextKind.OFFICIAL,
        evidence=Evidence.TEXT,
        url=None,
        seen_on=date.fromisoformat(kept.added),
    )
