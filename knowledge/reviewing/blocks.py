"""Put lines together into blocks: paragraphs and list items, each with what governs it.

A lead-in ("Officers shall not:") governs the items below it, a heading what stands under it, a
column head the cells of its table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.reviewing.language import load_language
from knowledge.reviewing.layout import Kind, Laid, lay_all, reads_like_heading
from knowledge.reviewing.mending import mend
from knowledge.reviewing.shadow import EMPTY, Strip, join, shadow_lines

LEAD_LIMIT = 400  # characters; a longer lead-in is text of its own

NUMBERED = ("dotted", "number", "roman", "upper", "mixed")  # styles that number headings too

Entry = tuple[int, tuple[str, int], Strip]  # indent, style and depth, text

HANGS = re.compile(r":$|\b(?:except|unless|only (?:when|where|if))$")  # its list follows

_CELL = re.compile(r"[|\t]")
_LABEL = re.compile(r"^[^:.]{3,45}: \S")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, item or row; `over` are the texts that it stands under, nearest last."""

    strip: Strip
    over: tuple[Strip, ...]
    item: bool
    section: int
    group: int = 0
    label: str = ""


@dataclass(slots=True)
class _Builder:
    """What is open while the lines go by."""

    blocks: list[Block] = field(default_factory=list)
    stack: list[Entry] = field(default_factory=list)
    heading: Strip = EMPTY
    title: Strip = EMPTY
    section: int = 0
    group: int = 0
    open: list[Laid] = field(default_factory=list)
    rows: list[Laid] = field(default_factory=list)
    after_blank: bool = False


def read_blocks(text: str) -> list[Block]:
    """The blocks of an excerpt, in order. Linear in its length; takes any text."""
    made = _Builder()
    for line in lay_all(shadow_lines(text)):
        _take(made, line)
    _flush(made)
    _flush_rows(made)
    if made.blocks and made.blocks[-1].group == -1:  # a heading over nothing is a text
        made.blocks[-1] = replace(made.blocks[-1], group=made.group)
    return made.blocks


def _take(made: _Builder, line: Laid) -> None:
    if line.kind is Kind.SKIP:
        return
    if line.kind is not Kind.ROW:
        _flush_rows(made)
    if line.kind is Kind.HEADING and _tells(line.strip.text):
        line = replace(line, kind=Kind.TEXT)
    if line.kind is Kind.TEXT:
        if made.open and _breaks(made.open, line):
            _flush(made)
        made.open.append(line)
        return
    _flush(made)
    if line.kind is Kind.HEADING:
        _head(made, mend(line.strip))
    elif line.kind is Kind.ITEM:
        made.open.append(line)
    elif line.kind is Kind.ROW:
        made.rows.append(line)


def _head(made: _Builder, strip: Strip) -> None:
    """A new section; a heading right above another is the title of both."""
    if made.blocks and made.blocks[-1].group == -1:
        made.title = made.heading
    made.stack.clear()
    made.heading = strip
    made.section += 1
    made.blocks.append(Block(strip, (), False, made.section, -1))


def _breaks(lines: Sequence[Laid], line: Laid) -> bool:
    """Whether `line` begins something new although no blank line stands before it."""
    before = lines[-1].raw.rstrip()
    if not line.raw.lstrip()[:1].isupper() or before.endswith((",", "-")):
        return False
    if before.endswith(":") or (_LABEL.match(before.lower()) and _LABEL.match(line.raw.lower())):
        return True
    widest = max(len(each.raw) for each in lines[-40:])
    return (
        not before.endswith(".")
        and len(before) < 60
        and len(line.raw) > 0
        and (len(lines) == 1 or len(before) < 0.6 * widest)
        and reads_like_heading(before.lower())
    )


def _flush(made: _Builder) -> None:
    """Close the open paragraph or item and file it under what governs it."""
    lines = made.open
    if not lines:
        return
    made.open = []
    first = lines[0]
    strip = mend(_unwrap([line.strip for line in lines]))
    if not strip.text:
        return
    if first.kind is Kind.ITEM:
        _flush_item(made, first, strip)
        return
    if len(lines) == 1 and first.raw.strip()[:1].isupper() and _is_label(strip.text):
        _head(made, strip)
        return
    while made.stack and made.stack[-1][0] >= first.indent and not _heads(made.stack[-1]):
        made.stack.pop()
    made.blocks.append(Block(strip, _over(made), False, made.section, made.group))
    if HANGS.search(strip.text) and len(strip.text) <= LEAD_LIMIT * 3:
        made.group += 1
        made.stack.append((first.indent, ("text", 0), strip))


def _heads(entry: Entry) -> bool:
    """Whether a numbered line is a heading, which text at its own indent does not end."""
    _, (style, _depth), strip = entry
    return style == "section" or (style in NUMBERED and reads_like_heading(strip.text))


def _is_label(text: str) -> bool:
    """Whether one line is a heading, and no telegram such as "Choke holds - prohibited (...)"."""
    return reads_like_heading(text) and ":" not in text and not _tells(text)


def _tells(text: str) -> bool:
    """Whether a line that looks like a heading is a rule in few words ("Choke holds = no")."""
    language = load_language()
    ruled = language.has("ban", text) or language.has("leave", text)
    parted = any(sign in text for sign in (" - ", "(", ": "))
    return (ruled and parted) or "=" in text


def _flush_item(made: _Builder, first: Laid, strip: Strip) -> None:
    _unstack(made, first)
    if first.level[0] in ("section", "dotted") or (first.level[0] == "number" and not made.stack):
        made.section += 1
    made.blocks.append(Block(strip, _over(made), True, made.section, made.group, first.label))
    made.stack.append((first.indent, first.level, strip))


def _unstack(made: _Builder, line: Laid) -> None:
    """Drop what does not stand over `line`: the same style, or deeper in."""
    style, depth = line.level
    if style == "dotted":
        made.stack = _above_dotted(made.stack, depth)
        return
    for place, (_, (other, _other_depth), _text) in enumerate(made.stack):
        if other == style:
            del made.stack[place:]
            return
    while made.stack and made.stack[-1][0] > line.indent:
        made.stack.pop()


def _above_dotted(stack: list[Entry], depth: int) -> list[Entry]:
    """What "4.1.2" stands under: its nearest shorter number, else the headings above."""
    for place in range(len(stack) - 1, -1, -1):
        style, other = stack[place][1]
        if style == "dotted" and other < depth:
            return stack[: place + 1]
    return [entry for entry in stack if entry[1][0] != "dotted" and _heads(entry)]


def _over(made: _Builder) -> tuple[Strip, ...]:
    head = tuple(strip for strip in (made.title, made.heading) if strip.text)
    return head + tuple(text for _, _, text in made.stack)


def _unwrap(strips: Sequence[Strip]) -> Strip:
    """The lines as one strip; a word broken by a hyphen at a line's end is closed up."""
    parts: list[Strip] = []
    for strip in (each.trim() for each in strips):
        last = parts[-1] if parts else EMPTY
        if (
            len(last.text) > 1
            and last.text[-1] == "-"
            and last.text[-2].isalpha()
            and strip.text[:1].isalpha()
        ):
            parts[-1] = _close(last.cut(0, -1), strip)
        elif strip.text:
            parts.append(strip)
    return join(parts)


def _close(left: Strip, right: Strip) -> Strip:
    """A broken word made whole, or kept as two when only that makes a known word."""
    known = load_language().spelling.known
    a, b = re.split(r"\W", left.text)[-1], re.split(r"\W", right.text)[0]
    return join([left, right], " " if a in known and b in known and a + b not in known else "")


def _flush_rows(made: _Builder) -> None:
    rows = made.rows
    if not rows:
        return
    made.rows = []
    table = [_cells(row.strip) for row in rows]
    head = table[0]
    for cells in table if len(table) == 1 else table[1:]:
        for strip in _row_texts(cells, head if len(table) > 1 else []):
            made.blocks.append(Block(mend(strip), _over(made), True, made.section, made.group))
    if len(table) > 1:
        for strip in _row_texts(head, []):
            made.blocks.append(Block(mend(strip), _over(made), True, made.section, made.group))


def _cells(strip: Strip) -> list[Strip]:
    cells: list[Strip] = []
    last = 0
    for found in _CELL.finditer(strip.text):
        cells.append(strip.cut(last, found.start()).trim())
        last = found.end()
    cells.append(strip.cut(last).trim())
    while cells and not cells[0].text:
        cells.pop(0)
    while cells and not cells[-1].text:
        cells.pop()
    return cells


def _row_texts(cells: list[Strip], head: list[Strip]) -> list[Strip]:
    """A row as "first cell: other cell", ticks replaced by their column head."""
    language = load_language()
    if not cells:
        return []
    made: list[Strip] = []
    head = [Strip(h.text.rstrip("?"), h.at[: len(h.text.rstrip("?"))]) for h in head]
    ruling_head = head and any(_rules(cell.text) for cell in head[:1])
    if ruling_head:
        return [join([h, c], ": ") for h, c in zip(head, cells, strict=False) if c.text]
    for place, cell in enumerate(cells[1:], 1):
        column = head[place] if place < len(head) else EMPTY
        if language.patterns["mark"].fullmatch(cell.text):
            cell = column
        elif language.patterns["no-mark"].fullmatch(cell.text) and _rules(column.text):
            cell = join([Strip("not", (cell.at[0],) * 3), column])
        elif _rules(column.text) and cell.text:
            case = [c for c in cells[1:] if c.text and c is not cell] or [cells[0]]
            made.append(join([join([column, cell], ": "), *case], " for "))
            continue
        if cell.text:
            made.append(join([cells[0], cell], ": "))
    return made or [cells[0]]


def _rules(text: str) -> bool:
    language = load_language()
    return language.has("ban-heading", text) or language.has("leave-heading", text)
