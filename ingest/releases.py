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

from knowledge.errors import IndexMismatch, InputError
from knowledge.index import (
    Release,
    content_release,
    current_release,
    held,
    read_release,
    release_folder,
)
from knowledge.sources import Knowledge, load_knowledge

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
    found = [
        release for folder in _folders(home) if (release := readable_release(folder)) is not None
    ]
    found.sort(key=lambda release: (release.name == serving, release.made), reverse=True)
    return [(release, release.name == serving) for release in found]


def rollback(home: Path, *, knowledge: Knowledge | None = None) -> Release:
    """The release that served before serves again.

    Raises: `InputError` when none is kept, or when it was made from another state of the
    knowledge base than this program has, and so could not serve.
    """
    known = knowledge if knowledge is not None else load_knowledge()
    with only_writer(home):
        before = _previous(home)
        if before is None:
            raise InputError(f"There is no earlier release in {home} to return to.")
        release = read_release(release_folder(home, before))
        if release.knowledge != content_release(known):
            raise InputError(
                f"The earlier release {before} was made from another state of the knowledge base "
                "and cannot serve this version of the program; nothing was changed."
            )
        switch_to(home, before)
        return release


def prune(home: Path) -> list[str]:
    """The serving release and the one before it are left, and those in use; names removed."""
    serving, previous = current_release(home), _previous(home)
    ranked = sorted(
        (release.name for release, _ in releases(home)),
        key=lambda name: (name != serving, name != previous),
    )
    unreadable = [folder.name for folder in _folders(home) if readable_release(folder) is None]
    gone = [*ranked[KEPT:], *unreadable]
    return [name for name in gone if _remove_unused(release_folder(home, name))]


def purge(home: Path) -> list[str]:
    """Only the serving release is left, even where another is in use; names removed."""
    serving = current_release(home)
    gone = [folder.name for folder in _folders(home) if folder.name != serving]
    for name in gone:
        shutil.rmtree(release_folder(home, name), ignore_errors=True)
    return gone


def _remove_unused(folder: Path) -> bool:
    try:
        with held(folder, for_reading=False):
            shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        return False
    return True


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


def _folders(home: Path) -> list[Path]:
    return sorted(path for path in (home / "releases").glob("*") if _whole(path))


def readable_release(folder: Path) -> Release | None:
    """The release in `folder`, or None when it is not whole or another version laid it out."""
    try:
        return read_release(folder)
    except IndexMismatch:
        return None


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
