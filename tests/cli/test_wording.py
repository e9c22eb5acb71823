"""Every sentence of the command line is used, and every one that is used is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

BOT = Path(__file__).parents[2] / "bot"
QUOTED = re.compile(r"[\"'](\w+)[\"']")


def test_the_file_and_its_use_agree() -> None:
    told = set(tomllib.loads((BOT / "data" / "terminal.toml").read_text(encoding="utf-8")))
    code = [BOT / "doctor.py", *(BOT / "terminal").glob("*.py"), *(BOT / "commands").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in code)
    asked = set(re.findall(r"(?<![.\w])say\(\s*[\"'](\w+)[\"']", text))
    assert asked <= told
    assert told <= set(QUOTED.findall(text))
