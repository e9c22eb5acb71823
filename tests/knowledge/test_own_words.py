"""Nothing in the data files is copied: no run of eight words of a source stands in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.sources import DATA

RUN = 8  # words in a row from which wording counts as borrowed
# Titles and names of offices, bodies and papers, which cannot be put otherwise. What stands on
# both sides of one is judged apart.
NAMES = (
    "Standards for Certification on Safe Policing for Safe Communities",
    "Principles on Safe Policing and Use of Force",
    "Safe Policing for Safe Communities",
    "International Association of Directors of Law Enforcement Standards and Training",
    "International Association of Campus Law Enforcement Administrators",
    "International Association of Chiefs of Police",
    "Commission on Accreditation for Law Enforcement Agencies",
    "Office of Community Oriented Policing Services",
    "U.S. Department of Justice",
    "Community Policing Dispatch",
    "COPS Office Response Center",
    "145 N Street, N.E., Washington, DC 20530",
    "Initial Rescissions of Harmful Executive Orders and Actions",
    "Advancing Effective, Accountable Policing and Criminal Justice Practices To Enhance Public Trust and Public Safety",
    "Strengthening and Unleashing America's Law Enforcement To Pursue Criminals and Protect Innocent Citizens",
    "National Law Enforcement Accountability Database",
)


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: path.name)
def test_no_run_of_a_sources_words_stands_in_a_data_file(path: Path, shared_folder: Path) -> None:
    runs = _runs_of(shared_folder / "sources")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    borrowed = {
        run
        for text in _texts(table)
        for part in _without_names(text)
        for run in _runs(part)
        if run in runs
    }
    assert borrowed == set()


def test_a_borrowed_sentence_would_be_found(shared_folder: Path) -> None:
    runs = _runs_of(shared_folder / "sources")
    order = (shared_folder / "sources" / "eo-13929_2020-06-16.md").read_text(encoding="utf-8")
    sentence = next(line for line in order.splitlines() if line.startswith("(b) The Attorney"))
    assert any(run in runs for run in _runs(f"We say that {sentence}"))


def _runs_of(folder: Path) -> frozenset[str]:
    texts = [
        p.read_text(encoding="utf-8") for p in sorted(folder.iterdir()) if "PROV" not in p.name
    ]
    whole = [re.sub(r"(?<=[a-z])-\n\s*(?=[a-z])", "", text) for text in texts]
    return frozenset(run for text in whole for run in _runs(text))


def _runs(text: str) -> Iterator[str]:
    words = _plain(text).split()
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'")))


def _without_names(text: str) -> list[str]:
    plain = _plain(text)
    for name in NAMES:
        plain = plain.replace(_plain(name), "|")
    return plain.split("|")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and "://" not in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
