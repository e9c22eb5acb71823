"""One manual, from its bytes to its review: what a worker does, on whatever machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.batch.parts import force_parts
from bot.batch.wording import load_batch_wording
from bot.pages import review_page
from knowledge import Advisor
from knowledge.errors import InputError
from knowledge.reading import Document, read_bytes
from knowledge.records import review_record
from knowledge.release import knowledge_release
from knowledge.requests import read_excerpt
from knowledge.reviewing import with_pages

OTHER_RELEASE = "other_release"
UNREADABLE = "bad_input"
INDEX = "../index.html"  # as seen from a manual's page


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is handed. `suffix` decides what the bytes cannot; `name` is only shown."""

    data: bytes
    suffix: str
    as_of: str
    state: str | None
    release: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a manual: a review record with its page for people, or what is wrong.

    `pages` is None where the format has none; `parts` are those of `force_parts`.
    """

    pages: int | None = None
    parts: tuple[dict[str, Any], ...] = ()
    problems: tuple[str, ...] = ()
    review: dict[str, Any] | None = None
    error: str = ""
    page: str = ""


def judge(task: Task) -> Judged:
    """The review of the manual in `task`; a file that cannot be read is told, never raised."""
    if knowledge_release() != task.release:
        return Judged(error=OTHER_RELEASE)
    name = "manual" + task.suffix
    try:
        return _judged(task, read_bytes(task.data, name), name)
    except InputError as error:
        return Judged(error=UNREADABLE, problems=(_unnamed(str(error), name),))


def _judged(task: Task, document: Document, name: str) -> Judged:
    wording = load_batch_wording()
    excerpt = read_excerpt(document.text, as_of=task.as_of, state=task.state, release=task.release)
    advisor = Advisor(Path(), "")  # a review needs neither an index nor a model
    done = with_pages(advisor.review(excerpt), document.page_at)
    parts = force_parts(document, wording)
    notes = tuple(_unnamed(note, name) for note in document.notes)
    return Judged(
        pages=len(document.pages) or None,
        parts=tuple(asdict(part) for part in parts),
        problems=notes if parts else (*notes, wording.say("no_part")),
        review=review_record(done),
        page=review_page(done, document.text, name=task.name, back=(INDEX, wording.say("back"))),
    )


def _unnamed(sentence: str, name: str) -> str:
    """The same file under another name gets the same words."""
    return sentence.replace(name, load_batch_wording().say("this_file"))
