"""A small advisor: real code, known answers, no index."""

from __future__ import annotations

import time

from knowledge.errors import InputError
from knowledge.types import (
    Abstention,
    AbstentionKind,
    Answer,
    Citation,
    EvidenceSpan,
    Excerpt,
    Finding,
    Question,
    Review,
    Role,
    Statement,
    Status,
    TextKind,
    Verdict,
)

ORDER = Citation(
    source="eo-13929",
    title="Executive Order 13929, Safe Policing for Safe Communities",
    date="2020-06-16",
    pinpoint="§ 2(b)(ii)",
    quote="prohibit the use of chokeholds & similar <holds>",
    url="https://www.example.gov/eo-13929?a=1&b=2",
    text_kind=TextKind.OFFICIAL,
    status=Status.REVOKED,
)
DIGEST = Citation(
    source="eo-14074",
    title="Executive Order 14074",
    date="2022-05-25",
    pinpoint="§ 22(b)",
    quote="Section 22(b) revokes Executive Order 13929.",
    url=None,
    text_kind=TextKind.DIGEST,
    status=Status.REVOKED,
)
MANDATORY = ("chokeholds", "applicable-law")
OTHERS = (
    "force-termination",
    "duty-to-intervene",
    "training-de-escalation",
    "medical-care",
    "identify-and-warn",
    "moving-vehicles",
    "warning-shots",
    "no-knock-warrants",
    "early-warning",
    "community-engagement",
    "officer-mental-health",
    "recruitment-retention",
)


class SmallAdvisor:
    """Answers everything with the same two statements; certain words make it differ."""

    release = "test-release"

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.questions: list[Question] = []
        self.excerpts: list[Excerpt] = []

    def answer(self, question: Question) -> Answer:
        """By a word in it: "explode", "refuse", "unclear", "long"; else two statements."""
        time.sleep(self.seconds)
        self.questions.append(question)
        if "explode" in question.text:
            raise RuntimeError(f"broke on {question.text}")
        if "refuse" in question.text:
            raise InputError("That question cannot be read; please shorten it.")
        if "unclear" in question.text:
            return self._abstained(question)
        count = 60 if "long" in question.text else 1
        line = "Agencies were to <prohibit> chokeholds & ping <!channel> never."
        said = (Statement(line, (ORDER,)), Statement("The order was revoked.", (DIGEST, ORDER)))
        long = tuple(Statement(f"Part {at}. " + "word " * 100, (ORDER,)) for at in range(count))
        return self._made(question, (*said, *long[: count - 1]), None)

    def review(self, excerpt: Excerpt) -> Review:
        """The first four words decide the first standard; nothing else is addressed."""
        time.sleep(self.seconds)
        self.excerpts.append(excerpt)
        words = excerpt.text[:20]
        span = EvidenceSpan(0, len(words), words, Role.RULE)
        first = Finding(
            standard="chokeholds",
            title="Chokeholds",
            mandatory=True,
            verdict=Verdict.PARTIAL,
            reason="The excerpt bans them, but not clearly.",
            missing=("the deadly force exception",),
            evidence=(span,),
            suggestion="Say when deadly force is allowed.",
            citations=(ORDER,),
        )
        rest = [
            Finding(name, name.title(), name in MANDATORY, Verdict.NOT_ADDRESSED, "Not seen.")
            for name in (*MANDATORY[1:], *OTHERS)
        ]
        return Review(
            id=excerpt.id,
            as_of=excerpt.as_of.isoformat(),
            state=excerpt.state,
            findings=(first, *rest),
            notices=("Checked against the release named here.",),
            release=self.release,
        )

    def _abstained(self, question: Question) -> Answer:
        choices = ("Is the order in force?", "Who certifies agencies?")
        declined = Abstention(AbstentionKind.AMBIGUOUS, "I can read that two ways.", choices)
        return self._made(question, (), declined)

    def _made(
        self, question: Question, said: tuple[Statement, ...], declined: Abstention | None
    ) -> Answer:
        return Answer(
            id=question.id,
            question=question.text,
            as_of=question.as_of.isoformat(),
            answered=declined is None,
            score=0.5,
            statements=said,
            abstention=declined,
            notices=("Information, not legal advice.",),
            release=self.release,
        )
