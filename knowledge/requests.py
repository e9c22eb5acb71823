"""Turn what a door was handed into a `Question` or an `Excerpt`, or say what is wrong with it.

Ids that nobody gave derive from the input, the day and the release: same input, same id.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.dates import day_asked_about, read_day
from knowledge.errors import InputError
from knowledge.places import read_state
from knowledge.types import Excerpt, Question, Turn

QUESTION_LIMIT = 8_000  # characters
EXCERPT_LIMIT = 20 * 1024 * 1024  # bytes of UTF-8
HISTORY_LIMIT = 12  # turns; older ones do not change an answer


def read_question(
    text: str,
    *,
    as_of: str | date | None = None,
    state: str | None = None,
    history: Sequence[Turn] = (),
    release: str = "",
    id: str | None = None,
    workspace: str = "",
) -> Question:
    """A question with its day settled: one named in the text, else `as_of`, else today.

    Raises: `InputError` when the text is empty or over 8,000 characters, or the date or state
    cannot be read.
    """
    _refuse_empty(text, "question", "Type the question after the command.")
    if len(text) > QUESTION_LIMIT:
        raise InputError(
            f"The question has {len(text):,} characters and the limit is {QUESTION_LIMIT:,}; "
            "shorten it, or use review for policy text."
        )
    given = read_day(as_of) if as_of is not None else date.today()
    day = day_asked_about(text, given)
    code = read_state(state)
    turns = tuple(history)[-HISTORY_LIMIT:]
    question = Question(id or "", text, day, turns, code, workspace)
    return question if id else replace(question, id=question_id(question, release))


def question_id(question: Question, release: str) -> str:
    """The id that derives from a question, its day and the release that answers it."""
    turns = [(turn.question, turn.answer) for turn in question.history]
    if question.workspace:
        turns.append(("workspace", question.workspace))
    day = question.as_of.isoformat()
    return _derived_id("q", question.text, day, question.state, release, turns)


def read_excerpt(
    text: str,
    *,
    as_of: str | date | None = None,
    state: str | None = None,
    release: str = "",
    id: str | None = None,
) -> Excerpt:
    """An excerpt exactly as given; offsets of the review point into this very text.

    Raises: `InputError` when it is empty, holds binary data or is over 20 MB.
    """
    _refuse_empty(text, "excerpt", "Paste the policy paragraph that should be checked.")
    if "\0" in text:
        raise InputError(
            "The excerpt holds binary data, not text; paste the words, or export the file as text."
        )
    if len(text.encode("utf-8", "surrogatepass")) > EXCERPT_LIMIT:
        raise InputError(
            "The excerpt is larger than 20 MB; review the use-of-force chapter on its own."
        )
    day = read_day(as_of) if as_of is not None else date.today()
    code = read_state(state)
    made = _derived_id("r", text, day.isoformat(), code, release, [])
    return Excerpt(id or made, text, day, code)


def _refuse_empty(text: object, what: str, hint: str) -> None:
    if not isinstance(text, str):
        raise InputError(f"The {what} is not text; give it as a string.")
    if not any(_visible(char) for char in text):
        raise InputError(f"The {what} is empty. {hint}")


def _visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf")


def _derived_id(kind: str, *parts: object) -> str:
    """The same for the same parts in the same order."""
    whole = json.dumps([kind, *parts], ensure_ascii=True)
    return f"{kind}-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"
