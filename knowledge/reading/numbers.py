"""Letters and Roman numerals as legal texts count with them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def as_letters(value: int) -> str:
    """1 is a, 26 is z, 27 is aa, 53 is aaa: the letter doubled, as orders and Word count."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def as_roman(value: int) -> str:
    """Lower case Roman numerals of a number from 1 up."""
    shown = ""
    for amount, sign in _ROMAN:
        shown += sign * (value // amount)
        value %= amount
    return shown
