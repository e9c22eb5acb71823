"""What the body of a state asked agencies to send in: what a source says of it, or that none does.

The general statement that bodies took a letter is no answer for a state whose body wanted more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from knowledge.answering.bodies import body_cues, first_of, held_bodies, of_state
from knowledge.answering.conversation import Ask
from knowledge.answering.cues import any_cue
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.answering.yesno import is_yes_no
from knowledge.places import states_in
from knowledge.sources import DigestStatement, section_id

_MOST_STATES = 3
_OURS = re.compile(
    r"\b(?:we|us|our|ours|i|my|me|they|them|their|its|it|there|each|both)\b", re.IGNORECASE
)


def asks_what_was_asked(text: str) -> bool:
    """Whether `text` asks what a body wanted to have sent in."""
    table = _cues()
    return any_cue(table["cues"], text) and not any_cue(table["unless"], text)


def submission_statements(ask: Ask, as_of: date, library: Library) -> list[DigestStatement]:
    """What the bodies of the states that `ask` is about asked for, then who they were."""
    told_of = bool(states_in(ask.text) or _OURS.search(ask.text))
    told_of = told_of or asks_for_letter_alone(ask.text)
    if not (ask.states and told_of and asks_what_was_asked(ask.text)) or _tribal(ask):
        return []
    told: list[DigestStatement] = []
    for code in ask.states[:_MOST_STATES]:
        told += _asked_in(code, as_of, library)
    return list(dict.fromkeys(told))


def asks_for_letter_alone(text: str) -> bool:
    """Whether `text` asks if a letter was all that was wanted."""
    return any_cue(_cues()["alone"], text)


def letter_lead(ask: Ask, told: Sequence[DigestStatement]) -> str | None:
    """How the answer opens where a claim of the state's own statement settles a letter alone."""
    if not told or not is_yes_no(ask.said) or re.search(_cues()["more"], ask.said, re.IGNORECASE):
        return None
    if len(ask.states) != 1 or told[0].state not in ask.states:
        return None
    return next(
        (claim.lead for claim in told[0].claims if any_cue(_cues()["alone"], claim.says)), None
    )


def _asked_in(code: str, as_of: date, library: Library) -> list[DigestStatement]:
    prefix = _cues()["answers"]
    held = [item for item in held_bodies(as_of, library) if item.state == code]
    asked = [item for item in held if any(text.startswith(prefix) for text in item.asks)]
    body = of_state(code, as_of, library)
    if not asked:
        return [*body, *_where_none_is_known(as_of, library)]
    if asked[0].kind != "unknown":
        return [*asked, *body]
    source, place, words = _cues()["also"]
    return [*asked, *body, *_saying(source, place, words, as_of, library)]


def _where_none_is_known(as_of: date, library: Library) -> list[DigestStatement]:
    """The national body to turn to, what that one asked for, and whom to ask."""
    source, place, words = _cues()["national"]
    named = first_of(place, "body", as_of, library)
    contact = first_of(body_cues()["contact"], "contact", as_of, library)
    wanted = _saying(source, place, words, as_of, library)
    return [item for item in (named, *wanted, contact) if item is not None]


def _saying(
    source: str, place: str, words: Sequence[str], as_of: date, library: Library
) -> list[DigestStatement]:
    """The statements of a section with one of these words in them, in the order of the words."""
    known, wanted = library.knowledge, section_id(source, place)
    held = [item for item in known.statements.values() if item.section == wanted]
    fitting = [item for word in words for item in held if word in item.text]
    return [item for item in fitting if holds_on(item, as_of, known, frozenset())]


def _tribal(ask: Ask) -> bool:
    return ask.setting == "tribal" or any_cue(body_cues()["tribes"], ask.text)


def _cues() -> Mapping[str, Any]:
    table: Mapping[str, Any] = body_cues()["submissions"]
    return table
