"""Every setting is documented, in one file."""

from __future__ import annotations

from pathlib import Path

from bot.env_file import env_text

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_is_what_the_settings_say() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == env_text()


def test_every_setting_tells_what_it_is() -> None:
    lines = env_text().splitlines()
    settings = [n for n, line in enumerate(lines) if line.startswith("# ") and "=" in line]
    assert len(settings) > 15
    for number in settings:
        assert lines[number - 1].startswith("# "), lines[number]
