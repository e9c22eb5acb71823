"""What the tasks measure with: both engines as every door has them, and the index beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.scorers.answers import Ground, enders_of
from knowledge import Advisor
from knowledge.answering import Library
from knowledge.index import Index, open_index
from knowledge.settings import Settings
from knowledge.types import Section


@dataclass(frozen=True, slots=True)
class Workbench:
    """An advisor, what it answers from, and the index opened a second time for the baselines."""

    advisor: Advisor
    library: Library
    index: Index
    ground: Ground


def open_workbench(home: Path, settings: Settings) -> Workbench:
    """Everything warm. Raises: `IndexMissing`, `IndexMismatch`."""
    advisor = Advisor(home, settings.model)
    library = advisor.library()
    index = open_index(home, model=settings.model)
    ground = Ground(section_texts(index.sections), enders_of(library.knowledge))
    return Workbench(advisor, library, index, ground)


def section_texts(sections: Mapping[str, Section]) -> Mapping[tuple[str, str, str], str]:
    """The words of each section by (source, pinpoint, whose words they are)."""
    return {(s.source, s.pinpoint, str(s.text_kind)): s.text for s in sections.values()}
