""" "What does section 2(c)(ii) say?" is answered with that section, whole."""

from __future__ import annotations

import re

from knowledge.answering.choose import Setting
from knowledge.answering.conversation import Ask
from knowledge.answering.library import Library
from knowledge.answering.status import holds_on
from knowledge.retrieval import terms_of
from knowledge.sources import DigestStatement

_MOST = 5
_SAYS = re.compile(
    r"\b(?:what(?:'s| is| does| do| did)?|say|says|said|explain|summari[sz]e|text|words|mean|"
    r"about|read|describe|show|cover|contain)\b",
    re.IGNORECASE,
)


def section_statements(ask: Ask, setting: Setting, library: Library) -> tuple[DigestStatement, ...]:
    """The statements of the sections that `ask` names, if it asks for little else."""
    sections = setting.identifiers.sections
    other = [term for term in terms_of(_SAYS.sub(" ", ask.text)) if not _names_place(term)]
    if not sections or len(other) > 2:
        return ()
    held = [
        statement
        for section in sections
        for statement in library.knowledge.statements.values()
        if statement.section == section.id
        and holds_on(statement, setting.as_of, library.knowledge, frozenset([section.source]))
    ]
    return tuple(_few(held)[:_MOST])


def _few(held: list[DigestStatement]) -> list[DigestStatement]:
    """All of a few; else the first of each section, or of each kind where it is one section."""
    if len(held) <= _MOST:
        return held
    one = len({item.section for item in held}) == 1
    first = {(item.kind if one else item.section): item for item in reversed(held)}
    return [item for item in held if first[item.kind if one else item.section] is item]


def _names_place(term: str) -> bool:
    return term[0].isdigit() or term.startswith(("_eo", "_executive_order")) or term in (
        "section", "subsect", "sec", "paragraph", "§",
    )  # fmt: skip
