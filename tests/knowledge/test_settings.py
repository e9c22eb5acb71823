"""The settings, as they come out of the environment and of `.env`."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import read_settings as read_bot_settings
from knowledge.errors import SettingsError
from knowledge.settings import read_settings


@pytest.fixture(autouse=True)
def _empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEPOLICING_HOME", raising=False)


def test_a_tilde_in_the_file_is_the_same_folder_for_every_door(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SAFEPOLICING_HOME=~/index\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_settings().home == read_bot_settings().home == tmp_path / "index"


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEPOLICING_LLM_TIMEOUT", "soon")
    with pytest.raises(SettingsError, match="SAFEPOLICING_LLM_TIMEOUT cannot be used"):
        read_settings()
