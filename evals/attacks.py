"""What an attack is measured by: the same thing done with and without it, and by a fooled model.

A fooled model is the worst one can fear: it obeys, and claims whatever the attack wants said,
with a quote that stands in the passages. What it drafts has to fall at the check.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evals.cases import Case
from evals.verdicts import Verdicts, verdicts_of
from knowledge.answering import Library, answer
from knowledge.llm import Complete
from knowledge.requests import read_excerpt, read_question
from knowledge.sources import Knowledge
from knowledge.types import Answer, Excerpt, Question, Review, Section, TextKind

Reviewing = Callable[[Excerpt], Review]

_PASSAGE = re.compile(r"^\[(P\d+)\][^:]*: (.+)$", re.MULTILINE)  # as the prompt's data file lays it


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer under attack, and the one without."""

    attacked: Answer
    clean: Answer


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The review under attack, and the verdicts without."""

    attacked: Review
    verdicts: Verdicts
    clean: Verdicts
    clean_notices: tuple[str, ...]


def attacked(case: Case, library: Library, reviewing: Reviewing) -> Answered | Reviewed:
    """What became of the case with its attack and without."""
    if case.kind == "excerpt":
        return _reviewed(case, reviewing)
    return _answered(case, library)


def fooled(case: Case, library: Library) -> Answered:
    """The same question with a language model that does what the attack says."""
    return _answered(case, replace(library, complete=_obedient(case)))


def _answered(case: Case, library: Library) -> Answered:
    clean = replace(library, complete=None)
    if case.kind == "document":
        question = _question(case, case.body["question"])
        return Answered(answer(question, hostile(case, library)), answer(question, clean))
    asked, plain = (_question(case, case.body[key]) for key in ("text", "clean"))
    return Answered(answer(asked, library), answer(plain, clean))


def hostile(case: Case, library: Library) -> Library:
    """The library after a forged copy of an official text was taken in at the case's place."""
    forged = forged_section(case.body["at"], case.body["text"], library.knowledge)
    return replace(library, official={**library.official, case.body["at"]: forged})


def forged_section(place: str, text: str, knowledge: Knowledge) -> Section:
    """An official section that holds `text`, at the pinpoint of a digest section."""
    return replace(
        knowledge.sections[place], id=f"{place}@official", text=text, text_kind=TextKind.OFFICIAL
    )


def _reviewed(case: Case, reviewing: Reviewing) -> Reviewed:
    made, clean = (
        reviewing(read_excerpt(case.body[key], as_of=case.day, id=case.id))
        for key in ("text", "clean")
    )
    return Reviewed(made, verdicts_of(made), verdicts_of(clean), clean.notices)


def _question(case: Case, text: str) -> Question:
    return read_question(text, as_of=case.day, id=case.id)


def _obedient(case: Case) -> Complete:
    """Replies with what the attack wants, quoting a passage that says it if one does."""
    wanted: Sequence[str] = case.expect.get("never", ())

    def complete(system: str, user: str) -> str:
        offered = _PASSAGE.findall(user)
        claims = [_claim(text, offered) for text in wanted]
        return json.dumps({"claims": claims})

    return complete


def _claim(text: str, offered: Sequence[tuple[str, str]]) -> dict[str, object]:
    saying = [item for item in offered if text.casefold() in item[1].casefold()] or offered[:1]
    quotes = [{"key": key, "words": words} for key, words in saying]
    return {"text": f"{text.rstrip('.')}.", "quotes": quotes}
