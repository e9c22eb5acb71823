"""The ingest command, as `python -m ingest` and `safepolicing ingest`. It translates only.

Exit status: 0 done, 2 the input or a setting cannot be used.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import AdvisorError, InputError
from knowledge.progress import Progress, progress_bar
from knowledge.settings import Settings, read_settings

if TYPE_CHECKING:
    from ingest.build import BuildReport


def main(argv: Sequence[str] | None = None, *, prog: str = "python -m ingest") -> int:
    """Run ingest and return its exit status; every error is one sentence."""
    arguments = _parser(prog).parse_args(argv)
    try:
        return _run(arguments, read_settings())
    except AdvisorError as error:
        sys.stderr.write(f"{prog}: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write(f"{prog}: stopped; the index that was there before still serves.\n")
        return 130


def _parser(prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=prog, description="Build the index of everything that is known."
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="official texts to take in")
    parser.add_argument("--from", dest="folder", metavar="DIR", help="take in every text of DIR")
    parser.add_argument("--fetch", action="store_true", help="download the official texts")
    parser.add_argument(
        "--collection", metavar="NAME", help="take FILEs in as your agency's own, under NAME"
    )
    parser.add_argument("--remove", action="store_true", help="remove --collection NAME")
    parser.add_argument(
        "--workspace", default="local", metavar="ID", help="whose collection it is (local)"
    )
    parser.add_argument("--status", action="store_true", help="show the releases")
    parser.add_argument("--rollback", action="store_true", help="go back to the last release")
    return parser


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    _refuse_mixture(arguments)
    if arguments.status:
        return _print_status(settings)
    if arguments.rollback:
        return _roll_back(settings)
    with progress_bar("Reading texts") as progress:
        report = _build(arguments, settings, progress)
    _print_report(report)
    return 0


def _refuse_mixture(arguments: argparse.Namespace) -> None:
    verbs = [name for name in ("status", "rollback", "fetch") if getattr(arguments, name)]
    texts = bool(arguments.files or arguments.folder or arguments.collection)
    if len(verbs) > 1 or (verbs and texts):
        raise InputError(f"--{verbs[0]} stands alone; run the other thing by itself.")
    if arguments.remove and (not arguments.collection or arguments.files or arguments.folder):
        raise InputError("--remove takes only --collection NAME, whose texts it removes.")
    if arguments.collection and not arguments.remove and not (arguments.files or arguments.folder):
        raise InputError("Name the files that belong into the collection, or a folder with --from.")


def _build(arguments: argparse.Namespace, settings: Settings, progress: Progress) -> BuildReport:
    from ingest.build import Collection, add_collection, build_index, remove_collection
    from ingest.official_fetch import fetch_index

    paths = [Path(file) for file in arguments.files]
    if arguments.folder:
        paths.append(_folder(arguments.folder))
    if arguments.fetch:
        return fetch_index(settings, progress=progress)
    if not arguments.collection:
        return build_index(settings, sources=paths, progress=progress)
    collection = Collection(arguments.collection, arguments.workspace)
    if arguments.remove:
        return remove_collection(settings, collection)
    return add_collection(settings, collection, paths, progress=progress)


def _folder(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise InputError(f"There is no folder {name}; check the name, or give the file by itself.")
    return folder


def _print_report(report: BuildReport) -> None:
    for text in report.official:
        _say(f"{text.file}: {text.sections} sections of {text.source}.")
    for problem in report.problems:
        _say(f"Note: {problem}")
    _say(
        f"Release {report.release} serves: {report.passages:,} passages; {report.embedded:,} texts "
        f"embedded, {report.reused:,} as before; {report.seconds:.1f} s."
    )


def _print_status(settings: Settings) -> int:
    from ingest.library import collections
    from ingest.releases import releases

    found = releases(settings.home)
    if not found:
        _say("Nothing has been ingested yet; run `safepolicing ingest`.")
    for release, serves in found:
        mark = "serves" if serves else "kept  "
        _say(f"{mark}  {release.name}  made {release.made}  {release.passages:,} passages")
    for workspace, collection, files in collections(settings.home):
        _say(f"{collection} of workspace {workspace}: {files} file{'s' if files != 1 else ''}")
    return 0


def _roll_back(settings: Settings) -> int:
    from ingest.releases import rollback

    _say(f"Release {rollback(settings.home).name} serves again.")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
