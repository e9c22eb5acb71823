"""Fetch the official texts that the catalogue gives an address for, and hold them to it.

The SHA-256 of each is recorded at its first fetch, in HOME/pins.json, and compared at
every later one. A host that is down, or a text that has changed, leaves the last good text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from ingest.build import BuildReport, Parts, build_index, open_parts
from ingest.cleaning import clean
from ingest.fetch import Fetched, FetchError, Limits, Network, fetch, open_network
from ingest.identify import source_of
from ingest.library import Kept, digest_of, load_library, save_library, with_texts
from ingest.releases import only_writer, replace_text
from knowledge.errors import InputError
from knowledge.progress import Progress
from knowledge.reading import Document, read_bytes
from knowledge.settings import Settings
from knowledge.sources import Knowledge

_REGISTER_PAGE = re.compile(
    r"https://www\.federalregister\.gov/documents/(\d{4}/\d{2}/\d{2})/([\w-]+)/[\w-]+"
)
_SUFFIXES = {"application/pdf": ".pdf", "text/html": ".html", "text/plain": ".txt"}


@dataclass(frozen=True, slots=True)
class Outside:
    """The world beyond this machine: what a fetch may do, and the network it does it on."""

    limits: Limits
    network: Network


def fetch_index(
    settings: Settings,
    *,
    progress: Progress | None = None,
    parts: Parts | None = None,
    outside: Outside | None = None,
) -> BuildReport:
    """The official texts at the catalogue's addresses are taken in and the index is built.

    What could not be fetched is told in `problems`, and the text that was there before stays.

    Raises: `InputError` and `SettingsError` as `build_index`.
    """
    working = parts or open_parts(settings)
    world = outside or Outside(Limits(), open_network())
    pins = load_pins(settings.home)
    documents: list[tuple[Kept, Document]] = []
    problems: list[str] = []
    for source, url in addresses(working.knowledge, world.limits.hosts).items():
        try:
            documents.append(_fetched(source, url, working.knowledge, pins, world))
        except (FetchError, InputError) as error:
            problems.append(_kept_as_it_was(source, error))
    with only_writer(settings.home):
        library = with_texts(load_library(settings.home), (kept for kept, _ in documents))
        save_library(settings.home, library, documents)
        save_pins(settings.home, {kept.origin: kept.sha256 for kept, _ in documents} | pins)
    report = build_index(
        settings, progress=progress, knowledge=working.knowledge, embedder=working.embedder
    )
    return replace(report, problems=(*problems, *report.problems))


def addresses(knowledge: Knowledge, hosts: frozenset[str]) -> dict[str, str]:
    """The address of each source whose official copies can be told, by source id.

    Only those on `hosts`: copies elsewhere are cited, never fetched.
    """
    return {
        id: source.url
        for id, source in knowledge.sources.items()
        if source.url
        and urlsplit(source.url).hostname in hosts
        and (knowledge.official_text[id] or id.startswith("eo-"))
    }


def full_text_address(url: str) -> str:
    """The Federal Register's own full text of a page of it; any other address as it is."""
    page = _REGISTER_PAGE.fullmatch(url)
    if page is None:
        return url
    return f"https://www.federalregister.gov/documents/full_text/xml/{page[1]}/{page[2]}.xml"


def load_pins(home: Path) -> dict[str, str]:
    """The SHA-256 that each address had at its first fetch."""
    path = home / "pins.json"
    if not path.is_file():
        return {}
    pins: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return pins


def save_pins(home: Path, pins: Mapping[str, str]) -> None:
    """The pins are on disk."""
    path = home / "pins.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, json.dumps(dict(sorted(pins.items())), indent=1))


def _fetched(
    source: str, url: str, knowledge: Knowledge, pins: Mapping[str, str], world: Outside
) -> tuple[Kept, Document]:
    """What stands at the source's address, if it is a copy of it and what it was before."""
    address = full_text_address(url)
    got = fetch(address, world.limits, world.network)
    digest = digest_of(got.data)
    if pins.get(address, digest) != digest:
        raise FetchError(
            f"the text at {address} has changed since it was first fetched; if the change is "
            "right, remove its line from pins.json in the index folder and fetch again"
        )
    document = read_bytes(got.data, _name(got))
    found = source_of(document.text, clean(document.text).text, knowledge)
    if found != source:
        raise FetchError(f"what stands at {address} is no copy of it")
    today = date.today().isoformat()
    return Kept(digest, document.name, address, source, today), document


def _name(got: Fetched) -> str:
    name = PurePosixPath(urlsplit(got.url).path).name or "page"
    suffix = _SUFFIXES.get(got.content_type, ".xml")
    return name if name.endswith(suffix) else name + suffix


def _kept_as_it_was(source: str, error: Exception) -> str:
    reason = str(error).rstrip(".")
    return f"{source} was not fetched: {reason}. The text that was there before, if any, stays."
