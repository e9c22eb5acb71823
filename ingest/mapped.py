"""A text that remembers where each of its characters stood in the file."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Replace = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """`origin[i]` is the offset in the file of `text[i]`, in code points, never decreasing."""

    text: str
    origin: array[int]

    def replaced(self, pattern: re.Pattern[str], by: str | Replace) -> Mapped:
        """Every match replaced; a replacement stands where its match began."""
        parts: list[str] = []
        origin = array("L")
        at = 0
        for match in pattern.finditer(self.text):
            new = match.expand(by) if isinstance(by, str) else by(match)
            parts += [self.text[at : match.start()], new]
            origin.extend(self.origin[at : match.start()])
            origin.extend(self._places(match, new))
            at = match.end()
        parts.append(self.text[at:])
        origin.extend(self.origin[at:])
        return Mapped("".join(parts), origin)

    def cut(self, start: int, end: int) -> Mapped:
        """The slice of both."""
        return Mapped(self.text[start:end], self.origin[start:end])

    def without(self, bounds: Sequence[tuple[int, int]]) -> Mapped:
        """Less these slices, which are in order and do not overlap."""
        parts: list[Mapped] = []
        at = 0
        for start, end in bounds:
            parts.append(self.cut(at, start))
            at = end
        parts.append(self.cut(at, len(self.text)))
        origin = array("L")
        for part in parts:
            origin.extend(part.origin)
        return Mapped("".join(part.text for part in parts), origin)

    def stripped(self) -> Mapped:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def span(self) -> tuple[int, int]:
        """Where the text stood in the file, half open; (0, 0) for an empty text."""
        return (self.origin[0], self.origin[-1] + 1) if self.text else (0, 0)

    def _places(self, match: re.Match[str], new: str) -> list[int]:
        """Characters that were kept keep their places; all others stand at the match's start."""
        kept = match.group(1) if match.re.groups and match.group(1) is not None else None
        if kept is not None and kept == new:
            return list(self.origin[match.start(1) : match.end(1)])
        return [self.origin[match.start()]] * len(new) if match.group() else []


def mapped(text: str) -> Mapped:
    """A text as it stands in the file."""
    return Mapped(text, array("L", range(len(text))))
