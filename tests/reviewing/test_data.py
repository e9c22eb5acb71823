"""The data that policy people edit: every cue runs, every unknown key is refused by name."""

from __future__ import annotations

import shutil

import pytest

from knowledge.errors import KnowledgeError
from knowledge.reviewing import language, standards
from knowledge.reviewing.language import compile_phrases, load_language
from knowledge.reviewing.standards import load_standards

CUES = load_language().cues


@pytest.mark.parametrize("cue", CUES, ids=[f"{c.kind}:{c.phrase[:40]}" for c in CUES])
def test_a_cue_is_found_in_its_example(cue):
    assert compile_phrases([cue.phrase]).search(cue.example.lower())


@pytest.mark.parametrize("cue", CUES, ids=[f"{c.kind}:{c.phrase[:40]}" for c in CUES])
def test_a_cue_is_not_found_everywhere(cue):
    assert not compile_phrases([cue.phrase]).search("zebra quilt 17")


@pytest.mark.parametrize("standard", load_standards(), ids=lambda s: s.id)
def test_the_cues_of_a_standard_are_found_in_their_examples(standard):
    for phrase, example in standard.principle.examples if standard.principle else ():
        assert compile_phrases([phrase]).search(example.lower()), phrase


def copied(folder, tmp_path):
    target = tmp_path / "data"
    shutil.copytree(folder, target)
    return target


def test_an_unknown_key_of_a_cue_file_is_named(tmp_path):
    folder = copied(language.FOLDER, tmp_path)
    (folder / "extra.toml").write_text('[airway]\nmeans = "x"\ncuess = []\n')
    with pytest.raises(KnowledgeError, match="cuess"):
        load_language.__wrapped__(folder)


def test_a_cue_without_an_example_is_named(tmp_path):
    folder = copied(language.FOLDER, tmp_path)
    (folder / "extra.toml").write_text('[airway]\nmeans = "x"\ncues = [["hug"]]\n')
    with pytest.raises(KnowledgeError, match="hug"):
        load_language.__wrapped__(folder)


def test_a_cue_that_is_no_phrase_is_named(tmp_path):
    folder = copied(language.FOLDER, tmp_path)
    (folder / "extra.toml").write_text('[odd]\nmeans = "x"\ncues = [["(open", "open"]]\n')
    with pytest.raises(KnowledgeError, match="odd"):
        load_language.__wrapped__(folder)


def test_a_citation_for_a_reason_that_is_not_there_is_named(tmp_path):
    folder = copied(standards.FOLDER, tmp_path)
    path = folder / "02-applicable-law.toml"
    path.write_text(path.read_text().replace('reasons = ["fleeing"]', 'reasons = ["fleeting"]'))
    with pytest.raises(KnowledgeError, match="fleeting"):
        load_standards.__wrapped__(folder)


def test_an_unknown_key_of_a_standard_is_named(tmp_path):
    folder = copied(standards.FOLDER, tmp_path)
    path = folder / "09-warning-shots.toml"
    path.write_text("weight = 3\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="weight"):
        load_standards.__wrapped__(folder)


def test_broken_toml_names_the_file(tmp_path):
    folder = copied(standards.FOLDER, tmp_path)
    (folder / "09-warning-shots.toml").write_text("id = ")
    with pytest.raises(KnowledgeError, match="09-warning-shots"):
        load_standards.__wrapped__(folder)
