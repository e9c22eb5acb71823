"""What a reader of the review should be told beside the findings. Notices hold no legal fact."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.holds import Reading
from knowledge.reviewing.language import load_language

SHORT = 5  # words; an excerpt with fewer and no rule is too short to judge

_INVISIBLE = re.compile(r"(?<=\w)[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u034f\u00ad](?=\w)")
_TAG = re.compile(r"<!--|</?[a-zA-Z][^<>]{0,200}>")
_RECORD = re.compile(r"[{\[]\s*\"\w+\"\s*:")
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # words looked at for the language; the start of a manual is enough


def notices_of(text: str, units: Sequence[Unit], readings: Sequence[Reading]) -> tuple[str, ...]:
    """The notices, the general limit last."""
    made = list(_attacks(text, units))
    if is_foreign(text):
        made.append("Most of this excerpt is not in English; only English sentences were judged.")
    elif not any(load_language().has("policy", unit.text) for unit in units):
        made.append(
            "This excerpt does not read like a policy on force; paste the policy text itself."
        )
    if _blood_left(readings):
        made.append(
            "This excerpt also speaks of neck holds on blood flow, which this standard's words leave "
            "out; state law may be stricter, so have counsel check."
        )
    made.append("This is a check of an excerpt, not of the whole policy, and not legal advice.")
    return tuple(made)


def _attacks(text: str, units: Sequence[Unit]) -> list[str]:
    made: list[str] = []
    language = load_language()
    if any(language.has("instruction", unit.text) for unit in units):
        made.append(
            "This excerpt contains words that tell the reader what to answer; they were not obeyed "
            "and changed nothing."
        )
    if _INVISIBLE.search(text):
        made.append("This excerpt contains invisible characters inside words; they were left out.")
    if has_lookalikes(text):
        made.append(
            "This excerpt mixes letters of another alphabet into words; they were read as they look."
        )
    if _TAG.search(text) or _RECORD.search(text):
        made.append("This excerpt contains markup or data; only its words were read.")
    return made


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
    words = [
        word.lower()
        for word, _ in zip((m.group() for m in _WORDS.finditer(text)), range(_SAMPLE), strict=False)
    ]
    if len(words) < 6:
        return bool(words) and not any("LATIN" in unicodedata.name(w[0], "LATIN") for w in words)
    english = sum(word in _ENGLISH for word in words)
    return english / len(words) < 0.08 and not any(word.startswith("choke") for word in words)


def is_short(text: str) -> bool:
    """Whether there are too few words to judge anything."""
    words = _WORDS.findall(text[:400])
    language = load_language()
    ruled = any(
        language.has(kind, text[:400].lower()) for kind in ("modal", "ban", "leave", "advice")
    )
    return len(words) < SHORT and not ruled


def _blood_left(readings: Sequence[Reading]) -> bool:
    return any(r.object == "bloodflow" for r in readings)


_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be", "by", "on", "not", "he", "his", "but", "at", "are", "this", "have", "from", "or", "had", "an", "they", "which", "one", "you", "were", "all", "her", "she", "there", "would", "their", "we", "him", "been", "has", "when", "who", "will", "no", "more", "if", "out", "so", "shall", "may", "must", "can", "any", "other", "than", "its", "only", "should", "officers", "officer", "force", "use", "prohibited", "policy", "members", "member", "department", "under", "against", "banned", "allowed", "authorized", "permitted", "forbidden", "never", "unless", "except", "deadly", "person"]
)
