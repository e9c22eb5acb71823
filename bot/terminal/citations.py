"""The list of sources below an answer or a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.cites import Numbers, whose_text
from bot.terminal.screen import open_screen, print_indented, styled
from bot.terminal.words import say
from bot.wording import Wording
from knowledge.types import Citation, TextKind


def print_sources(numbers: Numbers, wording: Wording, said: Iterable[str] = ()) -> None:
    """Every source by its number; a summary that was `said` above is not said again."""
    listed = numbers.listed()
    if not listed:
        return
    screen = open_screen()
    screen.print()
    screen.print(styled(wording.say("sources"), "bold"))
    above = " ".join(said)
    for number, citation in listed:
        _print_source(number, citation, wording, _words(citation, wording, above))


def print_notices(notices: Sequence[str]) -> None:
    """What is to be known about the reply itself."""
    if notices:
        screen = open_screen()
        screen.print()
        for notice in notices:
            screen.print(styled(notice, "dim"))


def _print_source(number: int, citation: Citation, wording: Wording, words: str) -> None:
    screen = open_screen()
    dated = wording.say("dated", date=citation.date)
    status = wording.status[citation.status]
    head = f"[{number}] {citation.title}, {citation.pinpoint}, {dated}; {status}"
    screen.print(styled(head))
    print_indented(words, "dim")
    if citation.url:  # never broken: a person may click on it
        screen.print(styled(f"    {citation.url}", "dim"), soft_wrap=True)


def _words(citation: Citation, wording: Wording, above: str) -> str:
    if citation.text_kind is TextKind.OFFICIAL:
        return f"{wording.say(whose_text(citation))}: \u201c{citation.quote}\u201d"
    if citation.quote in above:
        return say("as_above")
    return f"{wording.say('our_summary')}: {citation.quote}"
