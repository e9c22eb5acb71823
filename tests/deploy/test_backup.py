"""Backup and restore, run for real: PostgreSQL's own tools, and an index folder."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.database import open_database
from bot.intake import Place
from bot.kept import Part
from bot.memory import Memory, Thread
from bot.operations.audit import Audit, audit_key
from bot.shelves import shared_shelves
from ingest.build import build_index
from knowledge.embedding import TransformerEmbedder
from knowledge.index import open_index
from knowledge.settings import Settings
from knowledge.sources import Knowledge
from knowledge.types import Turn
from tests.ingest.small import knowledge_of
from tests.services.postgres import program, running_postgres

DEPLOY = Path(__file__).parents[2] / "deploy"
KEY = b"k" * 32
KNOWN = knowledge_of("EO 13929 asks that chokeholds be banned.", "Force follows every law.")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="module")
def index(embedder: TransformerEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    build_index(Settings(home=home), knowledge=KNOWN, embedder=embedder)
    return home


def run(
    name: str, folder: Path, home: Path, database: str | None
) -> subprocess.CompletedProcess[str]:
    told = {"PATH": os.environ["PATH"], "HOME": str(home), "SAFEPOLICING_HOME": str(home)}
    tools = program("pg_dump")
    if database and tools:
        told |= {"DATABASE_URL": database, "PATH": f"{Path(tools).parent}:{told['PATH']}"}
    return subprocess.run(
        [str(DEPLOY / name), str(folder)], env=told, capture_output=True, text=True, timeout=120
    )


def fill(url: str, home: Path) -> str:
    """A thread, three decisions and a text for a button; the mark that the record ends with."""
    database = open_database(url)
    place = Place("T1", "C1", "1.1", "U1", direct=False)
    shared_shelves(database, KEY).parts.keep("a", Part("text", place))
    memory, thread = Memory(database, 30), Thread("T1", "C1", "1.1")
    memory.join(thread)
    memory.remember(thread, "U1", Turn("Is it in force?", "No."))
    audit = Audit(database, audit_key(None, home))
    audit.prepare()
    for number in range(3):
        audit.append("T1", "U1", {"kind": "answer", "record": str(number)})
    mark = audit.check().mark
    database.close()
    return mark


def check(url: str, home: Path, mark: str, known: Knowledge) -> None:
    """All is as it was: the thread, the record with its key, the index; but no pasted text."""
    database = open_database(url)
    assert shared_shelves(database, KEY).parts.get("a") is None
    assert not database.rows("SELECT id FROM shelf")
    assert Memory(database, 30).turns(Thread("T1", "C1", "1.1")) == (
        Turn("Is it in force?", "No."),
    )
    audit = Audit(database, audit_key(None, home))
    audit.prepare()
    checked = audit.check(mark)
    assert (checked.entries, checked.wrong) == (3, "")
    database.close()
    opened = open_index(home, knowledge=known)
    vector = opened.embedder.embed(["chokeholds"])[0]
    assert "chokeholds" in opened.store.nearest(vector, 1)[0].text.lower()
    opened.close()


def copy_of(index: Path, home: Path) -> Path:
    import shutil

    shutil.copytree(index, home)
    return home


def test_postgres_and_index_come_back(server: str, index: Path, tmp_path: Path) -> None:
    home = copy_of(index, tmp_path / "home")
    mark = fill(server, home)
    done = run("backup", tmp_path / "backup", home, server)
    assert done.returncode == 0, done.stderr
    other = server.rsplit("/", 1)[0] + "/again"
    make_database(server, "again")
    done = run("restore", tmp_path / "backup", tmp_path / "new", other)
    assert done.returncode == 0, done.stderr
    check(other, tmp_path / "new", mark, KNOWN)


def test_sqlite_and_index_come_back(index: Path, tmp_path: Path) -> None:
    home = copy_of(index, tmp_path / "home")
    mark = fill(f"sqlite:///{home / 'bot.sqlite3'}", home)
    assert run("backup", tmp_path / "backup", home, None).returncode == 0
    done = run("restore", tmp_path / "backup", tmp_path / "new", None)
    assert done.returncode == 0, done.stderr
    check(f"sqlite:///{tmp_path / 'new' / 'bot.sqlite3'}", tmp_path / "new", mark, KNOWN)


def test_a_damaged_backup_is_refused_and_nothing_is_written(index: Path, tmp_path: Path) -> None:
    home = copy_of(index, tmp_path / "home")
    run("backup", tmp_path / "backup", home, None)
    with (tmp_path / "backup" / "home.tar").open("r+b") as file:
        file.seek(600)
        file.write(b"X")
    done = run("restore", tmp_path / "backup", tmp_path / "new", None)
    assert done.returncode == 2
    assert "damaged" in done.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(index: Path, tmp_path: Path) -> None:
    home = copy_of(index, tmp_path / "home")
    assert run("backup", tmp_path / "backup", home, None).returncode == 0
    assert "not empty" in run("backup", tmp_path / "backup", home, None).stderr
    assert "in use" in run("restore", tmp_path / "backup", home, None).stderr


def make_database(server: str, name: str) -> None:
    from sqlalchemy import create_engine

    address = server.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
