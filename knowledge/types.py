"""The values that pass between the steps. Frozen: no step edits what it was given.

    a source    Source -> Section -> Passage -> Chroma
    a question  Question -> Found -> Draft -> Answer
    an excerpt  Excerpt -> Clause -> Finding -> Review

The records that leave the house (`Answer`, `Review`, `Error`) are described by the JSON
Schemas in `knowledge/data/schemas`; later work adds keys there and never renames one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TextKind(StrEnum):
    """Whose words a passage holds: the issuer's, or ours about the issuer's."""

    OFFICIAL = "official"
    DIGEST = "digest"


class Status(StrEnum):
    """What a source is worth on a given day."""

    IN_FORCE = "in_force"
    NOT_YET_ISSUED = "not_yet_issued"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    HISTORICAL = "historical"
    INFORMATIONAL = "informational"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """How a fact came to be known; the marks of the fact base."""

    TEXT = "T"
    EXCERPT = "E"
    SEED = "S"
    DATA = "D"
    SECONDARY = "E2"
    WEAK = "E-weak"
    INFERENCE = "I"


VERIFIED = frozenset({Evidence.TEXT, Evidence.EXCERPT, Evidence.SEED, Evidence.DATA})
REPORTED = frozenset({Evidence.SECONDARY, Evidence.WEAK})


class Verdict(StrEnum):
    """What an excerpt does for one standard."""

    MEETS = "meets"
    PARTIAL = "partial"
    DOES_NOT_MEET = "does_not_meet"
    NOT_ADDRESSED = "not_addressed"
    UNCLEAR = "unclear"


class Role(StrEnum):
    """What a span of evidence does for a finding."""

    RULE = "rule"
    EXCEPTION = "exception"
    DEFINITION = "definition"
    CONFLICT = "conflict"


class AbstentionKind(StrEnum):
    """Why a question is declined."""

    OUT_OF_SCOPE = "out_of_scope"
    NOT_IN_SOURCES = "not_in_sources"
    AMBIGUOUS = "ambiguous"
    NEEDS_AGENCY_FACT = "needs_agency_fact"
    LEGAL_ADVICE = "legal_advice"
    UNSAFE = "unsafe"


@dataclass(frozen=True, slots=True)
class StatusChange:
    """From `on` the source has `status`; `by` and `pinpoint` name the text that says so."""

    on: date
    status: Status
    by: str | None = None
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document of record, or a dated body of facts that stands for one."""

    id: str
    title: str
    short_title: str
    issuer: str
    issued: date
    citation: str
    url: str | None
    seen_on: date
    status_changes: tuple[StatusChange, ...]
    status_note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The smallest numbered part of a source, in its issuer's words or in ours."""

    id: str
    source: str
    pinpoint: str
    heading: str
    text: str
    text_kind: TextKind
    evidence: Evidence
    url: str | None
    seen_on: date


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim slice of one section, short enough for the embedder.

    `section.text[start:end] == text`, offsets in code points.
    """

    id: str
    section: str
    source: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnText:
    """A passage of an agency's own collection, near to a question: `words in section.text`.

    `title` is the file's name; `score` is a cosine.
    """

    collection: str
    title: str
    section: Section
    words: str
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that stand in a section: `quote in section.text`, checked before it is made."""

    source: str
    title: str
    date: str
    pinpoint: str
    quote: str
    url: str | None
    text_kind: TextKind
    status: Status


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer with at least one citation."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Abstention:
    """A declined question: the reason, what would help, and up to three choices."""

    kind: AbstentionKind
    message: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks, and the day the answer is for.

    `workspace` is whose own collections are searched too; none are without it.
    """

    id: str
    text: str
    as_of: date
    history: tuple[Turn, ...] = ()
    state: str | None = None
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Verified statements, or an abstention, or both (the text, not the advice)."""

    id: str
    question: str
    as_of: str
    answered: bool
    score: float
    statements: tuple[Statement, ...]
    abstention: Abstention | None
    notices: tuple[str, ...]
    release: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Policy text as a person pasted it. Never logged, indexed or obeyed."""

    id: str
    text: str
    as_of: date
    state: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Half-open code-point offsets into the excerpt as given: `text == excerpt[start:end]`."""

    start: int
    end: int
    text: str
    role: Role
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one standard, with the words that decide it."""

    standard: str
    title: str
    mandatory: bool
    verdict: Verdict
    reason: str
    missing: tuple[str, ...] = ()
    evidence: tuple[EvidenceSpan, ...] = ()
    suggestion: str | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class StateNote:
    """What the law of a state adds to, or takes from, the federal words; never raises a verdict.

    `kind` is one of the codes in the JSON Schema of a review; `evidence` are the deciding words.
    """

    state: str
    kind: str
    text: str
    evidence: tuple[EvidenceSpan, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """All fourteen findings on an excerpt, in the order of the standards."""

    id: str
    as_of: str
    state: str | None
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    release: str
    state_notes: tuple[StateNote, ...] = field(default=())
