"""Official names of holds, bodies, offices and papers: one table for retrieval and review."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "names" / "official.toml"


@dataclass(frozen=True, slots=True)
class OfficialNames:
    """`terms` are names by the term that retrieval counts, plurals with them; `holds` are names
    by the kind of hold that the review takes them for."""

    terms: Mapping[str, tuple[str, ...]]
    holds: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def load_names(path: Path = _FILE) -> OfficialNames:
    """Every official name. Raises `KnowledgeError` naming what does not fit."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = sorted(set(table) - {"holds", "names"})
    if unknown:
        raise KnowledgeError(f"{path.name}: unknown key {unknown[0]!r}.")
    terms: dict[str, tuple[str, ...]] = {
        term: tuple(form for name in names for form in _forms(name))
        for term, names in table["names"].items()
    }
    holds: dict[str, tuple[str, ...]] = {}
    for term, entry in table["holds"].items():
        if set(entry) != {"reads", "names"}:
            raise KnowledgeError(f"{path.name}: [holds.{term}] needs reads and names, no more.")
        terms[term] = tuple(form for name in entry["names"] for form in _forms(name))
        holds[entry["reads"]] = (*holds.get(entry["reads"], ()), *entry["names"])
    return OfficialNames(MappingProxyType(terms), MappingProxyType(holds))


def _forms(name: str) -> tuple[str, ...]:
    """The name and its plural."""
    return (name,) if name.endswith(("s", "ies")) else (name, f"{name}s")
