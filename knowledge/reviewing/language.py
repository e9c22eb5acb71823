"""Load the cues of policy English from `knowledge/data/language` and compile them.

A cue is a phrase that a policy person can read and change: `(a|b)` means either, `(x )?` maybe,
`word*` any ending, a hyphen also a space or nothing, `~3 ` up to three words in between; at the
end ` ~8` is up to eight words but no new limit, ` ~~8` up to eight words whatever they are. The
example beside a cue is run by a test.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import KnowledgeError
from knowledge.names import load_names
from knowledge.tables import read_toml, refuse_unknown

FOLDER = Path(__file__).parent.parent / "data" / "language"
SPELLING_FILE = "spelling.toml"

_TOKENS = re.compile(r"\[[^]]*\]|\\.|\^\(.*| ~~?\d+$|~\d+ ?|[*(-]")
_STOP = (
    r"(?:on|against|when|whenever|while|if|during|who|unless|except|only|where|once|until|for)\b"
)
_WORD = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of a kind, and a sentence in which it stands."""

    kind: str
    phrase: str
    example: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """What damaged text is mended with."""

    words: frozenset[str]
    known: frozenset[str]
    common: frozenset[str]
    digits: Mapping[int, str]
    lookalikes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Language:
    """Every cue, compiled by kind."""

    cues: tuple[Cue, ...]
    patterns: Mapping[str, re.Pattern[str]]
    spelling: Spelling

    def first(self, kind: str, text: str, start: int = 0) -> re.Match[str] | None:
        """The first cue of `kind` in lower-case `text`."""
        return self.patterns[kind].search(text, start)

    def has(self, kind: str, text: str) -> bool:
        """Whether a cue of `kind` stands in lower-case `text`."""
        return self.patterns[kind].search(text) is not None

    def all(self, kind: str, text: str) -> list[re.Match[str]]:
        """Every cue of `kind` in `text`, left to right, none overlapping another."""
        return list(self.patterns[kind].finditer(text))

    def blank(self, kind: str, text: str) -> str:
        """`text` with the cues of `kind` overwritten by spaces of the same length."""
        return self.patterns[kind].sub(lambda found: " " * len(found.group()), text)


def compile_phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """One pattern that finds any of the phrases as whole words."""
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_regex(p) for p in phrases)})(?![a-z0-9])")


def _regex(phrase: str) -> str:
    """The phrase as a regular expression; classes, escapes and anchored phrases stay."""
    return _TOKENS.sub(_part, phrase)


def _part(found: re.Match[str]) -> str:
    token = found.group()
    if token.startswith(" ~~"):
        return rf"(?: [^ .;:,]+){{0,{token[3:]}}}"
    if token.startswith(" ~"):
        return rf"(?: (?!{_STOP})[^ .;:,]+){{0,{token[2:]}}}"
    if token.startswith("~"):
        return rf"(?:[^ .;:]+ ){{0,{token[1:].strip()}}}"
    return {"*": "[a-z]*", "-": "[- ]?", "(": "(?:"}.get(token, token)


@lru_cache(maxsize=1)
def load_language(folder: Path = FOLDER) -> Language:
    """Read every file of `folder`. Raises `KnowledgeError` naming the file and the slip."""
    cues: list[Cue] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name != SPELLING_FILE:
            cues.extend(_read_cues(path.name, read_toml(path)))
    cues.extend(_named_holds())
    kinds = dict.fromkeys(cue.kind for cue in cues)
    patterns = {k: _compile(k, [c.phrase for c in cues if c.kind == k]) for k in kinds}
    spelling = _read_spelling(read_toml(folder / SPELLING_FILE), cues)
    return Language(tuple(cues), MappingProxyType(patterns), spelling)


def _named_holds() -> list[Cue]:
    """The official names of holds, which retrieval reads too."""
    return [
        Cue(kind, f"{name.casefold().replace(' ', '-')}s?", f"The {name} is prohibited.")
        for kind, names in load_names().holds.items()
        for name in names
    ]


def _read_cues(name: str, table: Mapping[str, object]) -> list[Cue]:
    made: list[Cue] = []
    for kind, entry in table.items():
        if not isinstance(entry, dict):
            raise KnowledgeError(f"{name}: [{kind}] must be a table with means and cues.")
        refuse_unknown(f"{name} [{kind}]", entry, {"means", "cues"})
        for row in entry.get("cues", []):
            if not (isinstance(row, list) and len(row) == 2 and all(map(_is_text, row))):
                raise KnowledgeError(f"{name} [{kind}]: a cue is a phrase and an example: {row!r}.")
            made.append(Cue(kind, row[0], row[1]))
    return made


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _compile(kind: str, phrases: list[str]) -> re.Pattern[str]:
    try:
        return compile_phrases(phrases)
    except re.error as error:
        raise KnowledgeError(f"The cues of {kind} cannot be compiled: {error}") from error


def _read_spelling(table: Mapping[str, object], cues: Sequence[Cue]) -> Spelling:
    refuse_unknown(SPELLING_FILE, table, {"spelling", "lookalikes"})
    entry = table["spelling"]
    lookalikes = table["lookalikes"]
    if not isinstance(entry, dict) or not isinstance(lookalikes, dict):
        raise KnowledgeError(f"{SPELLING_FILE}: spelling and lookalikes must be tables.")
    refuse_unknown(f"{SPELLING_FILE} [spelling]", entry, {"words", "common", "digits"})
    known = {word for cue in cues for word in _WORD.findall(cue.phrase + " " + cue.example.lower())}
    known.update(entry["words"], entry["common"])
    digits = {ord(key): value for key, value in entry["digits"].items()}
    common = frozenset(entry["common"])
    return Spelling(frozenset(entry["words"]), frozenset(known), common, digits, lookalikes)
