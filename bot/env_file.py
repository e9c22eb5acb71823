"""Every setting in one file: `.env.example` is made of the settings classes.

`make env` writes it anew; a test holds the two together.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator

from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from bot.settings import BotSettings
from knowledge.settings import Settings

_HEAD = (
    "Every setting, with its default. Copy this file to .env and change what you need; a variable",
    "of the environment prevails over the file. Nothing has to be set for the terminal.",
)


def env_text() -> str:
    """The text of `.env.example`."""
    lines = [f"# {line}" for line in _HEAD]
    told: set[str] = set()
    for title, settings in (("Both engines", Settings), ("The Slack bot", BotSettings)):
        lines += ["", f"# --- {title} ---"]
        for name, field in _fields(settings):
            if name not in told:  # both read the home folder
                lines += ["", *_entry(name, field)]
            told.add(name)
    return "\n".join(lines) + "\n"


def _fields(settings: type[BaseSettings]) -> Iterator[tuple[str, FieldInfo]]:
    prefix = settings.model_config.get("env_prefix", "")
    for key, field in settings.model_fields.items():
        alias = field.validation_alias
        named = str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"{prefix}{key}"
        yield named.upper(), field


def _entry(name: str, field: FieldInfo) -> list[str]:
    told = textwrap.wrap(field.description or "", width=96)
    default = "~/.safepolicing" if name == "SAFEPOLICING_HOME" else field.get_default()
    return [*(f"# {line}" for line in told), f"# {name}={'' if default is None else default}"]


if __name__ == "__main__":
    sys.stdout.write(env_text())
