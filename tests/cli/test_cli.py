"""The command line end to end: for people, as records, and with input that cannot be used."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from knowledge.records import schema
from tests.cli.conftest import Run, environment

BAN = "The use of choke holds is prohibited unless deadly force is authorized by law."


def test_help_is_quick_and_names_every_command(run: Run) -> None:
    before = _processor_seconds()
    done = run("--help")
    assert _processor_seconds() - before < 1.0  # 0.1 s; time on the clock would be other jobs' too
    assert done.returncode == 0
    commands = Path(__file__).parents[2] / "bot" / "commands"
    for name in sorted(path.stem for path in commands.glob("*.py") if _is_command(path)):
        assert f"\n    {name}" in done.stdout


def _processor_seconds() -> float:
    """What the processes that this one started have spent so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _is_command(path: Path) -> bool:
    return "\ndef run(" in path.read_text(encoding="utf-8")


def test_help_loads_nothing_heavy(run: Run, tmp_path: Path) -> None:
    code = "import sys, bot.cli\nbot.cli._parser()\nprint(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(tmp_path)
    )
    loaded = set(told.stdout.split())
    assert "bot.cli" in loaded
    assert not loaded & {
        "torch",
        "chromadb",
        "numpy",
        "pydantic",
        "rich",
        "slack_bolt",
        "langchain",
    }


def test_an_answer_for_people(run: Run) -> None:
    done = run("ask", "Is the chokehold ban absolute?")
    assert done.returncode == 0, done.stderr
    assert "No, with one exception" in done.stdout
    assert "§ 2(c)(ii)" in done.stdout
    assert "revoked" in done.stdout


def test_an_answer_as_a_record(run: Run) -> None:
    done = run("ask", "Is EO 13929 in force?", "--json", "--as-of", "2021-03-01")
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema("answer"))
    assert record["as_of"] == "2021-03-01"
    assert (
        json.loads(run("ask", "Is EO 13929 in force?", "--json", "--as-of", "2021-03-01").stdout)
        == record
    )


def test_a_review_for_people_marks_the_deciding_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.txt").write_text(BAN)
    done = run("review", "policy.txt")
    assert done.returncode == 0, done.stderr
    assert "⟦1: " in done.stdout
    assert "This excerpt meets it" in done.stdout
    assert "your policy" not in done.stdout.lower()


def test_a_review_needs_no_index(run: Run, tmp_path: Path) -> None:
    done = run("review", "-", "--json", given=BAN, home=tmp_path / "none")
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema("review"))
    assert record["findings"][0]["verdict"] == "meets"
    assert not (tmp_path / "none").exists()


def test_lines_keep_their_ids_and_a_bad_line_stops_nothing(run: Run) -> None:
    lines = [
        json.dumps({"id": "a", "question": "What is a chokehold under the order?"}),
        "{not json",
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "question": "   "}),
        json.dumps(
            {"id": "e", "question": "Was it in force in March 2021?", "as_of": "2026-01-01"}
        ),
    ]
    done = run("ask", "--jsonl", given="\n".join(lines))
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [record["id"] for record in records] == ["a", None, "c", "d", "e"]
    assert [record.get("line") for record in records] == [None, 2, 3, 4, None]
    for record in (records[0], records[4]):
        jsonschema.validate(record, schema("answer"))
    for record in records[1:4]:
        jsonschema.validate(record, schema("error"))
    assert records[4]["as_of"] == "2021-03-31"  # a day in the question prevails


def test_review_lines(run: Run) -> None:
    entries = [
        {"id": 7, "text": BAN}, {"id": "b", "text": 5}, {"id": "c", "text": BAN, "state": 8},
        {"id": "d", "text": BAN, "as_of": []}, {"id": "e", "text": BAN, "state": "KS"},
    ]  # fmt: skip
    done = run("review", "--jsonl", given="\n".join(map(json.dumps, entries)))
    first, *bad, last = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 1
    assert first["id"] == "7"
    assert [entry["line"] for entry in bad] == [2, 3, 4]
    for entry in (first, last):
        jsonschema.validate(entry, schema("review"))


def test_sources_as_a_record_hold_every_quote(run: Run) -> None:
    sources = {source["id"]: source for source in json.loads(run("sources", "--json").stdout)}
    assert sources["eo-13929"]["status"] == "revoked"
    assert sources["eo-13929"]["status_by"] == {"source": "eo-14074", "pinpoint": "§ 22(b)"}
    answer = json.loads(run("ask", "Is the chokehold ban absolute?", "--json").stdout)
    cited = [c for statement in answer["statements"] for c in statement["citations"]]
    assert cited
    for citation in cited:
        texts = [
            section["text"]
            for section in sources[citation["source"]]["sections"]
            if section["pinpoint"] == citation["pinpoint"]
        ]
        assert any(citation["quote"] in text for text in texts)


def test_sources_on_another_day(run: Run) -> None:
    told = json.loads(run("sources", "--json", "--as-of", "2021-03-01").stdout)
    status = {source["id"]: source["status"] for source in told}
    assert status["eo-13929"] == "in_force"
    assert status["eo-14074"] == "not_yet_issued"


def test_a_conversation(run: Run) -> None:
    said = "Is the chokehold ban absolute?\nreview:\n" + BAN + "\n\n\n"
    done = run("chat", given=said)
    assert done.returncode == 0, done.stderr
    assert "No, with one exception" in done.stdout
    assert "This excerpt meets it" in done.stdout


def test_the_doctor_finds_a_missing_index(run: Run, model_home: Path) -> None:
    assert run("doctor").returncode == 0
    done = run("doctor", home=model_home)
    assert done.returncode == 1
    assert "safepolicing ingest" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "given", "said"),
    [
        (["ask", ""], "", "is empty"),
        (["ask", "   "], "", "is empty"),
        (["ask", "x" * 8_001], "", "8,000"),
        (["ask", "is it in force", "--as-of", "yesterday"], "", "YYYY-MM-DD"),
        (["ask", "is it in force", "--state", "Atlantis"], "", "two-letter code"),
        (["review", "-"], "", "is empty"),
        (["review", "-"], "  \n ", "is empty"),
        (["review", "-"], b"\x7fELF\x02\x01\x01\x00\x00\x01", "standard input"),
        (["review", "-"], b"caf\xe9 \xff\xfe\xfa policy text", "standard input"),
        (["review", "nothing-here.txt"], "", "There is no file"),
        (["review", "."], "", "folder"),
        (["review"], "", "Name the file"),
        (["ask", "--jsonl", "is it in force"], "", "leave yours out"),
        (["review", "--jsonl", "policy.txt"], "", "leave the files out"),
        (["review", "--jsonl", "--html", "page.html"], "", "are for one text"),
        (["ingest", "nothing-here.txt"], "", "There is no file"),
        (["ingest", "--from", "nowhere"], "", "There is no folder"),
        (["ingest", "--status", "--fetch"], "", "stands alone"),
        (["ingest", "--collection", "Not A Name", "x.txt"], "", "cannot name a collection"),
        (["ingest", "--remove", "--collection", "none"], "", "There is no collection"),
        (["serve"], "", "SLACK_BOT_TOKEN"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_sentence(
    run_here: Run, arguments: list[str], given: str | bytes, said: str
) -> None:
    done = run_here(*arguments, given=given)
    assert done.returncode == 2, done.stdout
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_missing_index_says_what_to_do_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "none"
    done = run("ask", "Is it in force?", home=home)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "safepolicing ingest" in done.stderr
    assert not home.exists()


def test_over_twenty_megabytes_is_refused(run: Run) -> None:
    done = run("review", "-", given="choke holds are prohibited. " * 800_000)
    assert done.returncode == 2
    assert "20 MB" in done.stderr


def test_an_index_of_another_model_is_refused(run: Run, real_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "other"
    release = (real_home / "current").read_text().strip()
    folder = home / "releases" / release
    folder.mkdir(parents=True)
    for path in (real_home / "releases" / release).iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "release.json").unlink()
    told = json.loads((real_home / "releases" / release / "release.json").read_text())
    (folder / "release.json").write_text(json.dumps(told | {"fingerprint": "0" * 16}))
    (home / "current").write_text(release)
    done = run("ask", "Is it in force?", home=home)
    assert done.returncode == 2
    assert "embedding model" in done.stderr
    assert "safepolicing ingest" in done.stderr


def test_the_knowledge_base_is_in_order(run: Run) -> None:
    """Every reference leads somewhere, and in the real index each statement is reached."""
    done = run("sources", "check")
    assert done.returncode == 0, done.stdout
    assert "in order" in done.stdout
    assert "E-weak" in done.stdout


def test_what_grew_old(run: Run) -> None:
    assert "No section" in run("sources", "stale", "--older-than", "9000d").stdout
    found = run("sources", "stale", "--older-than", "1", "--as-of", "2027-01-01").stdout
    assert "eo-13929#§ 2(c)(ii)" in found
    assert "state-law-ak: no statute found (recheck first)" in found
    assert run("sources", "stale", "--older-than", "long").returncode == 2


def test_a_review_as_a_page_and_a_draft_of_the_statement(run: Run, tmp_path: Path) -> None:
    whole = tmp_path / "policy.txt"
    whole.write_text(f"{BAN} All uses of force shall comply with federal, state and local law.")
    done = run("review", str(whole), "--html", "page.html", "--attestation", "draft.docx")
    assert done.returncode == 0, done.stderr
    assert "<mark" in (tmp_path / "page.html").read_text()
    assert (tmp_path / "draft.docx").read_bytes().startswith(b"PK")


def test_no_draft_of_the_statement_where_none_is_due(run: Run, tmp_path: Path) -> None:
    (tmp_path / "part.txt").write_text("Choke holds should be avoided.")
    done = run("review", "part.txt", "--attestation", "draft.docx")
    assert done.returncode == 1
    assert not (tmp_path / "draft.docx").exists()
    pasted = run("review", "-", "--attestation", "draft.docx", given=BAN)
    assert pasted.returncode == 1
    assert "pasted excerpt" in pasted.stderr


def test_a_page_that_was_not_read_is_told_and_stops_the_draft(run: Run, tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    paper = Canvas(str(tmp_path / "policy.pdf"))
    paper.drawString(40, 700, BAN)
    paper.drawString(40, 680, "All uses of force shall comply with federal, state and local law.")
    paper.showPage()
    paper.showPage()  # nothing on it, as on a scanned page
    paper.save()
    done = run("review", "policy.pdf", "--json", "--attestation", "draft.docx")
    assert done.returncode == 1
    assert "page 2 holds no text" in done.stderr
    record = json.loads(done.stdout)
    assert [one["verdict"] for one in record["findings"][:2]] == ["meets", "meets"]
    assert any("page 2 holds no text" in notice for notice in record["notices"])
    assert not (tmp_path / "draft.docx").exists()


def test_a_page_that_cannot_be_written_is_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.txt").write_text(BAN)
    done = run("review", "policy.txt", "--html", "policy.txt/page.html")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
