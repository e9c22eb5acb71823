"""The terminal: as wide as it is, in color where it can, never given a control code."""

from __future__ import annotations

import sys
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDEST = 100  # columns; longer lines are hard to read


@lru_cache(maxsize=1)
def open_screen() -> Console:
    """A console on standard output."""
    from rich.console import Console

    screen = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if screen.width > WIDEST:
        screen.width = WIDEST
    return screen


def plain(text: str) -> str:
    """`text` without what could steer a terminal: control codes and invisible marks."""
    return "".join(char if _harmless(char) else "\ufffd" for char in text)


def styled(text: str, style: str = "") -> Text:
    """Harmless text in one style."""
    from rich.text import Text

    return Text(plain(text), style=style)


def print_indented(text: str, style: str = "", *, by: int = 4) -> None:
    """`text` is on standard output, every line of it indented."""
    from rich.padding import Padding

    open_screen().print(Padding(styled(text, style), (0, 0, 0, by), expand=False))


def _harmless(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
