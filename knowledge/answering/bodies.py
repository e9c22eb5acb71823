"""Who certifies in a state: the body that a source names, or the honest other answer.

A state whose body no source names is never given one. It gets the bodies that could certify
anywhere, and whom to ask.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.conversation import Ask
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.sources import DigestStatement, section_id

_FILE = Path(__file__).parents[1] / "data" / "answering" / "bodies.toml"
_MOST_STATES = 3


@lru_cache(maxsize=1)
def body_cues() -> Mapping[str, Any]:
    """What the data says of questions about bodies."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def asks_for_body(text: str) -> bool:
    """Whether `text` asks who certifies."""
    table = body_cues()
    return _any(table["cues"], text) and not _any(table["unless"], text)


def body_statements(ask: Ask, as_of: date, library: Library) -> list[DigestStatement]:
    """What to say of the bodies in the states that `ask` is about; empty if it asks otherwise."""
    if not asks_for_body(ask.text):
        return []
    if ask.setting == "tribal" or _any(body_cues()["tribes"], ask.text):
        return _tribal(as_of, library)
    campus_asked = ask.setting == "campus" or _any(body_cues()["campuses"], ask.text)
    if campus_asked and _any(body_cues()["nationwide"], ask.text):
        return _national_for_campus(as_of, library)
    told = [_of_state(code, as_of, library) for code in ask.states[:_MOST_STATES]]
    said = [statement for statements in told for statement in statements]
    if not said and not campus_asked:
        return []
    campus = [body_cues()["campus"]] if campus_asked else []
    verified = said and all(item.kind == "body" for item in said)
    anywhere = campus if verified else [*campus, *body_cues()["anywhere"][: 2 - len(campus)]]
    named = [_first(pinpoint, "body", as_of, library) for pinpoint in anywhere]
    contact = [] if verified else [_first(body_cues()["contact"], "contact", as_of, library)]
    return [*said, *(item for item in [*named, *contact] if item is not None)]


def _national_for_campus(as_of: date, library: Library) -> list[DigestStatement]:
    pinpoints = [body_cues()["campus"], *body_cues()["anywhere"][:1]]
    named = (_first(pinpoint, "body", as_of, library) for pinpoint in pinpoints)
    return [statement for statement in named if statement is not None]


def _of_state(code: str, as_of: date, library: Library) -> list[DigestStatement]:
    """The statement that names the body of a state, else the one that says none is named."""
    held = [item for item in _held(as_of, library) if item.state == code]
    bodies = [item for item in held if item.kind == "body"]
    return (bodies or [item for item in held if item.kind == "unknown"])[:1]


def _first(pinpoint: str, kind: str, as_of: date, library: Library) -> DigestStatement | None:
    wanted = section_id(body_cues()["source"], pinpoint)
    fitting = (i for i in _held(as_of, library) if i.section == wanted and i.kind == kind)
    return next(fitting, None)


def _tribal(as_of: date, library: Library) -> list[DigestStatement]:
    source, pinpoint, words = body_cues()["tribal"]
    wanted = section_id(source, pinpoint)
    known = library.knowledge.statements.values()
    fitting = (item for item in known if item.section == wanted and words in item.text)
    return [i for i in fitting if holds_on(i, as_of, library.knowledge, frozenset())][:1]


def _held(as_of: date, library: Library) -> list[DigestStatement]:
    source = body_cues()["source"]
    return [
        item
        for item in library.knowledge.statements.values()
        if item.source == source and holds_on(item, as_of, library.knowledge, frozenset())
    ]


def _any(cues: list[str], text: str) -> bool:
    return any(re.search(cue, text, re.IGNORECASE) for cue in cues)
