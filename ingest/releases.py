"""Releases on disk: one writer, one atomic switch, the last two kept.

A release is built in a folder named `<name>.partial`, renamed when it is whole, and served
from the moment that `HOME/current` names it. Stopped at any point, the release that served
before still serves.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import InputError
from knowledge.index import Release, current_release, read_release, release_folder

KEPT = 2
PARTIAL = ".partial"


@contextmanager
def only_writer(home: Path) -> Iterator[None]:
    """Nobody else writes to `home` meanwhile. Raises: `InputError` when somebody does."""
    from filelock import FileLock, Timeout

    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{home} cannot be used as the index folder ({error.strerror}); "
            "set SAFEPOLICING_HOME to a folder that can be written."
        ) from error
    lock = FileLock(str(home / "ingest.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise InputError(
            f"Another ingest is writing to {home}; wait until it is done and run this again."
        ) from error
    try:
        _clear_partial(home)
        yield
    finally:
        lock.release()


def open_partial(home: Path, name: str) -> Path:
    """An empty folder in which the release is built."""
    folder = home / "releases" / f"{name}{PARTIAL}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(home: Path, name: str) -> None:
    """The partial folder is the release of that name; `switch_to` makes it serve."""
    folder = home / "releases" / f"{name}{PARTIAL}"
    final = release_folder(home, name)
    for path in folder.rglob("*"):
        _flush(path)
    if final.exists():  # damaged, or it would have been used as it is
        shutil.rmtree(final)
    folder.rename(final)
    _flush(final.parent)


def switch_to(home: Path, name: str) -> None:
    """The release of that name serves from now on; readers see the old one or the new one."""
    before = current_release(home)
    if before is not None and before != name:
        replace_text(home / "previous", before)
    replace_text(home / "current", name)


def releases(home: Path) -> list[tuple[Release, bool]]:
    """Whole releases, newest first, each with whether it serves."""
    serving = current_release(home)
    folders = [path for path in (home / "releases").glob("*") if _whole(path)]
    found = [read_release(folder) for folder in folders]
    found.sort(key=lambda release: (release.name == serving, release.made), reverse=True)
    return [(release, release.name == serving) for release in found]


def rollback(home: Path) -> Release:
    """The release that served before serves again.

    Raises: `InputError` when none is kept.
    """
    with only_writer(home):
        before = _previous(home)
        if before is None:
            raise InputError(f"There is no earlier release in {home} to return to.")
        switch_to(home, before)
        return read_release(release_folder(home, before))


def prune(home: Path, *, kept: int = KEPT) -> list[str]:
    """Only the serving release and the ones before it are left, `kept` in all; names removed."""
    serving, previous = current_release(home), _previous(home)
    ranked = sorted(
        (release.name for release, _ in releases(home)),
        key=lambda name: (name != serving, name != previous),
    )
    for name in ranked[kept:]:
        shutil.rmtree(release_folder(home, name), ignore_errors=True)
    return ranked[kept:]


def replace_text(path: Path, text: str) -> None:
    """The file holds `text`, whole: whoever reads meanwhile sees the old text or the new."""
    partial = path.with_name(f"{path.name}{PARTIAL}")
    partial.write_text(text, encoding="utf-8")
    _flush(partial)
    os.replace(partial, path)
    _flush(path.parent)


def _previous(home: Path) -> str | None:
    try:
        name = (home / "previous").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return name if _whole(release_folder(home, name)) else None


def _whole(folder: Path) -> bool:
    return not folder.name.endswith(PARTIAL) and (folder / "release.json").is_file()


def _clear_partial(home: Path) -> None:
    for folder in (home / "releases").glob(f"*{PARTIAL}"):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (home / "models").glob(f"*{PARTIAL}"):
        shutil.rmtree(folder, ignore_errors=True)


def _flush(path: Path) -> None:
    """What was written lies on the disk; a folder's names too, where the system allows it."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
