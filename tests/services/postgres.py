"""A PostgreSQL of our own: Debian's programs, an empty cluster on loopback, gone afterwards."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services.free_port import free_port

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def program(name: str) -> str | None:
    """Where a program of PostgreSQL lies, or None."""
    found = next((folder / name for folder in FOLDERS if (folder / name).exists()), None)
    return str(found) if found else shutil.which(name)


@contextmanager
def running_postgres() -> Iterator[str]:
    """The address of an empty database; skips, with the reason, where PostgreSQL is absent."""
    if not program("initdb") or not program("pg_ctl"):
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("the package psycopg is not installed (safepolicing[postgres])")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    port = free_port()
    try:
        folder.chmod(0o777)
        data = str(folder / "data")
        _run("initdb", "-D", data, "-U", "bot", "--auth=trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
        _run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://bot@127.0.0.1:{port}/postgres"
        finally:
            _run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *arguments: str) -> None:
    """PostgreSQL refuses to run as root, so then it runs as the user that Debian made for it."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_user, str(program(name)), *arguments]
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
