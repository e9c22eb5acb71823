"""The contents of a packet, in the order in which a body reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from bot.cites import Numbers, source_texts
from bot.outline import Heading, headings, section_at
from bot.packet.checklist import checklist_parts, order_status
from bot.packet.parts import Blank, Grid, Items, Part, Subject, Text, say
from bot.pages import attestation_refusal
from bot.pages.frame import say as page_words
from bot.spots import Spot, quoted_and_named, spot_words, spots_of
from bot.wording import Wording, load_wording
from knowledge.places import state_names
from knowledge.types import EvidenceSpan, Finding, Review, Verdict

LONGEST = 900  # characters of a quote; a longer one is cut in its middle


def packet_parts(subject: Subject) -> tuple[Part, ...]:
    """Everything the packet says: disclaimers first, then evidence, draft, checklist, sources."""
    wording, numbers = load_wording(), Numbers()
    outline = headings(subject.document.text)
    review = subject.review
    return (
        *_front(subject, numbers),
        *_overview(review, outline, wording),
        *_findings(review, outline, numbers, mandatory=True),
        *_findings(review, outline, numbers, mandatory=False),
        *_attestation(subject),
        *checklist_parts(review),
        *_notes(review, outline, numbers),
        Text("head", say("sources")),
        *(Text("small", line) for line in source_texts(numbers, wording)[1:]),
    )


def _front(subject: Subject, numbers: Numbers) -> Iterator[Part]:
    review = subject.review
    yield Text("title", say("title"))
    yield Text("text", say("of_file", name=subject.document.name))
    yield Text("small", say("fingerprint", digest=subject.digest))
    yield Text("text", say("made", as_of=review.as_of, release=review.release))
    state = state_names().get(review.state or "")
    yield Text("text", say("state", state=state) if state else say("no_state"))
    yield from _order_status(review, numbers)
    yield Text("strong", say("no_certification"))
    yield Text("text", say("whole"))
    yield from (Text("strong", note) for note in subject.document.notes)


def _order_status(review: Review, numbers: Numbers) -> Iterator[Part]:
    """What the order was worth on the day, in the words of the text that says so."""
    for citation in order_status(date.fromisoformat(review.as_of)):
        yield Text("strong", f"{citation.quote} {numbers.marks([citation])}")


def _overview(review: Review, outline: Sequence[Heading], wording: Wording) -> Iterator[Part]:
    yield Text("head", say("overview"))
    rows = tuple(
        (
            finding.title,
            say("mandatory" if finding.mandatory else "discretionary"),
            wording.verdict[finding.verdict],
            "; ".join(
                dict.fromkeys(_where(spot[0], outline) for spot in quoted_and_named(finding)[0])
            ),
        )
        for finding in review.findings
    )
    yield Grid((say("standard"), say("kind"), say("verdict"), say("where")), rows)


def _findings(
    review: Review, outline: Sequence[Heading], numbers: Numbers, *, mandatory: bool
) -> Iterator[Part]:
    yield Text("head", say("mandatory_head" if mandatory else "discretionary_head"))
    for finding in review.findings:
        if finding.mandatory is mandatory:
            yield from _finding(finding, outline, numbers)


def _finding(finding: Finding, outline: Sequence[Heading], numbers: Numbers) -> Iterator[Part]:
    wording = load_wording()
    yield Text("subhead", f"{finding.title}: {wording.verdict[finding.verdict]}")
    yield Text("text", finding.reason)
    quoted, named = quoted_and_named(finding)
    yield from _quotes(quoted, outline)
    if named:
        yield Text("small", _named(named, outline))
    if not finding.evidence:
        yield Text("small", say("no_words"))
    if finding.missing:
        yield Text("strong", say("gaps"))
        yield Items(finding.missing)
    if finding.suggestion and finding.verdict is not Verdict.MEETS:
        yield Text("strong", say("suggestion"))
        yield Text("text", finding.suggestion)
    marks = numbers.marks(finding.citations)
    if marks:
        yield Text("small", say("rests_on", marks=marks))


def _quotes(spots: Sequence[Spot], outline: Sequence[Heading]) -> Iterator[Part]:
    """The deciding words, each with where they stand and what they do."""
    role = load_wording().role
    for spot in spots:
        where = _where(spot[0], outline)
        does = ", ".join(dict.fromkeys(role[span.role] for span in spot))
        yield Text("small", say("quoted", where=f", {where}" if where else "", role=does))
        yield Text("quote", f"\u201c{_shortened(spot_words(spot))}\u201d")


def _named(spots: Sequence[Spot], outline: Sequence[Heading]) -> str:
    """How many more places there are, and where, as far as the file tells."""
    where = "; ".join(dict.fromkeys(filter(None, (_where(spot[0], outline) for spot in spots))))
    one = "one_more" if len(spots) == 1 else "more_places"
    return say(one, count=len(spots), where=f": {where}" if where else "")


def _where(span: EvidenceSpan, outline: Sequence[Heading]) -> str:
    """The page and the section that a span stands in, as far as the file tells them."""
    section = section_at(span.start, outline)
    told = [say("on_page", page=span.page)] if span.page else []
    return ", ".join([*told, say("in_section", section=section)] if section else told)


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    if len(plain) <= LONGEST:
        return plain
    half = LONGEST // 2
    return f"{plain[:half].rsplit(' ', 1)[0]} [\u2026] {plain[-half:].split(' ', 1)[-1]}"


def _attestation(subject: Subject) -> Iterator[Part]:
    """The draft for the head of the agency, in the words of its own page, where one is due."""
    words = partial(page_words, "attestation")
    yield Text("head", words("title"))
    refusal = attestation_refusal(subject.review, subject.document)
    if refusal:
        yield Text("text", refusal)
        return
    yield Text("strong", words("banner"))
    yield Text("strong", words("draft"))
    yield from (Blank(words(field)) for field in ("agency", "head"))
    yield Text("text", words("statement", document=subject.document.name))
    yield from (Blank(words(field)) for field in ("date", "signature"))
    yield Text("subhead", words("before"))
    yield Items((words("read"), words("counsel")), boxes=True)


def _notes(review: Review, outline: Sequence[Heading], numbers: Numbers) -> Iterator[Part]:
    if review.state_notes:
        yield Text("head", say("state_notes"))
    for note in review.state_notes:
        yield Text("text", f"{note.text} {numbers.marks(note.citations)}")
        yield from _quotes(spots_of(note.evidence), outline)
    if review.notices:
        yield Text("head", say("notices"))
        yield Items(review.notices)
