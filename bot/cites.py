"""Numbers for citations: the same words at the same pinpoint have one number in a reply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.mrkdwn import link, literal, quoted
from bot.wording import Wording
from knowledge.types import Citation, TextKind


class Numbers:
    """Gives out numbers from 1 in the order in which citations are met."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], tuple[int, Citation]] = {}

    def marks(self, citations: Iterable[Citation]) -> str:
        """The numbers of `citations` in brackets, as "[1][2]"."""
        numbers = dict.fromkeys(self._number(citation) for citation in citations)
        return "".join(f"[{number}]" for number in numbers)

    def listed(self) -> list[tuple[int, Citation]]:
        """Every citation met, by number."""
        return list(self._found.values())

    def _number(self, citation: Citation) -> int:
        key = (citation.source, citation.pinpoint, citation.quote)
        return self._found.setdefault(key, (len(self._found) + 1, citation))[0]


def whose_text(citation: Citation) -> str:
    """The name of the wording that calls verbatim words an issuer's or the agency's own."""
    return "own_text" if citation.source.startswith("agency:") else "official_text"


def source_lines(numbers: Numbers, wording: Wording, said: Sequence[str] = ()) -> list[str]:
    """The list of sources for Slack: title, pinpoint, date, status, and whose words those are.

    Our summary is not shown a second time where it stands in what is `said`.
    """
    listed = numbers.listed()
    if not listed:
        return []
    lines = [_slack_line(number, citation, wording, said) for number, citation in listed]
    return [f"*{wording.say('sources')}*\n{lines[0]}", *lines[1:]]


def source_texts(numbers: Numbers, wording: Wording, said: Sequence[str] = ()) -> list[str]:
    """The list of sources in plain words."""
    lines = [
        f"[{number}] {_about(citation, citation.title, wording)}. {_words(citation, wording, said)}"
        for number, citation in numbers.listed()
    ]
    return [f"{wording.say('sources')}:", *lines] if lines else []


def _slack_line(number: int, citation: Citation, wording: Wording, said: Sequence[str]) -> str:
    title = link(citation.url, citation.title)
    about = _about(citation, title, wording)
    if _is_said(citation, said):
        return f"[{number}] {about}; {wording.say('our_summary')}"
    if citation.text_kind is TextKind.DIGEST:
        return f"[{number}] {about}\n{wording.say('our_summary')}: {literal(citation.quote)}"
    return f"[{number}] {about}\n{wording.say(whose_text(citation))}: {quoted(citation.quote)}"


def _about(citation: Citation, title: str, wording: Wording) -> str:
    dated = wording.say("dated", date=citation.date)
    return f"{title}, {citation.pinpoint}, {dated}; {wording.status[citation.status]}"


def _is_said(citation: Citation, said: Sequence[str]) -> bool:
    ours = citation.text_kind is TextKind.DIGEST
    return ours and any(citation.quote in text for text in said)


def _words(citation: Citation, wording: Wording, said: Sequence[str]) -> str:
    if _is_said(citation, said):
        return wording.say("our_summary")
    if citation.text_kind is TextKind.DIGEST:
        return f"{wording.say('our_summary')}: {citation.quote}"
    return f"{wording.say(whose_text(citation))}: \u201c{citation.quote}\u201d"
