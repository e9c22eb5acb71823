"""Every line against the JSON Schema of its set, and what a schema cannot say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.cases import Case
from evals.lint.slips import Slip

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"


def shape_slips(cases: tuple[Case, ...]) -> Iterator[Slip]:
    """What does not fit. Raises: `ImportError` without jsonschema."""
    from jsonschema import Draft202012Validator

    checkers = {name: Draft202012Validator(load_schema(name)) for name in schema_names()}
    for case in cases:
        for error in checkers[schema_of(case)].iter_errors(dict(case.body)):
            where = "/".join(str(part) for part in error.absolute_path) or "the line"
            yield Slip("shape", case.id, f"{case.set} {case.id}: {where}: {error.message[:160]}")
        yield from _evidence(case)


def schema_names() -> list[str]:
    """The names of the schemas that are here."""
    return sorted(path.stem for path in SCHEMAS.glob("*.json"))


def load_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a set."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def schema_of(case: Case) -> str:
    """The schema that a case must fit: questions on state law have the form of answers."""
    return "answers" if case.set == "states" and "question" in case.body else case.set


def _evidence(case: Case) -> Iterator[Slip]:
    for name, words in case.body.get("evidence", {}).items():
        if words not in case.body.get("text", ""):
            yield Slip(
                "shape", case.id, f"{case.set} {case.id}: evidence of {name} is not in the text"
            )
