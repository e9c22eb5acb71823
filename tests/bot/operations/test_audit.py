"""The audit record: it hangs together, it holds no content, and whoever tampers is noticed."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.database import Database, open_database
from bot.operations.audit import Audit, audit_key
from knowledge.errors import SettingsError
from knowledge.requests import read_excerpt, read_question
from tests.bot.small import SmallAdvisor

ROOT = Path(__file__).parents[3]
KEY = b"0123456789abcdef0123456789abcdef"
SECRET = "Sergeant Miller of Elm Ridge"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def audit(database: Database) -> Audit:
    """Three decisions: an answer, a refusal and a review."""
    made = Audit(database, KEY)
    made.prepare()
    advisor = SmallAdvisor()
    for text in (f"What of {SECRET}?", f"unclear {SECRET}"):
        made.answered("T1", "U1", advisor.answer(read_question(text, release="r")))
    made.reviewed("T1", "U2", advisor.review(read_excerpt(f"{SECRET} may use it", release="r")))
    return made


def tamper(tmp_path: Path, sql: str) -> None:
    """What somebody does who can write the file: triggers do not hold that person."""
    connection = sqlite3.connect(tmp_path / "bot.sqlite3")
    connection.execute("DROP TRIGGER audit_UPDATE")
    connection.execute("DROP TRIGGER audit_DELETE")
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_decisions_are_on_record_with_their_evidence(audit: Audit) -> None:
    answer, refusal, review = (json.loads(entry) for _, entry, _, _ in audit.entries())
    assert answer["decision"] == {"answered": True, "abstention": None}
    assert answer["evidence"] == ["eo-13929#§ 2(b)(ii)", "eo-14074#§ 22(b)"]
    assert refusal["decision"] == {"answered": False, "abstention": "ambiguous"}
    assert review["decision"]["chokeholds"] == "partial"
    assert len(review["decision"]) == 14
    assert review["evidence"] == ["chokeholds:0-20"]
    assert answer["release"] == "test-release"


def test_no_word_and_no_name_is_on_record(audit: Audit, tmp_path: Path) -> None:
    told = [json.loads(entry) for _, entry, _, _ in audit.entries()]
    assert all(entry.pop("at") for entry in told), "of ten o'clock the time would hold a T1"
    entries = json.dumps(told)
    for word in ("Miller", "Elm Ridge", "U1", "U2", "T1"):
        assert word not in entries
    assert b"Miller" not in (tmp_path / "bot.sqlite3").read_bytes()


def test_the_same_person_has_the_same_mark_and_another_another(audit: Audit) -> None:
    first, second, third = (json.loads(entry)["who"] for _, entry, _, _ in audit.entries())
    assert first == second != third


def test_a_whole_record_is_called_whole(audit: Audit) -> None:
    checked = audit.check()
    assert (checked.entries, checked.wrong) == (3, "")
    assert audit.check(checked.mark).wrong == ""


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE audit SET entry = replace(entry, 'partial', 'meets') WHERE number = 3", "entry 3"),
        ("DELETE FROM audit WHERE number = 2", "entry 2 is missing"),
        ("UPDATE audit SET number = number + 1 WHERE number = 3", "entry 3 is missing"),
        ("UPDATE audit SET prior = mark WHERE number = 2", "entry 2"),
    ],
)
def test_a_change_is_noticed(audit: Audit, tmp_path: Path, sql: str, told: str) -> None:
    tamper(tmp_path, sql)
    assert told in audit.check().wrong


def test_entries_cut_off_at_the_end_are_noticed_by_the_mark_noted_before(
    audit: Audit, tmp_path: Path
) -> None:
    noted = audit.check().mark
    tamper(tmp_path, "DELETE FROM audit WHERE number = 3")
    assert audit.check().wrong == ""
    assert "--head" in audit.check(noted).wrong


def test_many_writers_make_one_chain(database: Database, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.sqlite3'}"
    audits = [Audit(open_database(url), KEY) for _ in range(3)]
    audits[0].prepare()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(_append_ten, audits))
    checked = audits[0].check()
    assert (checked.entries, checked.wrong) == (30, "")


def _append_ten(audit: Audit) -> None:
    for number in range(10):
        audit.append("T", "U", {"kind": "answer", "record": str(number)})


def test_another_key_is_refused(audit: Audit, database: Database) -> None:
    with pytest.raises(SettingsError, match="SAFEPOLICING_AUDIT_KEY"):
        Audit(database, b"x" * 32).prepare()


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = audit_key(None, tmp_path)
    assert audit_key(None, tmp_path) == first
    assert len(first) == 64
    assert stat.S_IMODE(os.stat(tmp_path / "audit.key").st_mode) == 0o600
    assert audit_key("k" * 32, tmp_path) == b"k" * 32
    with pytest.raises(SettingsError, match="shorter than 32"):
        audit_key("short", tmp_path)


def test_the_command_says_whether_the_record_is_whole(audit: Audit, tmp_path: Path) -> None:
    whole = _command(tmp_path, "verify")
    assert (whole.returncode, whole.stdout.split()[0]) == (0, "3")
    mark = whole.stdout.split()[-1]
    assert _command(tmp_path, "verify", "--head", mark).returncode == 0
    exported = _command(tmp_path, "export").stdout.splitlines()
    assert [json.loads(line)["number"] for line in exported] == [1, 2, 3]
    tamper(tmp_path, "UPDATE audit SET entry = '{}' WHERE number = 2")
    broken = _command(tmp_path, "verify")
    assert broken.returncode == 1
    assert "entry 2" in broken.stdout


def _command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SAFEPOLICING_HOME": str(home),
        "SAFEPOLICING_AUDIT_KEY": KEY.decode(),
    }
    return subprocess.run(
        [sys.executable, "-m", "bot", "audit", *arguments],
        capture_output=True, text=True, env=environment, cwd=home, timeout=60, check=False,
    )  # fmt: skip
