"""Inline SVG, drawn by hand: lines, bars, a matrix, ranges. Every mark has a title to hover on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

PALETTE = ("#1f5fa6", "#c2571a", "#3d7f4a", "#7b4f9e", "#6b6b6b", "#a8324a")
_WIDTH = 640


@dataclass(frozen=True, slots=True)
class Line:
    """A named line of (x, y), both 0 to 1; `dashed` for the frozen split."""

    name: str
    points: Sequence[tuple[float, float]]
    color: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A named bar, 0 to 1, with the ends of its interval and a note behind it."""

    name: str
    value: float
    note: str
    color: str = PALETTE[0]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """A named spread of times in milliseconds."""

    name: str
    low: float
    middle: float
    high: float
    color: str = PALETTE[0]


def line_chart(lines: Sequence[Line], *, x: str, y: str) -> str:
    """Lines over a unit square, with a legend below."""
    left, top, width, height = 66, 12, _WIDTH - 86, 250
    parts = [_grid(left, top, width, height)]
    for line in lines:
        path = " ".join(
            f"{left + px * width:.1f},{top + (1 - py) * height:.1f}" for px, py in line.points
        )
        dash = ' stroke-dasharray="6 4"' if line.dashed else ""
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{line.color}" stroke-width="2"{dash}>'
            f"<title>{escape(line.name)}</title></polyline>"
        )
        parts += [_dot(left + line.points[-1][0] * width, top, height, line)] * bool(line.points)
    parts.append(_text(left + width / 2, top + height + 34, x, "middle"))
    parts.append(_turned(13, top + height / 2, y))
    below = top + height + 56
    legend, rows = _legend(lines, left, below)
    return _svg(below + rows * 20, [*parts, *legend])


def bar_chart(bars: Sequence[Bar]) -> str:
    """Horizontal bars from 0 to 100 percent, with whiskers where an interval is known."""
    left = _room(bar.name for bar in bars)
    width = _WIDTH - left - _room(bar.note for bar in bars)
    parts: list[str] = []
    for number, bar in enumerate(bars):
        y = 6 + number * 24
        parts.append(_text(left - 8, y + 13, bar.name, "end"))
        parts.append(f'<rect class="rail" x="{left}" y="{y}" width="{width}" height="17"/>')
        length = max(bar.value, 0.0) * width
        title = escape(f"{bar.name}: {bar.note}")
        parts.append(
            f'<rect x="{left}" y="{y}" width="{length:.1f}" height="17" fill="{bar.color}">'
            f"<title>{title}</title></rect>"
        )
        parts += _whisker(bar, left, y + 8.5, width)
        parts.append(_text(left + width + 8, y + 13, bar.note, "start"))
    return _svg(12 + len(bars) * 24, parts)


def matrix_chart(
    rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]
) -> str:
    """Labels down, what was given across; the diagonal is right, the rest is shaded as amiss."""
    left, top, cell = _room(rows), 96, 62
    parts = [_text(left - 8, top - 10, "labelled", "end")]
    for number, name in enumerate(columns):
        at = left + number * cell + cell / 2
        parts.append(
            f'<text transform="translate({at:.0f},{top - 8}) rotate(-38)">{escape(name)}</text>'
        )
    for row, name in enumerate(rows):
        parts.append(_text(left - 8, top + row * 34 + 22, name, "end"))
        whole = max(sum(counts[row]), 1)
        for column, other in enumerate(columns):
            spot = (left + column * cell, top + row * 34)
            parts.append(
                _cell(spot, counts[row][column], whole, right=name == other, names=(name, other))
            )
    return _svg(top + len(rows) * 34 + 10, parts)


def range_chart(ranges: Sequence[Range]) -> str:
    """Times on a logarithmic axis: from the 5th to the 95th percentile, the median marked."""
    left = _room(item.name for item in ranges)
    width = _WIDTH - left - 120
    lowest = min((item.low for item in ranges), default=1.0)
    highest = max((item.high for item in ranges), default=10.0)
    first, last = math.floor(_log(lowest)), math.ceil(_log(highest))

    def at(value: float) -> float:
        return left + (_log(value) - first) / max(last - first, 1) * width

    bottom = 6 + len(ranges) * 24
    parts = []
    for power in range(first, last + 1):
        x = at(10.0**power)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{bottom}"/>')
        parts.append(_text(x, bottom + 16, f"{10.0**power:g} ms", "middle"))
    for number, item in enumerate(ranges):
        y = 6 + number * 24 + 9
        parts.append(_text(left - 8, y + 4, item.name, "end"))
        parts.append(
            f'<line x1="{at(item.low):.1f}" y1="{y}" x2="{at(item.high):.1f}" y2="{y}" '
            f'stroke="{item.color}" stroke-width="7" stroke-opacity=".35"/>'
            f'<circle cx="{at(item.middle):.1f}" cy="{y}" r="5" fill="{item.color}">'
            f"<title>{escape(item.name)}: median {item.middle:.1f} ms</title></circle>"
        )
        parts.append(
            _text(left + width + 12, y + 4, f"{item.middle:.1f} / {item.high:.1f}", "start")
        )
    return _svg(bottom + 26, parts)


def _room(words: Iterable[str]) -> float:
    """The width that the longest of `words` needs, with a margin, in user units."""
    return 6.8 * max((len(word) for word in words), default=0) + 16


def _log(value: float) -> float:
    return math.log10(max(value, 0.01))


def _svg(height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" height="{height:.0f}" '
        f'role="img" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _turned(x: float, y: float, words: str) -> str:
    at = f"translate({x:.0f},{y:.0f}) rotate(-90)"
    return f'<text transform="{at}" text-anchor="middle">{escape(words)}</text>'


def _grid(left: float, top: float, width: float, height: float) -> str:
    parts = []
    for step in range(5):
        share = step / 4
        x, y = left + share * width, top + (1 - share) * height
        parts.append(f'<line class="grid" x1="{x}" y1="{top}" x2="{x}" y2="{top + height}"/>')
        parts.append(f'<line class="grid" x1="{left}" y1="{y}" x2="{left + width}" y2="{y}"/>')
        parts.append(_text(x, top + height + 16, f"{share:.0%}", "middle"))
        parts.append(_text(left - 6, y + 4, f"{share:.0%}", "end"))
    return "".join(parts)


def _dot(left: float, top: float, height: float, line: Line) -> str:
    y = top + (1 - line.points[-1][1]) * height
    return f'<circle cx="{left:.1f}" cy="{y:.1f}" r="4" fill="{line.color}"/>'


def _legend(lines: Sequence[Line], left: float, top: float) -> tuple[list[str], int]:
    """The names of the lines in two columns, and how many rows they take."""
    parts = []
    for number, line in enumerate(lines):
        x, y = left + number % 2 * 290, top + number // 2 * 20
        dash = ' stroke-dasharray="6 4"' if line.dashed else ""
        parts.append(
            f'<line x1="{x}" y1="{y - 4}" x2="{x + 26}" y2="{y - 4}" stroke="{line.color}" '
            f'stroke-width="2"{dash}/>'
        )
        parts.append(_text(x + 34, y, line.name, "start"))
    return parts, (len(lines) + 1) // 2


def _whisker(bar: Bar, left: float, y: float, width: float) -> list[str]:
    if bar.low is None or bar.high is None:
        return []
    low, high = left + bar.low * width, left + bar.high * width
    return [f'<line class="whisker" x1="{low:.1f}" y1="{y}" x2="{high:.1f}" y2="{y}"/>']


def _cell(
    spot: tuple[float, float], count: int, whole: int, *, right: bool, names: tuple[str, str]
) -> str:
    """One field of a matrix, the deeper the larger its share of the row."""
    x, y = spot
    share = count / whole
    color = PALETTE[0] if right else PALETTE[5]
    shade = f'fill="{color}" fill-opacity="{0.08 + 0.8 * share if count else 0:.2f}"'
    words = f'<text class="{"on" if share > 0.55 else "off"}" x="{x + 30}" y="{y + 22}" '
    title = escape(f"labelled {names[0]}, given {names[1]}: {count}")
    shown = count or ""
    return (
        f'<rect class="field" x="{x}" y="{y}" width="60" height="32" {shade}>'
        f'<title>{title}</title></rect>{words}text-anchor="middle">{shown}</text>'
    )
