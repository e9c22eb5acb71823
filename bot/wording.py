"""Everything the bot says of itself, from `data/wording.toml`. No legal fact stands there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from knowledge.errors import KnowledgeError
from knowledge.types import AbstentionKind, Role, Status, Verdict

_FILE = Path(__file__).parent / "data" / "wording.toml"

SAYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "status_review": frozenset(),
        "failed": frozenset({"reference"}),
        "too_fast": frozenset({"seconds"}),
        "interrupted": frozenset(),
        "thanks": frozenset(),
        "help": frozenset(),
        "unsure": frozenset(),
        "unsure_ask": frozenset(),
        "unsure_review": frozenset(),
        "gone": frozenset(),
        "outdated": frozenset(),
        "not_yours": frozenset(),
        "sources": frozenset(),
        "our_summary": frozenset(),
        "official_text": frozenset(),
        "own_text": frozenset(),
        "dated": frozenset({"date"}),
        "review_title": frozenset(),
        "review_scope": frozenset({"as_of"}),
        "mandatory": frozenset(),
        "discretionary": frozenset(),
        "decisive": frozenset(),
        "more_spots": frozenset({"count"}),
        "on_page": frozenset({"page"}),
        "missing": frozenset(),
        "suggestion": frozenset(),
        "details": frozenset(),
        "details_title": frozenset(),
        "export": frozenset(),
        "exported": frozenset(),
        "share": frozenset(),
        "shared_by": frozenset({"person"}),
        "shared": frozenset(),
        "helpful": frozenset(),
        "not_helpful": frozenset(),
        "feedback_thanks": frozenset(),
        "feedback_why": frozenset(),
        "release": frozenset({"release", "as_of"}),
        "no_reviews_external": frozenset(),
        "no_reviews_guest": frozenset(),
        "file_too_large": frozenset({"name"}),
        "file_unreadable": frozenset({"name"}),
        "file_refused": frozenset({"name"}),
        "file_reading": frozenset({"name"}),
        "not_in_channel": frozenset(),
        "missing_scope": frozenset({"scope"}),
        "forgotten": frozenset({"turns", "marks"}),
        "working_question": frozenset(),
        "working_review": frozenset(),
        "stop": frozenset(),
        "nothing_to_stop": frozenset(),
        "stop_too_late": frozenset(),
        "stopped": frozenset(),
        "state_notes": frozenset(),
        "share_channel": frozenset(),
        "only_you": frozenset(),
        "why_wrong": frozenset(),
        "why_not_my_question": frozenset(),
        "why_not_in_source": frozenset(),
        "why_too_long": frozenset(),
        "why_other": frozenset(),
        "command_help": frozenset(),
        "command_status": frozenset(),
        "command_bodies": frozenset({"state"}),
        "command_working": frozenset(),
        "any_state": frozenset(),
        "command_empty": frozenset({"word"}),
        "draft_ready": frozenset(),
        "more_hint": frozenset(),
        "nothing_before": frozenset(),
        "keep_question": frozenset(),
        "question_kept": frozenset(),
        "not_shared": frozenset(),
        "nothing_to_review": frozenset(),
    }
)
TABLES = ("say", "status", "verdict", "mark", "abstention", "role", "prompts", "home", "modal")


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences by name, and the words for the values of the core types."""

    sentences: Mapping[str, str]
    status: Mapping[Status, str]
    verdict: Mapping[Verdict, str]
    mark: Mapping[Verdict, str]
    abstention: Mapping[AbstentionKind, str]
    role: Mapping[Role, str]
    prompts: Mapping[str, str]
    home: Mapping[str, str]
    modal: Mapping[str, str]

    def say(self, name: str, /, **values: object) -> str:
        """The sentence called `name`, its blanks filled."""
        return self.sentences[name].format(**values)


def load_wording(file: Path = _FILE) -> Wording:
    """The wording, every key and every blank checked. Raises: `KnowledgeError`."""
    with file.open("rb") as opened:
        told = tomllib.load(opened)
    _same_keys("the file", told, TABLES)
    _same_keys("[say]", told["say"], SAYS)
    for name, blanks in SAYS.items():
        found = {blank for _, blank, _, _ in Formatter().parse(told["say"][name]) if blank}
        if found - blanks:
            odd = ", ".join(sorted(found - blanks))
            raise KnowledgeError(f"bot/data/wording.toml: {name} has unknown blanks: {odd}.")
    kinds = {"status": Status, "verdict": Verdict, "mark": Verdict}
    kinds |= {"abstention": AbstentionKind, "role": Role}
    for table, kind in kinds.items():
        _same_keys(f"[{table}]", told[table], [str(value) for value in kind])
    return Wording(
        sentences=told["say"],
        status={Status(key): value for key, value in told["status"].items()},
        verdict={Verdict(key): value for key, value in told["verdict"].items()},
        mark={Verdict(key): value for key, value in told["mark"].items()},
        abstention={AbstentionKind(key): value for key, value in told["abstention"].items()},
        role={Role(key): value for key, value in told["role"].items()},
        prompts=told["prompts"],
        home=told["home"],
        modal=told["modal"],
    )


def _same_keys(where: str, told: Mapping[str, object], wanted: object) -> None:
    names = set(wanted)  # type: ignore[call-overload]
    odd = ", ".join(sorted(set(told) ^ names))
    if odd:
        raise KnowledgeError(f"bot/data/wording.toml: missing or unknown in {where}: {odd}.")
