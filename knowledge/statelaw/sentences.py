"""Make sources of the rows: sections and statements from the sentences kept as data.

What comes out has the shape of a parsed source file, so that one loader checks both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.statelaw.patterns import TABLE, pattern_table
from knowledge.statelaw.rows import FOLDER, Duty, StateLaw, load_state_laws
from knowledge.tables import check_keys
from knowledge.types import Evidence, Status

_PREFIX = "state-law-"
_GROUPS = {
    "source", "headings", "pinpoints", "sentences", "asks", "relation", "bound", "topics", "about",
}  # fmt: skip
Table = Mapping[str, Any]


def source_id_of(state: str) -> str:
    """The id of the source that stands for a state's row."""
    return f"{_PREFIX}{state.lower()}"


def is_state_law(source: str) -> bool:
    """Whether a source id is a row's or the whole table's."""
    return source.startswith(_PREFIX)


@lru_cache(maxsize=1)
def load_wording(path: Path = FOLDER / "wording.toml") -> Mapping[str, Table]:
    """The sentences with their blanks. Raises `KnowledgeError` naming an unknown group."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        check_keys(path.name, table, _GROUPS)
    except ValueError as error:
        raise KnowledgeError(str(error)) from error
    return table


def state_law_tables(folder: Path = FOLDER) -> list[tuple[str, Table]]:
    """Every row, and the table as a whole, as source files would be; none without the folder."""
    if not folder.is_dir():
        return []
    rows = load_state_laws(folder / "rows")
    made: list[tuple[str, Table]] = [
        (f"state_laws/rows/{code.lower()}.toml", row_table(row)) for code, row in rows.items()
    ]
    return [*made, ("state_laws/patterns.toml", pattern_table(rows))]


def row_table(row: StateLaw) -> Table:
    """One row as the table of a source file."""
    sections = [_holds(row), _beside(row), _how_read(row), _one(row, "reach"), _one(row, "local")]
    sections += [_one(row, "blood")] if row.breathing_only else []
    sections += [_duty(row, duty) for duty in row.duties]
    return {
        "source": _source(row),
        "status": [{"on": row.read.seen_on, "is": Status.INFORMATIONAL.value}],
        "section": [section for section in sections if section["statement"]],
    }


def _source(row: StateLaw) -> dict[str, Any]:
    words = load_wording()["source"]
    blanks = _blanks(row)
    head = {
        "id": source_id_of(row.state),
        "title": words["title"].format(**blanks),
        "short_title": words["short_title"].format(**blanks),
        "issuer": row.name,
        "issued": row.read.seen_on,  # a dated body of facts: its date is the day it was read
        "citation": row.citation or words["no_citation"],
        "seen_on": row.read.seen_on,
        "status_note": words["status_note"].format(**blanks),
    }
    return head | ({"url": row.read.url} if row.read.url else {})


def _blanks(row: StateLaw) -> dict[str, str]:
    reported = row.citation and row.reporter and not row.verified
    return {
        "state": row.name,
        "short": row.named(" as reported" if reported else ""),
        "seen": row.read.seen_on.isoformat(),
        "place": row.place,
        "where": row.read.where,
        "current": f", current to {row.read.current_to}" if row.read.current_to else "",
        "looser": row.looser,
    }


def _section(
    pinpoint: str, heading: str, evidence: Evidence, statements: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "pinpoint": pinpoint,
        "heading": heading,
        "evidence": evidence.value,
        "statement": list(statements),
    }


def _says(row: StateLaw, name: str, **more: str) -> str:
    text: str = load_wording()["sentences"][name]
    return text.format(**(_blanks(row) | more))


def _asks(row: StateLaw, name: str) -> list[str]:
    return [ask.format(state=row.name) for ask in load_wording()["asks"][name]]


def _made(row: StateLaw, text: str, evidence: Evidence, **more: Any) -> dict[str, Any]:
    return {"text": text, "evidence": evidence.value, "state": row.state} | more


def _holds(row: StateLaw) -> dict[str, Any]:
    words = load_wording()
    own = [
        _made(row, s.text, s.evidence, kind=s.kind, asks=_asks(row, s.kind)) for s in row.statements
    ]
    if row.found == "none":
        none = _made(
            row, _says(row, "none"), Evidence.DATA, kind="unknown", asks=_asks(row, "none")
        )
        own = [none, *own]
    else:
        bound = " and ".join(words["bound"][who] for who in row.binds)
        said = _says(row, "bound", bound=bound)
        own.append(_made(row, said, Evidence.INFERENCE, asks=_asks(row, "bound")))
    heading = words["headings"]["holds"].format(**_blanks(row))
    pinpoint = row.citation or words["pinpoints"]["none"]
    return _section(pinpoint, heading, Evidence(own[0]["evidence"]), own)


def _beside(row: StateLaw) -> dict[str, Any]:
    words = load_wording()
    texts: list[str] = []
    ways = [words["relation"][code] for code in row.relation if code in words["relation"]]
    if row.found == "none":
        texts.append(_says(row, "none_beside"))
    elif "equal" in row.relation:
        texts.append(_says(row, "equal_beside"))
    elif ways:
        part = row.looser or row.rule == "crime_on_harm"  # which catches less, too
        name = "beside_part" if part else "beside"
        texts.append(_says(row, name, ways="; ".join(ways)))
    if row.looser:
        texts.insert(0, _says(row, "looser"))  # a chief may stop after the first sentence
    asks = _asks(row, "beside")
    said = [_made(row, text, Evidence.INFERENCE, kind="condition", asks=asks) for text in texts]
    heading = words["headings"]["beside"].format(**_blanks(row))
    return _section(words["pinpoints"]["beside"], heading, Evidence.INFERENCE, said)


def _how_read(row: StateLaw) -> dict[str, Any]:
    words = load_wording()
    how = _says(row, "read_none" if row.found == "none" else "read")
    said = [_made(row, how, Evidence.DATA, kind="disclaimer", asks=_asks(row, "read"))]
    asks = _asks(row, "open")
    said += [
        _made(row, _says(row, "open", open=text), Evidence.DATA, kind="unknown", asks=asks)
        for text in row.read.open
    ]
    heading = words["headings"]["read"].format(**_blanks(row))
    return _section(words["pinpoints"]["read"], heading, Evidence.DATA, said)


def _one(row: StateLaw, name: str) -> dict[str, Any]:
    """A section of one sentence on what was not read, or is not in what was read."""
    words = load_wording()
    said = _made(row, _says(row, name), Evidence.DATA, kind="unknown", asks=_asks(row, name))
    heading = words["headings"][name].format(**_blanks(row))
    return _section(words["pinpoints"][name], heading, Evidence.DATA, [said])


def _duty(row: StateLaw, duty: Duty) -> dict[str, Any]:
    words = load_wording()
    about = words["about"][duty.topic]
    more = {"about": about, "citation": duty.citation, "seen": duty.seen_on.isoformat()}
    read = _says(row, "duty_read", **(more | {"where": duty.where}))
    asks = [ask.format(state=row.name, about=about) for ask in words["asks"]["duty_read"]]
    said = [
        _made(row, duty.text, duty.evidence, asks=_asks(row, duty.topic)),
        _made(row, read, Evidence.DATA, kind="disclaimer", asks=asks),
    ]
    heading = words["headings"]["duty"].format(topic=words["topics"][duty.topic], place=row.place)
    return _section(duty.citation, heading, duty.evidence, said) | {
        "url": duty.url,
        "seen_on": duty.seen_on,
    }


__all__ = ["TABLE", "is_state_law", "load_wording", "row_table", "source_id_of", "state_law_tables"]
