"""Review many manuals: read, hand out, keep, and at the end write the report.

folders -> Manual -> Task -> (workers) -> Judged -> journal -> Row -> report
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.batch.journal import Journal, Terms, open_journal
from bot.batch.judge import OTHER_RELEASE, Judged, Task, judge
from bot.batch.manuals import Manual, find_manuals
from bot.batch.report import write_report
from bot.batch.rows import Row
from bot.batch.wording import load_batch_wording
from knowledge.errors import InputError, SettingsError
from knowledge.progress import Progress
from knowledge.reading import FILE_LIMIT
from knowledge.workers import SECONDS, Lost, Workers


@dataclass(frozen=True, slots=True)
class Order:
    """What to review and where the report goes. `day_given`: the day was named, not today's."""

    places: tuple[Path, ...]
    report: Path
    terms: Terms
    day_given: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What a run did. `problems` files could not be read; `unlisted` says which folders not."""

    index: Path
    reviewed: int
    copies: int
    problems: int
    unlisted: tuple[str, ...] = ()


def review_manuals(order: Order, workers: Workers, progress: Progress) -> Done:
    """The report of every manual in `order` is written; `progress` is told (done, all) manuals.

    What cannot be read or listed is told in the report and stops nothing. After a kill, the same
    call goes on where it was.
    Raises: `InputError` when there is nothing to review or the report's folder is in use;
    `SettingsError` when a node of the cluster has another release.
    """
    manuals, unlisted = find_manuals(order.places, order.report)
    with _only_run(order.report), _journal(order) as journal:
        desk = _Desk(journal, manuals, progress)
        for outcome in workers.each(judge, desk.tasks()):
            desk.receive(outcome)
        rows = [_row(manual, desk) for manual in manuals]
        index = write_report(order.report, rows, journal, unlisted)
        journal.finish()
    return Done(
        index=index,
        reviewed=sum(1 for row in rows if row.key and not row.same_as and not row.trouble),
        copies=sum(1 for row in rows if row.same_as),
        problems=sum(1 for row in rows if row.trouble),
        unlisted=tuple(unlisted),
    )


class _Desk:
    """What was handed out, what came back, and which manual has which content."""

    def __init__(self, journal: Journal, manuals: Sequence[Manual], progress: Progress) -> None:
        self.journal = journal
        self.keys: dict[Path, str] = {}
        self.troubles: dict[Path, str] = {}
        self.first: dict[str, Manual] = {}
        self.lost: dict[str, str] = {}
        self._manuals = manuals
        self._progress = progress
        self._out: deque[str] = deque()
        self._done = 0

    def tasks(self) -> Iterator[Task]:
        """One task for each content that is not judged yet, read only when it is asked for."""
        terms = self.journal.terms
        self._progress(0, len(self._manuals))
        for manual in self._manuals:
            data = self._read(manual)
            suffix = manual.path.suffix.lower()
            if data is None or not self._is_new(manual, content_key(data, suffix)):
                self._one_more()
                continue
            self._out.append(self.keys[manual.path])
            yield Task(data, suffix, terms.as_of, terms.state, terms.release, manual.name)

    def receive(self, outcome: Judged | Lost) -> None:
        """The outcome of the task that was handed out first is kept."""
        key = self._out.popleft()
        self._one_more()
        if isinstance(outcome, Lost):
            self.lost[key] = _lost(outcome)
            return
        if outcome.error == OTHER_RELEASE:
            raise SettingsError(
                "A worker has another release of the rules than this machine; install the same "
                "version of safepolicing on every node."
            )
        self.journal.keep(key, outcome)

    def _is_new(self, manual: Manual, key: str) -> bool:
        self.keys[manual.path] = key
        if key in self.first:
            return False
        self.first[key] = manual
        return key not in self.journal

    def _read(self, manual: Manual) -> bytes | None:
        wording = load_batch_wording()
        try:
            if manual.path.stat().st_size > FILE_LIMIT:
                self.troubles[manual.path] = wording.say("too_large")
                return None
            return manual.path.read_bytes()
        except FileNotFoundError:
            self.troubles[manual.path] = wording.say("gone")
        except OSError as error:
            self.troubles[manual.path] = wording.say("unreadable", why=error.strerror)
        return None

    def _one_more(self) -> None:
        self._done += 1
        self._progress(self._done, len(self._manuals))


def content_key(data: bytes, suffix: str) -> str:
    """One and the same for the same bytes of the same kind, whatever the file is called."""
    return hashlib.sha256(suffix.encode() + b"\0" + data).hexdigest()[:20]


def _row(manual: Manual, desk: _Desk) -> Row:
    trouble = desk.troubles.get(manual.path, "")
    key = desk.keys.get(manual.path)
    if key is None:
        return Row(manual, trouble=trouble)
    first = desk.first[key]
    same_as = "" if first is manual else first.name
    if key in desk.lost:
        return Row(manual, trouble=desk.lost[key], same_as=same_as)
    judged = desk.journal.judged(key)
    row = Row.of(manual, key, judged)
    return replace(row, same_as=same_as)


def _lost(outcome: Lost) -> str:
    wording = load_batch_wording()
    if outcome.why == "failed":
        return wording.say("failed", why=outcome.error)
    if outcome.why == "too_slow":
        return wording.say("too_slow", minutes=round(SECONDS / 60))
    return wording.say("died")


@contextmanager
def _only_run(report: Path) -> Iterator[None]:
    """No other run writes this report. Raises: `InputError`."""
    from filelock import FileLock, Timeout

    try:
        report.mkdir(parents=True, exist_ok=True)
        with FileLock(report / ".lock", timeout=0):
            yield
    except Timeout:
        raise InputError(
            f"Another run is writing {report}; wait for it, or name another folder."
        ) from None
    except (FileExistsError, NotADirectoryError):
        raise InputError(f"{report} is a file; name a folder for the report.") from None
    except PermissionError as error:
        raise InputError(f"{report} cannot be written ({error.strerror}).") from None


@contextmanager
def _journal(order: Order) -> Iterator[Journal]:
    journal = open_journal(order.report, order.terms, day_given=order.day_given)
    try:
        yield journal
    finally:
        journal.close()
