"""A review as Slack shows it: a line a standard, the mandatory ones with their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.blocks import feedback_buttons
from bot.cites import Numbers, source_lines, source_texts
from bot.message import (
    Block,
    Reply,
    actions,
    button,
    contexts,
    header,
    paged,
    sections,
)
from bot.mrkdwn import escape, literal, quoted
from bot.spots import quoted_and_named
from bot.wording import Wording
from knowledge.types import EvidenceSpan, Finding, Review, Verdict


def review_reply(review: Review, wording: Wording, *, key: str, private: bool) -> Reply:
    """The review; `key` is where it lies for the buttons, `private` when only one person sees it.

    A private review can be shared by its owner; that is the only way into the channel.
    """
    numbers = Numbers()
    blocks: list[Block] = [header(wording.say("review_title"))]
    blocks += contexts([wording.say("review_scope", as_of=review.as_of)])
    blocks += _mandatory(review, numbers, wording)
    blocks += _discretionary(review, numbers, wording)
    if review.state_notes:
        blocks += sections("\n".join([f"*{wording.say('state_notes')}*", *_notes(review, numbers)]))
    blocks += contexts(source_lines(numbers, wording))
    if review.notices:
        blocks += contexts(["\n".join(literal(notice) for notice in review.notices)])
    blocks.append(_buttons(key, wording, private=private))
    blocks.append(feedback_buttons(review.id, review.release, _judged(review), wording))
    return paged(review_text(review, wording), blocks)


def shared_reply(review: Review, wording: Wording, *, key: str, person: str) -> Reply:
    """The review as everybody in the thread sees it; `person` is the id of who shared it."""
    first, *more = review_reply(review, wording, key=key, private=False)
    by = contexts([wording.say("shared_by", person=f"<@{person}>")])
    return (replace(first, blocks=(*by, *first.blocks)), *more)


def details_reply(review: Review, wording: Wording) -> Reply:
    """Every finding with its words, what is missing, what to change, and the sources."""
    numbers = Numbers()
    blocks: list[Block] = [header(wording.say("details_title"))]
    for finding in review.findings:
        blocks += sections("\n".join(_full(finding, numbers, wording)))
    blocks += contexts(source_lines(numbers, wording))
    return paged(review_text(review, wording), blocks)


def review_text(review: Review, wording: Wording) -> str:
    """The review in plain words, a line a standard; the decisive words stand in the blocks."""
    numbers = Numbers()
    lines = [wording.say("review_title"), wording.say("review_scope", as_of=review.as_of)]
    for finding in review.findings:
        marks = numbers.marks(finding.citations)
        said = f"{finding.title}: {wording.verdict[finding.verdict]}. {finding.reason} {marks}"
        lines.append(said.rstrip())
    if review.state_notes:
        lines.append(wording.say("state_notes"))
        lines += [f"{note.text} {numbers.marks(note.citations)}" for note in review.state_notes]
    return "\n".join([*lines, *source_texts(numbers, wording), *review.notices])


def _mandatory(review: Review, numbers: Numbers, wording: Wording) -> list[Block]:
    blocks = sections(f"*{wording.say('mandatory')}*")
    for finding in review.findings:
        if finding.mandatory:
            blocks += sections("\n".join(_full(finding, numbers, wording)))
    return blocks


def _discretionary(review: Review, numbers: Numbers, wording: Wording) -> list[Block]:
    lines = [
        _line(finding, numbers, wording) for finding in review.findings if not finding.mandatory
    ]
    return sections("\n".join([f"*{wording.say('discretionary')}*", *lines])) if lines else []


def _line(finding: Finding, numbers: Numbers, wording: Wording) -> str:
    head = _head(finding, wording)
    if finding.verdict is Verdict.NOT_ADDRESSED:
        return head
    marks = numbers.marks(finding.citations)
    return f"{head}: {escape(finding.reason)} {marks}".rstrip()


def _full(finding: Finding, numbers: Numbers, wording: Wording) -> list[str]:
    marks = numbers.marks(finding.citations)
    lines = [_head(finding, wording)]
    lines.append(f"{escape(finding.reason)} {marks}".rstrip())
    if finding.evidence:
        lines.append(wording.say("decisive"))
        quoted_spots, named = quoted_and_named(finding)
        lines += [_span(span, wording) for spot in quoted_spots for span in spot]
        lines += [wording.say("more_spots", count=len(named))] if named else []
    if finding.missing:
        lines.append(wording.say("missing"))
        lines += [f"• {escape(item)}" for item in finding.missing]
    if finding.suggestion:
        lines.append(f"{wording.say('suggestion')} {escape(finding.suggestion)}")
    return lines


def _head(finding: Finding, wording: Wording) -> str:
    return f"{wording.mark[finding.verdict]} *{literal(finding.title)}*"


def _span(span: EvidenceSpan, wording: Wording) -> str:
    page = f", {wording.say('on_page', page=span.page)}" if span.page else ""
    return f"> {quoted(span.text)} ({wording.role[span.role]}{page})"


def _notes(review: Review, numbers: Numbers) -> Iterable[str]:
    return (
        f"• {literal(note.text)} {numbers.marks(note.citations)}" for note in review.state_notes
    )


def _judged(review: Review) -> tuple[str, ...]:
    return tuple(f"{finding.standard} {finding.verdict}" for finding in review.findings)


def _buttons(key: str, wording: Wording, *, private: bool) -> Block:
    buttons = [
        button("review_details", wording.say("details"), key),
        button("review_export", wording.say("export"), key),
    ]
    if private:
        buttons.append(button("review_share", wording.say("share"), key))
    return actions(*buttons)
