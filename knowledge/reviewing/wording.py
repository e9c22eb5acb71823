"""Load what a review says beside the wording of its standards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import KnowledgeError
from knowledge.tables import read_toml, refuse_unknown

FILE = Path(__file__).parent.parent / "data" / "reviewing" / "wording.toml"

PRINCIPLE = frozenset(
    {"bind", "part", "narrow", "advise", "state", "optional", "against", "silent"}
    | {"short", "foreign"}
)
NOTICES = frozenset(
    {"instruction", "invisible", "lookalike", "markup", "foreign", "short", "no_policy"}
    | {"bloodflow", "limit", "second_reader", "second_reader_absent"}
)


@dataclass(frozen=True, slots=True)
class ReviewWording:
    """Sentences by key, every key present."""

    not_required: str
    doubted: str
    principle: Mapping[str, str]
    notice: Mapping[str, str]
    attestation: tuple[tuple[str, str, int | None], ...]


@lru_cache(maxsize=1)
def load_wording(path: Path = FILE) -> ReviewWording:
    """The wording. Raises `KnowledgeError` naming a key that is missing or that nobody reads."""
    table = read_toml(path)
    refuse_unknown(
        path.name, table, {"not_required", "doubted", "principle", "notice", "attestation"}
    )
    return ReviewWording(
        not_required=_sentence(path.name, table, "not_required"),
        doubted=_sentence(path.name, table, "doubted"),
        principle=_sentences(path.name, table, "principle", PRINCIPLE),
        notice=_sentences(path.name, table, "notice", NOTICES),
        attestation=_places(path.name, table.get("attestation")),
    )


def _sentence(name: str, table: Mapping[str, object], key: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found:
        raise KnowledgeError(f"{name}: {key!r} is missing.")
    return found


def _sentences(
    name: str, table: Mapping[str, object], part: str, keys: frozenset[str]
) -> Mapping[str, str]:
    found = table.get(part)
    if not isinstance(found, dict):
        raise KnowledgeError(f"{name}: [{part}] is missing.")
    refuse_unknown(f"{name} [{part}]", found, set(keys))
    missing = sorted(keys - set(found))
    if missing:
        raise KnowledgeError(f"{name} [{part}]: {missing[0]!r} is missing.")
    return MappingProxyType({key: str(value) for key, value in found.items()})


def _places(name: str, rows: object) -> tuple[tuple[str, str, int | None], ...]:
    if not isinstance(rows, list):
        raise KnowledgeError(f"{name}: [[attestation]] is missing.")
    for row in rows:
        refuse_unknown(f"{name} [[attestation]]", row, {"source", "pinpoint", "quote_statement"})
    return tuple((r["source"], r["pinpoint"], r.get("quote_statement")) for r in rows)
