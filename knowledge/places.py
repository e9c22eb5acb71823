"""States and territories by name, postal code, or the words around them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.errors import InputError
from knowledge.tables import read_toml, refuse_unknown

_FILE = Path(__file__).parent / "data" / "names" / "states.toml"
_WORDS_FILE = _FILE.with_name("state_words.toml")
_NEXT_SENTENCE = re.compile(
    r"\W*$|\s+(?:What|Who|Which|When|Where|How|Is|Are|Was|Were|Do|Does|Did|Can|Could|May|Must|"
    r"Should|Will|Would|Has|Have|We|Our|I|The)\b"
)


@lru_cache(maxsize=1)
def state_names() -> Mapping[str, str]:
    """Postal code to name, for the states, DC and the territories."""
    return MappingProxyType(read_toml(_FILE)["states"])


def place_name(code: str) -> str:
    """The name as it stands after "in": three of them take the article."""
    article = "the " if code in ("DC", "VI", "MP") else ""
    return f"{article}{state_names()[code]}"


def read_state(value: str | None) -> str | None:
    """The postal code of a state given as a code or a name. Raises: `InputError`."""
    if value is None or not value.strip():
        return None
    wanted = value.strip().casefold()
    for code, name in state_names().items():
        if wanted in (code.casefold(), name.casefold()):
            return code
    raise InputError(
        f"{value!r} is not a U.S. state or territory; use its two-letter code, for example KS."
    )


def with_state_names(text: str) -> str:
    """`text` with other ways to write a state read as its name: "Wis.", "Texan", "Pensylvania".

    A point that ends a sentence stays.
    """
    pattern, names = _other_words()

    def named(match: re.Match[str]) -> str:
        ends = match.group().endswith(".") and _NEXT_SENTENCE.match(text, match.end())
        return names[match.group().casefold()] + ("." if ends else "")

    return pattern.sub(named, text)


@lru_cache(maxsize=1)
def _other_words() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """What a state may be called beside its name; the names themselves, so that they stay whole."""
    table = _words()
    short = {word: code for code, words in table["abbreviated"].items() for word in words}
    written = {word: code for code, words in table["written"].items() for word in words}
    written |= {name.casefold(): code for code, name in state_names().items()}
    either = "|".join(map(re.escape, sorted(short, key=len, reverse=True)))
    any_case = "|".join(map(re.escape, sorted(written, key=len, reverse=True)))
    names = {word.casefold(): state_names()[code] for word, code in (written | short).items()}
    return re.compile(rf"(?<![\w.])(?:{either}|(?i:{any_case})(?!\w))"), MappingProxyType(names)


@lru_cache(maxsize=1)
def look_like_states() -> tuple[str, ...]:
    """Words that nearly are a state's name and mean something else."""
    return tuple(_words()["none"])


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    table = read_toml(_WORDS_FILE)
    refuse_unknown(_WORDS_FILE.name, table, {"abbreviated", "written", "none"})
    return table


def states_in(text: str) -> tuple[str, ...]:
    """Codes of the states that `text` names, in order of appearance, each once.

    A full name counts anywhere but in the name of a county or of a city elsewhere ("Washington
    County", "Kansas City"); a two-letter code only in capitals and where it cannot be an ordinary
    word ("IN", "OR", "ME", "OK", "HI" need a comma or a place before them), and in small letters
    only where it shows as a place ("in tx").
    """
    text = _elsewhere().sub(lambda match: " " * len(match.group(0)), text)
    found: dict[str, int] = {}
    for match in _name_pattern().finditer(text):
        found.setdefault(_code_of(match.group(0)), match.start())
    for match in re.finditer(r"(?<![\w.-])[A-Z]{2}(?![\w-])", text):
        code = match.group(0)
        if code in state_names() and _reads_as_code(text, match):
            found.setdefault(code, match.start())
    for match in _SMALL_CODE.finditer(text):
        code = (match.group("after") or match.group("before")).upper()
        if code in state_names() and code not in _WORDS:
            found.setdefault(code, match.start())
    return tuple(sorted(found, key=lambda code: found[code]))


@lru_cache(maxsize=1)
def _name_pattern() -> re.Pattern[str]:
    names = sorted(state_names().values(), key=len, reverse=True)
    capital = r"Washington,?\s+D\.?\s?C\b|D\.C\.|NYC\b"
    return re.compile(rf"\b(?:{capital}|(?:{'|'.join(map(re.escape, names))})\b)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """Places that carry a state's name and lie in another, or may; and cases named after one."""
    names = "|".join(map(re.escape, state_names().values()))
    at_home = r"(?!(?:Oklahoma|Iowa|New York) City\b)"
    place, case = r"(?:County|Parish|Township|City)\b", rf"v\.? (?!(?:{names})\b)"
    return re.compile(rf"\b{at_home}(?:{names}) (?:{place}|{case})", re.IGNORECASE)


def _code_of(name: str) -> str:
    wanted = name.casefold()
    codes = (code for code, full in state_names().items() if full.casefold() == wanted)
    return next(codes, "NY" if wanted == "nyc" else "DC")


# In small letters a code counts only beside a word that shows it to be a place: "in nj", "nj pd".
_SMALL_CODE = re.compile(
    r"\b(?:in|from) (?P<after>[a-z]{2})\b(?![\w'])"
    r"|\b(?P<before>[a-z]{2}) (?:pd|police|agency|agencies|departments?|sheriff\w*)\b"
)
_WORDS = frozenset(
    {"IN", "OR", "ME", "OK", "HI", "OH", "PA", "MA", "AS", "ID", "DE", "CO", "AL", "LA"}
)


def _reads_as_code(text: str, match: re.Match[str]) -> bool:
    code = match.group(0)
    if code not in _WORDS:
        return True
    if text.isupper():  # somebody shouting: a capital pair proves nothing
        return False
    before = text[: match.start()].rstrip()
    return before.endswith((",", "(")) or bool(re.search(r"\b(?:in|for|from|of|is)$", before))
