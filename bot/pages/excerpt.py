"""The excerpt with its evidence marked: underlined by part, numbered at both ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from bot.pages.frame import element, say, tag
from bot.terminal.marked import stretch_around
from knowledge.types import EvidenceSpan

WHOLE = 30_000  # characters up to which an excerpt is shown whole
AROUND = 600  # characters shown on either side of a span in a longer one

Place = tuple[int, int, int, str]  # start, end, number, role


def excerpt_markup(text: str, spans: Mapping[EvidenceSpan, int]) -> str:
    """The excerpt, or the parts of a long one around its evidence, with every span marked."""
    places = sorted({(s.start, s.end, number, str(s.role)) for s, number in spans.items()})
    parts: list[str] = []
    last = 0
    for start, end in _shown(text, places):
        parts.append(_gap(start - last))
        inside = [place for place in places if start <= place[0] and place[1] <= end]
        parts.append(_stretch(text, start, end, inside))
        last = end
    parts.append(_gap(len(text) - last))
    return element("div", "".join(parts), class_="excerpt", id="excerpt", tabindex="0")


def _shown(text: str, places: Sequence[Place]) -> list[tuple[int, int]]:
    """The stretches of the text that are shown, in order, none touching another."""
    if len(text) <= WHOLE:
        return [(0, len(text))]
    made: list[tuple[int, int]] = []
    for start, end, _, _ in places or [(0, AROUND, 0, "")]:
        left, right = stretch_around(text, start, end, by=AROUND)
        if made and left <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _stretch(text: str, start: int, end: int, places: Sequence[Place]) -> str:
    edges = sorted({start, end, *(edge for place in places for edge in place[:2])})
    parts: list[str] = []
    open_: list[Place] = []
    for at, until in pairwise(edges):
        ended = sorted((p for p in open_ if p[1] == at), reverse=True)
        open_ = [p for p in open_ if p[1] > at]
        begun = [p for p in places if p[0] == at]
        open_ += begun
        parts += [_end(place) for place in ended]
        parts += [_begin(place) for place in begun]
        words = escape(text[at:until])
        parts.append(element("mark", words, class_=open_[-1][3]) if open_ else words)
    parts += [_end(place) for place in sorted(open_, reverse=True)]
    return "".join(parts)


def _begin(place: Place) -> str:
    number = place[2]
    label = say("review", "begins", number=number)
    shown = element("span", f"[{number}", aria_hidden="true")
    unseen = tag("span", f" {label} ", class_="unseen")
    link = element("a", shown + unseen, href=f"#f{number}", id=f"e{number}")
    return element("span", link, class_="n")


def _end(place: Place) -> str:
    label = say("review", "ends", number=place[2])
    shown = element("span", f"{place[2]}]", aria_hidden="true")
    return element("span", shown + tag("span", f" {label} ", class_="unseen"), class_="n")


def _gap(count: int) -> str:
    if count <= 0:
        return ""
    return tag(
        "span", f"\n[\u2026 {say('review', 'gap', count=f'{count:,}')} \u2026]\n", class_="gap"
    )
