"""A review in the terminal: the excerpt with the deciding words marked, then the verdicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.cites import Numbers
from bot.terminal.citations import print_notices, print_sources
from bot.terminal.marked import marked_excerpt, numbered_spans
from bot.terminal.screen import open_screen, print_indented, styled
from bot.terminal.words import say
from bot.wording import Wording, load_wording
from knowledge.types import EvidenceSpan, Excerpt, Finding, Review, Verdict

Spans = Mapping[EvidenceSpan, int]
_COLORS = {
    Verdict.MEETS: "green",
    Verdict.PARTIAL: "yellow",
    Verdict.DOES_NOT_MEET: "red",
    Verdict.NOT_ADDRESSED: "",
    Verdict.UNCLEAR: "magenta",
}


def print_review(review: Review, excerpt: Excerpt) -> None:
    """`review` of `excerpt` is on standard output, for people."""
    screen = open_screen()
    wording = load_wording()
    numbers = Numbers()
    spans = numbered_spans(review.findings)
    screen.print()
    screen.print(styled(wording.say("review_title"), "bold"))
    screen.print(styled(wording.say("review_scope", as_of=review.as_of), "dim"))
    screen.print()
    screen.print(marked_excerpt(excerpt.text, spans))
    if spans:
        screen.print(styled(say("words_marked"), "dim"))
    screen.print()
    screen.print(_table(review.findings, wording))
    for finding in review.findings:
        if finding.mandatory or finding.verdict is not Verdict.NOT_ADDRESSED:
            _print_finding(finding, spans, numbers, wording)
    _print_silent(review.findings)
    _print_state_notes(review, numbers, wording)
    print_sources(numbers, wording)
    print_notices(review.notices)
    screen.print()


def _table(findings: Sequence[Finding], wording: Wording) -> object:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(say("verdict"), no_wrap=True)
    table.add_column(say("standard"))
    for finding in findings:
        bound = say("mandatory") if finding.mandatory else say("discretionary")
        table.add_row(
            styled(wording.mark[finding.verdict], _COLORS[finding.verdict]),
            styled(f"{finding.title} ({bound})", "bold" if finding.mandatory else ""),
        )
    return table


def _print_finding(finding: Finding, spans: Spans, numbers: Numbers, wording: Wording) -> None:
    screen = open_screen()
    screen.print(styled(f"{finding.title}: {wording.verdict[finding.verdict]}", "bold"))
    marks = numbers.marks(finding.citations)
    _print_part(say("why"), f"{finding.reason} {marks}{_where(finding, spans, wording)}")
    if finding.missing:
        _print_part(say("missing"), " ".join(finding.missing))
    if finding.suggestion:
        _print_part(say("suggestion"), finding.suggestion)


def _where(finding: Finding, spans: Spans, wording: Wording) -> str:
    if not finding.evidence:
        return ""
    told = [
        f"⟦{spans[span]}⟧" + (f" {wording.say('on_page', page=span.page)}" if span.page else "")
        for span in finding.evidence
    ]
    return f" ({say('decided_by', numbers=', '.join(told))})"


def _print_state_notes(review: Review, numbers: Numbers, wording: Wording) -> None:
    if review.state_notes:
        open_screen().print(styled(wording.say("state_notes"), "bold"))
        for note in review.state_notes:
            print_indented(f"{note.text} {numbers.marks(note.citations)}", by=2)


def _print_part(name: str, text: str) -> None:
    print_indented(f"{name}: {text}", by=2)


def _print_silent(findings: Sequence[Finding]) -> None:
    rest = [finding for finding in findings if not finding.mandatory]
    silent = [finding for finding in rest if finding.verdict is Verdict.NOT_ADDRESSED]
    if silent:
        said = say("not_looked_at", count=len(silent), total=len(rest))
        open_screen().print(styled(said, "dim"))
