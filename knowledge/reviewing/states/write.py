"""Write the notes: the sentence, the deciding words as spans, and the row's own statements."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.reviewing.findings import WORDS_LIMIT
from knowledge.reviewing.outcome import spans_of
from knowledge.reviewing.states.compare import TRAP, Due
from knowledge.reviewing.states.says import phrases, say
from knowledge.sources import load_knowledge, section_id, status_on
from knowledge.statelaw import StateLaw, source_id_of
from knowledge.statelaw.sentences import load_wording
from knowledge.types import Citation, EvidenceSpan, Excerpt, StateNote

_CITED = ("requirement", "exception", "condition")


def notes_of(row: StateLaw, due: Sequence[Due], excerpt: Excerpt) -> tuple[StateNote, ...]:
    """A note for each that is due, with the words of the excerpt that decide it."""
    cited = citations_of(row, excerpt)
    return tuple(_note(row, each, excerpt, cited, warns=each is due[0]) for each in due)


def _note(
    row: StateLaw, due: Due, excerpt: Excerpt, cited: tuple[Citation, ...], *, warns: bool
) -> StateNote:
    """One note; the first of a law that is looser in some way `warns` whoever would copy it."""
    spans = spans_of(excerpt.text, due.marks)
    name = "own-trap" if due.kind == TRAP and _own(row, spans) else due.kind
    said = [say("notes", name, **blanks_of(row, spans))]
    if warns and row.looser:
        said.append(say("always", "looser", **blanks_of(row, spans)))
        cited += _cited(row, load_wording()["pinpoints"]["beside"], excerpt)[:1]
    if due.reported:
        said.append(say("always", "reported", reporter=row.reporter))
    said.append(say("always", "counsel"))
    return StateNote(row.state, due.kind, " ".join(said), spans, cited)


def _own(row: StateLaw, spans: Sequence[EvidenceSpan]) -> bool:
    traps = row.review.traps if row.review else ()
    words = " ".join(span.text.lower() for span in spans)
    return bool(traps) and phrases(traps).search(words) is not None


def blanks_of(row: StateLaw, spans: Sequence[EvidenceSpan]) -> dict[str, str]:
    """What fills the blanks of a note: the words, the law, the day, its exceptions."""
    return {
        "words": f"\u201c{_words(spans)}\u201d",
        "short": row.short,
        "seen": row.read.seen_on.isoformat(),
        "exceptions": row.exceptions,
        "looser": row.looser,
    }


def _words(spans: Sequence[EvidenceSpan]) -> str:
    whole = " \u2026 ".join(" ".join(span.text.split()) for span in spans[:2])
    return whole if len(whole) <= WORDS_LIMIT else whole[:WORDS_LIMIT].rsplit(" ", 1)[0] + " \u2026"


def citations_of(row: StateLaw, excerpt: Excerpt) -> tuple[Citation, ...]:
    """The row's statements on the rule and its exceptions, each word for word in its section."""
    return _cited(row, row.citation or "", excerpt)


def _cited(row: StateLaw, pinpoint: str, excerpt: Excerpt) -> tuple[Citation, ...]:
    known = load_knowledge()
    source = known.sources[source_id_of(row.state)]
    place = section_id(source.id, pinpoint)
    section = known.sections[place]
    return tuple(
        Citation(
            source=source.id,
            title=source.title,
            date=source.issued.isoformat(),
            pinpoint=section.pinpoint,
            quote=statement.text,
            url=section.url,
            text_kind=section.text_kind,
            status=status_on(source, excerpt.as_of).status,
        )
        for statement in known.statements.values()
        if statement.section == place and statement.kind in _CITED
    )
