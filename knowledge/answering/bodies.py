"""Who certifies in a state: the body that a source names, or the honest other answer.

A state whose body no source names is never given one. It gets the bodies that could certify
anywhere, and whom to ask.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.answering.conversation import Ask, without_states
from knowledge.answering.cues import any_cue
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.answering.wording import notice
from knowledge.answering.yesno import is_yes_no
from knowledge.places import states_in
from knowledge.retrieval import terms_of
from knowledge.sources import DigestStatement, section_id

_FILE = Path(__file__).parents[1] / "data" / "answering" / "bodies.toml"
_MOST_STATES = 3
_NAMED = re.compile(  # a body by its letters, as the one asked about
    r"^\W*(?:[Ii]s|[Ww]as|[Ii]sn't) (?:the )?([A-Z]{3,9})\b.{0,40}\b(?i:body|icb|certifier)\b"
    r"|\b(?i:body|icb)\W+(?:is |was )?([A-Z]{3,9})\b"
    r"|\b(?:heard|think|thought|told)\b.{0,20}?\b([A-Z]{4,9})\b"
)


@lru_cache(maxsize=1)
def body_cues() -> Mapping[str, Any]:
    """What the data says of questions about bodies."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def asks_for_body(text: str) -> bool:
    """Whether `text` asks who certifies."""
    table = body_cues()
    return any_cue(table["cues"], text) and not any_cue(table["unless"], text)


def body_statements(ask: Ask, as_of: date, library: Library) -> list[DigestStatement]:
    """What to say of the bodies in the states that `ask` is about; empty if it asks otherwise."""
    if not asks_for_body(ask.text) and not _only_a_state(ask):
        return []
    if ask.setting == "tribal" or any_cue(body_cues()["tribes"], ask.text):
        return _tribal(as_of, library)
    campus_asked = ask.setting == "campus" or any_cue(body_cues()["campuses"], ask.text)
    if campus_asked and any_cue(body_cues()["nationwide"], ask.text):
        return _national_for_campus(as_of, library)
    told = [of_state(code, as_of, library) for code in ask.states[:_MOST_STATES]]
    said = [statement for statements in told for statement in statements]
    if not said and not campus_asked:
        return []
    campus = [body_cues()["campus"]] if campus_asked else []
    verified = said and all(item.kind == "body" for item in said)
    anywhere = [*campus, *body_cues()["anywhere"][: 2 - len(campus)]]
    if verified:
        anywhere = [*campus, *(each for each in body_cues()["anywhere"] if each in ask.said)]
    named = [first_of(pinpoint, "body", as_of, library) for pinpoint in anywhere]
    contact = [] if verified else [first_of(body_cues()["contact"], "contact", as_of, library)]
    return [*said, *(item for item in [*named, *contact] if item is not None)]


def body_lead(ask: Ask, told: Sequence[DigestStatement]) -> str | None:
    """How an answer opens where a body is named in the question: whether a source bears it out."""
    match = _NAMED.search(f"{ask.said} {ask.told}".strip())
    if match is None or not told or ask.said.isupper():
        return None
    name, first = next(group for group in match.groups() if group), told[0]
    if first.kind == "unknown" and first.state in ask.states:
        return notice("body_not_verified", body=name)
    if first.kind != "body" or first.state not in ask.states or not is_yes_no(ask.said):
        return None
    if name in first.text.partition(";")[0]:
        return "Yes"
    known = name in first.text or name in body_cues()["anywhere"]
    return None if known else notice("body_other")


def _only_a_state(ask: Ask) -> bool:
    """Whether nothing but a state is named: "Arizona?" asks who certifies there."""
    left = set(terms_of(without_states(ask.text, ask.states)))
    return bool(states_in(ask.text)) and left <= {code.casefold() for code in ask.states}


def _national_for_campus(as_of: date, library: Library) -> list[DigestStatement]:
    pinpoints = [body_cues()["campus"], *body_cues()["anywhere"][:1]]
    named = (first_of(pinpoint, "body", as_of, library) for pinpoint in pinpoints)
    return [statement for statement in named if statement is not None]


def of_state(code: str, as_of: date, library: Library) -> list[DigestStatement]:
    """The statement that names the body of a state, else the one that says none is named."""
    held = [item for item in held_bodies(as_of, library) if item.state == code]
    bodies = [item for item in held if item.kind == "body"]
    return (bodies or [item for item in held if item.kind == "unknown"])[:1]


def first_of(pinpoint: str, kind: str, as_of: date, library: Library) -> DigestStatement | None:
    """The first statement of that kind in a section on bodies."""
    wanted = section_id(body_cues()["source"], pinpoint)
    fitting = (i for i in held_bodies(as_of, library) if i.section == wanted and i.kind == kind)
    return next(fitting, None)


def _tribal(as_of: date, library: Library) -> list[DigestStatement]:
    source, pinpoint, words = body_cues()["tribal"]
    wanted = section_id(source, pinpoint)
    known = library.knowledge.statements.values()
    fitting = (item for item in known if item.section == wanted and words in item.text)
    return [i for i in fitting if holds_on(i, as_of, library.knowledge, frozenset())][:1]


def held_bodies(as_of: date, library: Library) -> list[DigestStatement]:
    """Every statement on bodies that holds on that day."""
    source = body_cues()["source"]
    return [
        item
        for item in library.knowledge.statements.values()
        if item.source == source and holds_on(item, as_of, library.knowledge, frozenset())
    ]
