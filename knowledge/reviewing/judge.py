"""Judge every standard on the units of an excerpt, and say when nothing can be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.reviewing.bearing import weigh_holds
from knowledge.reviewing.certainty import certain
from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.language import load_language
from knowledge.reviewing.law import judge_law
from knowledge.reviewing.lawful import weigh_law
from knowledge.reviewing.notices import is_foreign, is_short
from knowledge.reviewing.outcome import Mark, Outcome
from knowledge.reviewing.principles import judge_principle
from knowledge.reviewing.standards import load_standards
from knowledge.reviewing.verdicts import judge_holds
from knowledge.types import Role, Verdict

ELSEWHERE_LIMIT = 12  # words; a short text that names the hold and sends the reader elsewhere


def judge_all(
    text: str, units: Sequence[Unit], readings: Sequence[Reading]
) -> Mapping[str, Outcome]:
    """One outcome for each standard, by id."""
    doubt = "foreign" if is_foreign(text) else "short" if is_short(text) else ""
    made: dict[str, Outcome] = {}
    for standard in load_standards():
        if standard.id == "chokeholds":
            outcome = _elsewhere(units, judge_holds(units, readings))
        elif standard.id == "applicable-law":
            outcome = judge_law(units)
        else:
            outcome = judge_principle(standard, units)
        if standard.mandatory:
            outcome = certain(outcome, standard.id, units, text)
        if standard.id == "chokeholds":
            outcome = weigh_holds(outcome, units, readings)
        elif standard.id == "applicable-law":
            outcome = weigh_law(outcome, units)
        if doubt and outcome.verdict is Verdict.NOT_ADDRESSED and not _ruled(made):
            outcome = Outcome(Verdict.UNCLEAR, doubt, outcome.marks, (doubt,))
        made[standard.id] = outcome
    return made


def _ruled(made: Mapping[str, Outcome]) -> bool:
    """Whether a standard before was judged on a rule, so that the text says something."""
    settled = (Verdict.MEETS, Verdict.PARTIAL, Verdict.DOES_NOT_MEET)
    return any(outcome.verdict in settled for outcome in made.values())


def _elsewhere(units: Sequence[Unit], outcome: Outcome) -> Outcome:
    """A bare pointer ("Chokeholds: see Section 4") cannot be judged."""
    if outcome.verdict is not Verdict.NOT_ADDRESSED or outcome.reason != "mention":
        return outcome
    language = load_language()
    for unit in units:
        pointer = language.has("airway", unit.text) and language.has("elsewhere", unit.text)
        if pointer and len(unit.text.split()) <= ELSEWHERE_LIMIT:
            mark = Mark(unit.strip, 0, len(unit.text), Role.RULE)
            return Outcome(Verdict.UNCLEAR, "short", (mark,), ("short",))
    return outcome
