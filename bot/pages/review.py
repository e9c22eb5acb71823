"""A review as a page: verdicts at a glance, the marked excerpt, findings, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from bot.cites import Numbers, source_texts
from bot.pages.excerpt import excerpt_markup
from bot.pages.frame import element, framed, say, table, tag
from bot.spots import quoted_and_named, spots_of
from bot.terminal.marked import numbered_spans
from bot.wording import Wording, load_wording
from knowledge.types import EvidenceSpan, Finding, Review


def review_page(
    review: Review,
    excerpt: str | None = None,
    *,
    name: str = "",
    back: tuple[str, str] | None = None,
) -> str:
    """The whole review as HTML that prints. `excerpt` is the reviewed text, exactly as given.

    Without the text (the Slack bot does not keep it) only the deciding words are shown. `name` is
    the name of the file that the text is the whole of. `back` is a link to where the page was
    opened from: its address and its words.
    """
    wording = load_wording()
    title = wording.say("review_title")
    spans = numbered_spans(review.findings)
    numbers = Numbers()
    findings = list(_findings(review, spans, numbers, marked=excerpt is not None))
    body = [
        tag("a", say("review", "skip"), class_="skip", href="#findings"),
        "<main>",
        *([element("p", tag("a", back[1], href=back[0]))] if back else ()),
        tag("h1", title),
        *_about(review, name, wording),
        *_glance(review, wording),
        *_notices(review),
        *_excerpt(excerpt, spans),
        tag("h2", say("review", "findings"), id="findings"),
        *findings,
        tag("h2", say("review", "sources"), id="sources"),
        *(tag("p", line, class_="small") for line in source_texts(numbers, wording)[1:]),
        tag("p", wording.say("release", release=review.release, as_of=review.as_of)),
        "</main>",
    ]
    return framed(f"{title}: {name}" if name else title, body)


def _about(review: Review, name: str, wording: Wording) -> Iterator[str]:
    if name:
        yield tag("p", say("review", "of_file", name=name))
    yield tag("p", wording.say("review_scope", as_of=review.as_of))
    state = say("review", "state", state=review.state) if review.state else ""
    yield tag("p", state or say("review", "no_state"), class_="small")


def _glance(review: Review, wording: Wording) -> Iterator[str]:
    yield tag("h2", say("review", "summary"))
    rows = [
        (
            tag("a", finding.title, href=f"#{finding.standard}"),
            escape(_verdict(finding, wording)),
            escape(say("review", "yes" if finding.mandatory else "no")),
        )
        for finding in review.findings
    ]
    heads = (say("review", "standard"), say("review", "verdict"), say("review", "required"))
    yield table(heads, rows)


def _verdict(finding: Finding, wording: Wording) -> str:
    return f"{say('mark', finding.verdict)} {wording.verdict[finding.verdict]}"


def _notices(review: Review) -> Iterator[str]:
    yield tag("h2", say("review", "notices"))
    yield _list(review.notices)
    if review.state_notes:
        yield tag("h2", say("review", "state_notes"))
        yield _list(tuple(note.text for note in review.state_notes))


def _list(lines: tuple[str, ...]) -> str:
    return element("ul", "".join(tag("li", line) for line in lines))


def _excerpt(text: str | None, spans: Mapping[EvidenceSpan, int]) -> Iterator[str]:
    yield tag("h2", say("review", "excerpt"))
    if text is None:
        yield tag("p", say("review", "no_excerpt"))
        return
    yield tag("p", say("review", "key"), class_="small")
    yield excerpt_markup(text, spans)


def _findings(
    review: Review, spans: Mapping[EvidenceSpan, int], numbers: Numbers, *, marked: bool
) -> Iterator[str]:
    seen: set[int] = set()
    wording = load_wording()
    for finding in review.findings:
        marks = numbers.marks(finding.citations)
        parts = [
            tag("h3", finding.title),
            tag("p", _verdict(finding, wording), class_="verdict"),
            tag("p", f"{finding.reason} {marks}"),
            *_evidence(finding, spans, seen, marked=marked),
        ]
        if finding.missing:
            parts += [tag("p", wording.say("missing")), _list(finding.missing)]
        if finding.suggestion:
            parts.append(tag("p", f"{wording.say('suggestion')} {finding.suggestion}"))
        yield element("section", "".join(parts), class_="finding", id=finding.standard)


def _evidence(
    finding: Finding, spans: Mapping[EvidenceSpan, int], seen: set[int], *, marked: bool
) -> Iterator[str]:
    """The deciding words; some are only pointed to where the excerpt has them `marked`."""
    wording = load_wording()
    if not finding.evidence:
        yield tag("p", say("review", "nothing"), class_="small")
        return
    yield tag("p", wording.say("decisive"))
    quoted, named = quoted_and_named(finding) if marked else (spots_of(finding.evidence), [])
    for span in (span for spot in quoted for span in spot):
        number = spans[span]
        page = f", {wording.say('on_page', page=span.page)}" if span.page else ""
        about = f"[{number}] {wording.role[span.role]}{page}: "
        back = tag("a", f" ({say('review', 'back')})", class_="back", href=f"#e{number}")
        markup = escape(f"{about}\u201c{span.text}\u201d") + back
        yield element("blockquote", markup, id=_anchor(number, seen))
    if named:
        links = ", ".join(
            _link(span, spans[span], seen, wording) for spot in named for span in spot
        )
        count = say("review", "one_more" if len(named) == 1 else "more", count=len(named))
        yield element("p", f"{escape(count)} {links}", class_="small")


def _link(span: EvidenceSpan, number: int, seen: set[int], wording: Wording) -> str:
    page = f" {wording.say('on_page', page=span.page)}" if span.page else ""
    anchor = _anchor(number, seen)
    return tag("a", f"[{number}]{page}", href=f"#e{number}", id=anchor)


def _anchor(number: int, seen: set[int]) -> str:
    """The address of the number where it is told first, "" after that."""
    if number in seen:
        return ""
    seen.add(number)
    return f"f{number}"
