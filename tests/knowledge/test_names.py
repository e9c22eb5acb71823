"""One table of official names, and both engines read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.names import load_names
from knowledge.retrieval import terms_of
from knowledge.reviewing.language import load_language

NAMES = [(term, name) for term, names in load_names().terms.items() for name in names]
HOLDS = [(kind, name) for kind, names in load_names().holds.items() for name in names]


@pytest.mark.parametrize(("term", "name"), NAMES)
def test_retrieval_counts_a_name_as_its_term(term: str, name: str) -> None:
    assert terms_of(f"about {name} alone")[0] == terms_of(load_names().terms[term][0])[0]


@pytest.mark.parametrize(("kind", "name"), HOLDS)
@pytest.mark.parametrize("form", ["{}", "{}s"])
def test_the_review_reads_a_name_as_its_kind_of_hold(kind: str, name: str, form: str) -> None:
    text = f"the {form.format(name).casefold()} shall not be used"
    assert load_language().has(kind, text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("choke hold", "stranglehold"),
        ("LVNR", "lateral vascular neck restraint"),
        ("carotid restraint", "blood choke"),
        ("UoF", "use-of-force"),
        ("ICB", "independent credentialing bodies"),
        ("COPS Office", "Office of Community Oriented Policing Services"),
        ("KS-CPOST", "Kansas Commission on Peace Officers' Standards and Training"),
    ],
)
def test_two_names_of_one_thing_are_one_term(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)


def test_breathing_and_blood_are_kept_apart() -> None:
    assert terms_of("chokehold") != terms_of("carotid restraint") != terms_of("neck restraint")


def test_a_slip_in_the_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "official.toml"
    path.write_text('[holds.x]\nreads = "airway"\n[names]\n', encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"holds\.x"):
        load_names(path)
