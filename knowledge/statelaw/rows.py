"""Load the rows: one file a jurisdiction, checked key by key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.places import place_name, state_names
from knowledge.tables import check_keys
from knowledge.types import VERIFIED, Evidence

FOLDER = Path(__file__).parents[1] / "data" / "state_laws"
TOPICS = ("intervene", "medical", "vehicles", "no_knock")

_FOUND = ("statute", "administrative", "voluntary", "none")
_MARKS = ("E", "E2", "none")
_RULES = (
    "outright", "except_deadly", "except_other", "deadly_class", "crime", "crime_on_harm", "policy",
    "mixed", "voluntary", "none",
)  # fmt: skip
_COVERS = ("breathing", "blood_flow")
_BINDS = ("officers", "agencies", "training")
_RELATION = ("S1", "S2", "S2_part", "S3", "S4", "W", "equal")
_KINDS = {"administrative": "{}'s rule", "voluntary": "{}'s voluntary standard"}
_YEAR_IN_BRACKETS = re.compile(r" \(([^)]*\b\d{4})\)")
_EXCEPTION = ("none", "equal", "narrower", "other")

_FILE_KEYS = {"row", "statement", "review", "read", "duty"}
_ROW_KEYS = {
    "state", "found", "evidence", "citation", "rule", "covers", "binds", "relation", "exceptions",
    "exception_evidence", "looser", "reporter", "recheck",
}  # fmt: skip
_STATEMENT_KEYS = {"text", "kind", "evidence"}
_REVIEW_KEYS = {
    "exception", "none_for", "conflict", "life_fits", "wider", "wider_unless", "traps",
    "blood_flow_leave",
}  # fmt: skip
_READ_KEYS = {"where", "url", "current_to", "seen_on", "open"}
_DUTY_KEYS = {"topic", "citation", "text", "evidence", "where", "url", "seen_on"}


@dataclass(frozen=True, slots=True)
class RowStatement:
    """One sentence of ours on the row's rule, with its own evidence mark."""

    text: str
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ToReview:
    """What a review compares an excerpt with.

    `exception` is how the state's exception stands beside "deadly force allowed by law"; `none_for`
    names cases for which there is none; `conflict` whether a contrary rule may touch a verdict;
    `life_fits` whether a threat to life, named as such, is within it; `wider` are phrases of the
    state's own wider exception and `traps` words that narrow its definition.
    """

    exception: str
    none_for: tuple[str, ...] = ()
    conflict: bool = True
    life_fits: bool = False
    wider: tuple[str, ...] = ()
    wider_unless: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    blood_flow_leave: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, how current it was, the day we looked, and what stayed open."""

    where: str
    url: str | None
    current_to: str
    seen_on: date
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """Another duty met on the way: one sentence at its own citation, and where that was read."""

    topic: str
    citation: str
    text: str
    evidence: Evidence
    where: str
    url: str | None
    seen_on: date


@dataclass(frozen=True, slots=True)
class StateLaw:
    """One row. `review` is None where there is nothing to compare an excerpt with."""

    state: str
    found: str
    evidence: str
    citation: str | None
    rule: str
    covers: tuple[str, ...]
    binds: tuple[str, ...]
    relation: tuple[str, ...]
    exceptions: str
    exception_evidence: str
    looser: str
    reporter: str
    recheck: bool
    statements: tuple[RowStatement, ...]
    review: ToReview | None
    read: Read
    duties: tuple[Duty, ...] = field(default=())

    @property
    def name(self) -> str:
        """The state's name."""
        return state_names()[self.state]

    @property
    def place(self) -> str:
        """The name as it stands after "in"."""
        return place_name(self.state)

    @property
    def breathing_only(self) -> bool:
        """Whether the words read or reported speak of breathing and of no hold on blood flow."""
        return self.covers == ("breathing",)

    @property
    def verified(self) -> bool:
        """Whether the rule was read in the law itself, so that it may touch a verdict."""
        return self.evidence == Evidence.EXCERPT and self.found in ("statute", "administrative")

    @property
    def exception_verified(self) -> bool:
        """Whether the rule's exceptions were read in the law itself too."""
        return self.verified and self.exception_evidence == Evidence.EXCERPT

    @property
    def short(self) -> str:
        """The name that sentences give the rule: not every rule is law."""
        return self.named("")

    def named(self, how: str) -> str:
        """The rule's name with `how` it is known, and its citation in one pair of brackets."""
        kind = _KINDS.get(self.found, "{} law").format(self.name) + how
        cited = _YEAR_IN_BRACKETS.sub(r", \1", self.citation or "")
        return f"{kind} ({cited})" if cited else kind


@lru_cache(maxsize=1)
def load_state_laws(folder: Path = FOLDER / "rows") -> Mapping[str, StateLaw]:
    """Every row by postal code. Raises `KnowledgeError` naming the file and the slip."""
    rows: dict[str, StateLaw] = {}
    for path in sorted(folder.glob("*.toml")):
        row = _read_file(path)
        if path.stem.upper() != row.state:
            raise KnowledgeError(f"{path.name}: the row is {row.state}'s; name the file after it.")
        rows[row.state] = row
    return MappingProxyType(rows)


def _read_file(path: Path) -> StateLaw:
    try:
        return read_row(tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{path.name} is not valid TOML: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{path.name}: {type(error).__name__}: {error}") from error


def read_row(table: Mapping[str, Any]) -> StateLaw:
    """The row of a parsed file. Raises: `ValueError`, `KeyError` naming the slip."""
    check_keys("the file", table, _FILE_KEYS)
    row = table["row"]
    check_keys("[row]", row, _ROW_KEYS)
    read = _read(table["read"])
    made = StateLaw(
        state=_one_of(row["state"], tuple(state_names()), "state"),
        found=_one_of(row["found"], _FOUND, "found"),
        evidence=_one_of(row["evidence"], _MARKS, "evidence"),
        citation=row.get("citation"),
        rule=_one_of(row.get("rule", "none"), _RULES, "rule"),
        covers=_some_of(row.get("covers", ()), _COVERS, "covers"),
        binds=_some_of(row.get("binds", ()), _BINDS, "binds"),
        relation=_some_of(row.get("relation", ()), _RELATION, "relation"),
        exceptions=row.get("exceptions", ""),
        exception_evidence=_one_of(row.get("exception_evidence", row["evidence"]), _MARKS, "mark"),
        looser=row.get("looser", ""),
        reporter=row.get("reporter", ""),
        recheck=row.get("recheck", False),
        statements=tuple(
            _statement(entry, row["evidence"]) for entry in table.get("statement", ())
        ),
        review=_to_review(table["review"]) if "review" in table else None,
        read=read,
        duties=tuple(_duty(entry, read) for entry in table.get("duty", ())),
    )
    _check(made)
    return made


def _one_of(value: str, known: tuple[str, ...], what: str) -> str:
    if value not in known:
        raise ValueError(f"unknown {what} {value!r}; known are {', '.join(known)}")
    return value


def _some_of(values: Sequence[str], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    return tuple(_one_of(value, known, what) for value in values)


def _read(table: Mapping[str, Any]) -> Read:
    check_keys("[read]", table, _READ_KEYS)
    return Read(
        where=table["where"],
        url=table.get("url"),
        current_to=table["current_to"],
        seen_on=_day(table["seen_on"]),
        open=tuple(table["open"]),
    )


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"seen_on must be a day such as 2026-08-21, not {value!r}")
    return value


def _statement(entry: Mapping[str, Any], mark: str) -> RowStatement:
    check_keys("[[statement]]", entry, _STATEMENT_KEYS)
    evidence = Evidence(entry.get("evidence", mark))
    return RowStatement(entry["text"], entry.get("kind", "fact"), evidence)


def _to_review(table: Mapping[str, Any]) -> ToReview:
    check_keys("[review]", table, _REVIEW_KEYS)
    return ToReview(
        exception=_one_of(table["exception"], _EXCEPTION, "exception"),
        none_for=tuple(table.get("none_for", ())),
        conflict=table.get("conflict", True),
        life_fits=table.get("life_fits", False),
        wider=tuple(table.get("wider", ())),
        wider_unless=tuple(table.get("wider_unless", ())),
        traps=tuple(table.get("traps", ())),
        blood_flow_leave=table.get("blood_flow_leave", False),
    )


def _duty(entry: Mapping[str, Any], read: Read) -> Duty:
    check_keys("[[duty]]", entry, _DUTY_KEYS)
    if not entry.get("where"):
        raise ValueError(f"the duty at {entry['citation']} must say where it was read")
    return Duty(
        topic=_one_of(entry["topic"], TOPICS, "topic"),
        citation=entry["citation"],
        text=entry["text"],
        evidence=Evidence(entry["evidence"]),
        where=entry["where"],
        url=entry.get("url"),
        seen_on=_day(entry.get("seen_on", read.seen_on)),
    )


def _check(row: StateLaw) -> None:
    """Raises `ValueError` when the parts of a row do not go together."""
    said = [(s.text, s.evidence) for s in row.statements]
    said += [(duty.text, duty.evidence) for duty in row.duties]
    for text, evidence in said:
        if evidence not in VERIFIED and "reported by" not in text and "our " not in text.lower():
            raise ValueError(f"a sentence that is not verified must say who reported it: {text!r}")
    if row.found == "none":
        if row.review or row.citation or row.rule != "none":
            raise ValueError("a row in which no rule was found has no citation, rule or [review]")
        return
    if not (row.citation and row.covers and row.binds and row.relation and row.exceptions):
        raise ValueError("a row with a rule needs citation, covers, binds, relation, exceptions")
    if not row.statements:
        raise ValueError("a row with a rule needs a [[statement]] that tells it")
    if "W" in row.relation and not row.looser:
        raise ValueError("a row marked W must say what is looser")
    if row.evidence != Evidence.EXCERPT and not row.reporter:
        raise ValueError("a row that was only reported must name its reporter")
