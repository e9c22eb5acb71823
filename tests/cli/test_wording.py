"""Every sentence of a wording file is used, and every one that is used is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

BOT = Path(__file__).parents[2] / "bot"
QUOTED = re.compile(r"[\"'](\w+)[\"']")


@pytest.mark.parametrize(
    ("file", "code", "call"),
    [
        ("terminal.toml", ("doctor.py", "terminal/*.py", "commands/*.py"), "say"),
        ("packet.toml", ("packet/*.py", "commands/packet.py"), "say|packet_words"),
        ("compare.toml", ("compare/*.py",), "say"),
    ],
)
def test_the_file_and_its_use_agree(file: str, code: tuple[str, ...], call: str) -> None:
    told = set(tomllib.loads((BOT / "data" / file).read_text(encoding="utf-8")))
    paths = [path for pattern in code for path in BOT.glob(pattern)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    asked = set(re.findall(rf"(?<![.\w])(?:{call})\(\s*[\"'](\w+)[\"']", text))
    assert asked, "nothing is said"
    assert asked <= told
    assert told <= set(QUOTED.findall(text))
