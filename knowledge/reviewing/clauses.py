"""Cut blocks into units: one sentence each, read together with the lead-in that governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.reviewing.blocks import HANGS, LEAD_LIMIT, Block
from knowledge.reviewing.exceptions import opens_list
from knowledge.reviewing.language import load_language
from knowledge.reviewing.layout import reads_like_heading
from knowledge.reviewing.shadow import EMPTY, Strip, join

SENTENCE_LIMIT = 1_500  # characters; a longer sentence is cut and never read as a full rule
NEAR = 3  # units of one section on either side of a rule that are taken to be about it
LIST_LIMIT = 30  # items joined to one lead-in that opens an exception

_END = re.compile(r"(?:(?<![.!?])[.!?]++[\"')\]]*+|;)(?=\s|$)")
_SHORT = re.compile(
    r"(?:\b(?:no|sec|art|ch|v|vs|u\.s|u\.s\.c|e\.g|i\.e|etc|st|dr|mr|ms|mrs|inc|cf|para|pt|gov|rev|stat|ann|"
    r"subd|subsec|pol|dept|sgt|lt|capt|ofc|det|viz|al)|(?:^|[\s(])[a-z]|(?:^|\s)\d{1,3})\.$"
)
_GOES_ON = re.compile(r"\s*(?:or|and/or|and)\b|\s*\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s")
_INLINE = re.compile(
    r"(?:(?<=[:;,])|(?<=; or)|(?<=; and)|(?<=, or)|(?<=, and))\s*"
    r"\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[.)]\s+"
)
_TAIL = re.compile(r"[\s.;,]*\b(?:and|or)?[\s.;,]*$")
_OPEN_END = re.compile(
    r"\b(?:shall|must|may|will|should|not|to|from|never|are|is|be|of|for|use|uses|using|by)\W*$"
)
_FOLLOWING = re.compile(r"\b(?:following|these|below|include|includes|are)\b[^.]*:$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence with its context; `own` is where its own words begin after a lead-in."""

    strip: Strip
    own: int
    over: tuple[Strip, ...]
    section: int
    group: int
    heading: bool = False
    truncated: bool = False
    status: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        """The shadow text."""
        return self.strip.text


def near_to(units: Sequence[Unit], places: Sequence[int]) -> set[int]:
    """The places that are taken to be about a rule: right beside it, or near in its section."""
    found: set[int] = set()
    for place in places:
        for number in range(max(0, place - NEAR), min(len(units), place + NEAR + 1)):
            if abs(number - place) <= 1 or units[number].section == units[place].section:
                found.add(number)
    return found


def read_units(blocks: Sequence[Block]) -> list[Unit]:
    """Every sentence of the blocks, in order."""
    units: list[Unit] = []
    skip = 0
    for place, block in enumerate(blocks):
        if place < skip:
            continue
        if block.group == -1:
            units.append(Unit(block.strip, 0, (), block.section, -1, heading=True))
            continue
        items = _exception_items(blocks, place)
        if items:
            skip = place + 1 + len(items)
            block = _with_items(block, items)
        units.extend(_block_units(block))
    return units


def _exception_items(blocks: Sequence[Block], place: int) -> list[Block]:
    """The items below a lead-in that ends inside an exception ("... unless:")."""
    block = blocks[place]
    last = list(sentences(block.strip))[-1:] if HANGS.search(block.strip.text) else []
    language = load_language()
    if not last or len(block.strip.text) > LEAD_LIMIT * 3:
        return []
    text = last[0][0].text
    opened = [f for kind in ("lead", "only", "carve") for f in language.all(kind, text)]
    if not opened or not opens_list(text[max(f.end() for f in opened) :]):
        return []
    items: list[Block] = []
    for other in blocks[place + 1 : place + 1 + LIST_LIMIT]:
        if not other.over or other.over[-1] is not block.strip:
            break
        items.append(other)
    return items


def _with_items(block: Block, items: Sequence[Block]) -> Block:
    every = re.search(r"\b(?:all|both|each) of the\b", block.strip.text) is not None
    parts = [block.strip]
    ending = ""
    for number, item in enumerate(items):
        word = "and" if every or re.search(r"\band\b", ending) else "or"
        bare = _TAIL.sub("", item.strip.text)
        ending = item.strip.text[len(bare) :]
        kept = item.strip.cut(0, len(bare))
        if kept.text:
            glue = Strip(word, (kept.at[0],) * len(word)) if number else EMPTY
            parts.append(join([glue, kept]))
    return replace(block, strip=join(parts))


def _block_units(block: Block) -> Iterator[Unit]:
    lead = lead_of(block)
    status = status_of(block)
    for number, (strip, truncated) in enumerate(_with_inline(block.strip)):
        own, whole = 0, strip
        if number == 0 and lead.text and _takes_lead(lead.text, strip.text):
            whole = join([lead, strip])
            own = len(whole.text) - len(strip.text)
        yield Unit(
            whole,
            own,
            block.over,
            block.section,
            block.group,
            False,
            truncated,
            status,
            block.label,
        )


def _with_inline(strip: Strip) -> Iterator[tuple[Strip, bool]]:
    """The sentences of a block; "shall not: (a) ...; (b) ..." becomes one sentence an item."""
    for sentence, truncated in sentences(strip):
        colon = sentence.text.find(":")
        places = [f for f in _INLINE.finditer(sentence.text) if colon >= 0 and f.start() > colon]
        lead = sentence.cut(0, places[0].start()) if places else EMPTY
        opens = (
            any(load_language().has(kind, lead.text) for kind in ("lead", "only"))
            if lead.text
            else True
        )
        if len(places) < 2 or opens or not lead.text.rstrip().endswith(":"):
            yield sentence, truncated
            continue
        for place, found in enumerate(places):
            end = places[place + 1].start() if place + 1 < len(places) else None
            yield join([lead.trim(), sentence.cut(found.end(), end).trim()]), truncated


def sentences(strip: Strip) -> Iterator[tuple[Strip, bool]]:
    """The sentences, and whether each was cut because it is too long to be one."""
    start = 0
    text = strip.text
    for found in _END.finditer(text):
        if found.end() - start < 2 or not _ends_here(text, start, found):
            continue
        yield from _pieces(strip.cut(start, found.end()).trim())
        start = found.end()
    yield from _pieces(strip.cut(start).trim())


def _ends_here(text: str, start: int, found: re.Match[str]) -> bool:
    if found.group().startswith("."):
        return not _SHORT.search(text[max(start, found.end() - 12) : found.start() + 1])
    if found.group() == ";":
        after = text[found.end() : found.end() + 12]
        if not _GOES_ON.match(after):
            return True
        so_far = text[start : found.start()][-SENTENCE_LIMIT:]
        return not (":" in so_far or any(load_language().has(k, so_far) for k in ("lead", "only")))
    return True


def _pieces(strip: Strip) -> Iterator[tuple[Strip, bool]]:
    if len(strip.text) <= SENTENCE_LIMIT:
        if strip.text:
            yield strip, False
        return
    start = 0
    while start < len(strip.text):
        end = strip.text.rfind(" ", start, start + SENTENCE_LIMIT)
        end = end if end > start else start + SENTENCE_LIMIT
        yield strip.cut(start, end), True
        start = end


def lead_of(block: Block) -> Strip:
    """The lead-in of an item: the last sentences above it that end in a colon or in mid-air."""
    parts: list[Strip] = []
    for strip in reversed(block.over[-3:]):
        last = list(sentences(strip))[-1:]
        text = last[0][0].text if last else ""
        if (
            not text
            or len(text) > LEAD_LIMIT
            or not (text.endswith((":", "-")) or _OPEN_END.search(text))
        ):
            break
        parts.insert(0, last[0][0])
    return join(parts) if block.item or (parts and parts[-1].text.endswith(":")) else EMPTY


def _takes_lead(lead: str, text: str) -> bool:
    """Whether the item needs the lead-in: the lead breaks off, or the item has no rule word."""
    if _OPEN_END.search(lead):
        return True
    language = load_language()
    return not any(language.has(kind, text) for kind in ("modal", "ban", "leave", "advice"))


def status_of(block: Block) -> str:
    """ "ban", "leave" or "advice" when a heading or label above settles it; else empty."""
    language = load_language()
    for strip in reversed(block.over):
        text = strip.text.rstrip(": ")
        if not reads_like_heading(text):
            continue
        for status in ("ban", "advice", "leave"):
            if language.has(f"{status}-heading", text):
                return status
    return ""
