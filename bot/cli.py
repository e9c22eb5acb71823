"""The command line: `safepolicing COMMAND`. It translates, and nothing else.

Heavy packages load inside the command that uses them, so that `--help` answers at once.
Exit status: 0 done, 1 some lines or checks failed, 2 the input or a setting cannot be used.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from knowledge.errors import AdvisorError

_ABOUT = (
    "Cited answers and policy reviews for certification under Executive Order 13929, "
    "Safe Policing for Safe Communities (revoked May 25, 2022)."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; every error is one sentence."""
    _write_utf8()
    arguments = _read(list(sys.argv[1:] if argv is None else argv))
    command = importlib.import_module(f"bot.commands.{arguments.command}")
    try:
        status: int = command.run(arguments)
        sys.stdout.flush()
    except AdvisorError as error:
        sys.stderr.write(f"safepolicing: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _read(argv: list[str]) -> argparse.Namespace:
    if argv[:1] == ["ingest"]:  # its options are its own, the same as under `python -m ingest`
        return argparse.Namespace(command="ingest", rest=argv[1:])
    return _parser().parse_args(argv)


def _write_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="safepolicing", description=_ABOUT)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("ingest", add_help=False, help="build the index of everything known")
    _add_ask(commands)
    _add_review(commands)
    _add_packet(commands)
    _add_diff(commands)
    _add_chat(commands)
    commands.add_parser("serve", help="run the Slack bot until it is stopped")
    _add_preview(commands)
    commands.add_parser("feedback", help="what people thought of the answers, as JSON lines")
    _add_sources(commands)
    _add_doctor(commands)
    _add_audit(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse has no public name for it


def _add_ask(commands: Commands[argparse.ArgumentParser]) -> None:
    ask = commands.add_parser("ask", help="answer a question, with its sources")
    ask.add_argument("question", nargs="*", help="the question; none with --jsonl")
    _add_workspace(ask)
    _add_shared(ask)


def _add_review(commands: Commands[argparse.ArgumentParser]) -> None:
    review = commands.add_parser("review", help="check policy text against the standards")
    review.add_argument(
        "files", nargs="*", metavar="FILE",
        help="the text's file, or - for stdin; with --out any number of files and folders",
    )  # fmt: skip
    review.add_argument(
        "--out", metavar="REPORT", help="review whole manuals and write a report into this folder"
    )
    review.add_argument(
        "--engine", choices=["one", "cores", "ray"], default="cores",
        help="with --out: one process, all cores (the default), or a Ray cluster",
    )  # fmt: skip
    review.add_argument("--workers", type=int, metavar="N", help="with cores: so many processes")
    review.add_argument("--html", metavar="PAGE", help="write the review of one text as a page")
    review.add_argument(
        "--attestation", metavar="DOCX",
        help="write a draft of the agency head's statement, from a whole policy that meets both",
    )  # fmt: skip
    _add_shared(review)


def _add_packet(commands: Commands[argparse.ArgumentParser]) -> None:
    packet = commands.add_parser("packet", help="the evidence packet of a policy, DOCX and PDF")
    packet.add_argument("file", metavar="FILE", help="the policy: PDF, DOCX, HTML or text")
    packet.add_argument("--out", metavar="NAME", help="where the packet goes, without .docx, .pdf")
    _add_day_and_state(packet)


def _add_diff(commands: Commands[argparse.ArgumentParser]) -> None:
    diff = commands.add_parser("diff", help="what a new version of a policy changes")
    diff.add_argument("old", metavar="OLD", help="the version before")
    diff.add_argument("new", metavar="NEW", help="the version after")
    diff.add_argument("--json", action="store_true", help="print the record")
    _add_day_and_state(diff)


def _add_audit(commands: Commands[argparse.ArgumentParser]) -> None:
    audit = commands.add_parser("audit", help="the record of what the bot decided")
    audit.add_argument("action", choices=["verify", "export"], help="check the chain, or print it")
    audit.add_argument("--head", metavar="MARK", help="a mark noted earlier, that must be in it")


def _add_shared(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the record")
    form.add_argument(
        "--jsonl", action="store_true", help="read one JSON object a line, write one record a line"
    )
    _add_day_and_state(parser)


def _add_day_and_state(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="DATE", help="the day it is for, as YYYY-MM-DD (today)")
    parser.add_argument("--state", metavar="XX", help="the agency's state, such as KS")


def _add_workspace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workspace", default="local", metavar="ID",
        help="whose own collections are searched too (local)",
    )  # fmt: skip


def _add_chat(commands: Commands[argparse.ArgumentParser]) -> None:
    chat = commands.add_parser("chat", help="a conversation in the terminal")
    _add_day_and_state(chat)
    _add_workspace(chat)


def _add_preview(commands: Commands[argparse.ArgumentParser]) -> None:
    preview = commands.add_parser("preview", help="what the Slack messages look like")
    preview.add_argument("--port", type=int, default=0, help="on this machine only (a free one)")
    preview.add_argument("--once", action="store_true", help="write the page out and end")


def _add_sources(commands: Commands[argparse.ArgumentParser]) -> None:
    sources = commands.add_parser("sources", help="what is known, its status and its date")
    sources.add_argument(
        "action", nargs="?", choices=["list", "check", "stale"], default="list",
        help="check: verify the catalogue; stale: what was not looked at for long",
    )  # fmt: skip
    sources.add_argument("--json", action="store_true", help="print every section with its text")
    sources.add_argument("--as-of", metavar="DATE", help="the day of the status (today)")
    sources.add_argument(
        "--older-than", default="180d", metavar="DAYS", help="with stale: 180d by default"
    )


def _add_doctor(commands: Commands[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser("doctor", help="check settings, index, model, Slack and clock")
    doctor.add_argument("--health", action="store_true", help="only what a running bot needs")


if __name__ == "__main__":
    sys.exit(main())
