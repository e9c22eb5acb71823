"""What a reader of the review should be told beside the findings. Notices hold no legal fact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.language import load_language
from knowledge.reviewing.wording import load_wording

SHORT = 5  # words; an excerpt with fewer and no rule is too short to judge

_INVISIBLE = re.compile(r"(?<=\w)[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u034f\u00ad](?=\w)")
_TAG = re.compile(
    r"<!--|</?[a-zA-Z][^<>]{0,200}>|^\s{0,40}\[[^\]\n]{1,40}\]:\s{0,40}(?:#|<>)", re.M
)
_RECORD = re.compile(r"[{\[]\s*\"\w+\"\s*:")
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 100_000  # characters looked at for the language; a manual's start is enough
OTHER = 2  # words of another language that tell it, where fewer are English
FEW = 6  # words; fewer tell no language, only an alphabet


def notices_of(text: str, units: Sequence[Unit], readings: Sequence[Reading]) -> tuple[str, ...]:
    """The notices, the general limit last."""
    say = load_wording().notice
    keys = [*_attacks(text, units), *_kind_of_text(text, units)]
    if any(reading.object == "bloodflow" for reading in readings):
        keys.append("bloodflow")
    return tuple(say[key] for key in (*keys, "limit"))


def _kind_of_text(text: str, units: Sequence[Unit]) -> list[str]:
    if is_foreign(text):
        return ["foreign"]
    if is_short(text):
        return ["short"]
    return [] if any(load_language().has("policy", unit.text) for unit in units) else ["no_policy"]


def _attacks(text: str, units: Sequence[Unit]) -> list[str]:
    language = load_language()
    signs = {
        "instruction": any(language.has("instruction", unit.text) for unit in units),
        "invisible": _INVISIBLE.search(text) is not None,
        "lookalike": has_lookalikes(text),
        "markup": _TAG.search(text) is not None or _RECORD.search(text) is not None,
    }
    return [key for key, found in signs.items() if found]


def has_lookalikes(text: str) -> bool:
    """Whether a word mixes Latin letters with look-alikes of another alphabet."""
    if text.isascii():
        return False
    lookalikes = load_language().spelling.lookalikes
    for found in _WORDS.finditer(text):
        word = found.group()
        if (
            not word.isascii()
            and any(c in lookalikes for c in word)
            and any(c.isascii() for c in word)
        ):
            return True
    return False


def is_foreign(text: str) -> bool:
    """Whether hardly any word of the excerpt is one of the small words of English."""
    start = _seen(text[:_SAMPLE])
    words = _WORDS.findall(start)
    language = load_language()
    other = len(language.all("other-language", start))
    english = len(language.all("english", start))
    if other >= OTHER and other > english:
        return True
    if len(words) < FEW:
        return bool(words) and not any("LATIN" in unicodedata.name(w[0], "LATIN") for w in words)
    return english / len(words) < 0.08 and not any(word.startswith("choke") for word in words)


def _seen(text: str) -> str:
    """The words as a reader sees them: no invisible characters, wide letters plain, one line."""
    return " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower().split())


def is_short(text: str) -> bool:
    """Whether there are too few words to judge anything."""
    start = _seen(text[:400])
    words = _WORDS.findall(start)
    language = load_language()
    ruled = any(language.has(kind, start) for kind in ("modal", "ban", "leave", "advice"))
    return len(words) < SHORT and not ruled
