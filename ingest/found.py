"""A numbered part of a text, before it becomes a section of a source."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.mapped import Mapped


@dataclass(frozen=True, slots=True)
class Found:
    """Pinpoint, heading and running text; `counted` when the number is ours, not the text's."""

    pinpoint: str
    heading: str
    text: Mapped
    counted: bool = False
