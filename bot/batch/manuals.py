"""The manuals to review: files and folders as named, in one order on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.batch.wording import load_batch_wording
from knowledge.errors import InputError


@dataclass(frozen=True, slots=True)
class Manual:
    """A file to review. `name` is shown; `agency` is its folder under the one given, or itself."""

    path: Path
    name: str
    agency: str


def find_manuals(places: Sequence[Path], report: Path) -> tuple[list[Manual], list[str]]:
    """Every file of `places`, by name, and which folders could not be listed.

    Hidden files and the report itself are left out. Links to folders are not followed.
    Raises: `InputError` when a place is not there, or nothing is found.
    """
    problems: list[str] = []
    found: dict[Path, Manual] = {}
    for place in places:
        for manual in _manuals_of(place, report.resolve(), problems, alone=len(places) == 1):
            found.setdefault(manual.path.absolute(), manual)
    if not found:
        where = ", ".join(str(place) for place in places)
        raise InputError(f"There is no file to review in {where}; name a folder that holds some.")
    return sorted(found.values(), key=lambda manual: (manual.name, str(manual.path))), problems


def _manuals_of(place: Path, report: Path, problems: list[str], *, alone: bool) -> Iterator[Manual]:
    if not place.is_dir():
        if not place.exists():
            raise InputError(f"There is no file or folder {place}; check the name.")
        yield Manual(place, place.name, _agency(Path(place.name)))
        return
    for path in _files(place, report, problems):
        inside = path.relative_to(place)
        shown = inside if alone else Path(place.name) / inside
        yield Manual(path, shown.as_posix(), _agency(inside))


def _files(place: Path, report: Path, problems: list[str]) -> Iterator[Path]:
    def unread(error: OSError) -> None:
        wording = load_batch_wording()
        where, why = error.filename, error.strerror
        problems.append(wording.say("folder_unread", folder=where, why=why))

    for folder, folders, names in os.walk(place, onerror=unread):
        here = Path(folder)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (here / name).resolve() != report
        ]
        yield from (here / name for name in names if not name.startswith((".", "~$")))


def _agency(inside: Path) -> str:
    """The first folder under the one that was given, else the name of the file."""
    name = inside.parts[0] if len(inside.parts) > 1 else inside.stem
    return " ".join(name.replace("_", " ").split()) or name
