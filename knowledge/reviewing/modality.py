"""Find the words that rule a sentence, and whether a denial turns them round."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.reviewing.language import load_language

_DENIAL = re.compile(r"\b(?:not|never|no longer|nor|neither|isn't|aren't)(?= |$)|\bno(?= $)")
_AFTER = re.compile(
    r"^(?:,? (?:at|in|under|for|by|ever|also|hereby|therefore|,))?,? ?"
    r"(?:not\b|never\b|neither\b|"
    r"no (?:time|circumstances?|conditions?|case|event|situation|longer|way|reason)\b)"
)
_INVERTED = re.compile(
    r"^(?: (?!(?:who|whom|whose|that|which|if|when|where|do|does|did|is|are)\b)[a-z'-]+){1,6}"
    r" (?:not|never) "
)
_SUBJECT_NO = re.compile(r"\b(?:nothing|nobody|no one|none|neither|nor)\b")
_NO_NOUN = re.compile(r"\bno (?:[a-z'-]+ ){0,4}?(?P<noun>[a-z'-]+)")
_NEITHER = re.compile(r"\bneither\b")
_ALIKE = re.compile(r",? ?(?:[a-z]+,? ?){0,3}\b(?:or|nor) (?:[a-z]+ )?")
_STRAY = re.compile(r"\b(?:not|never|without|no)\b")
_FILLERS = 7  # words at most between a denial and what it denies


@dataclass(frozen=True, slots=True)
class Head:
    """A ruling word: `allows` after all denials are counted; `odd` when a denial is unclear."""

    start: int
    end: int
    kind: str
    allows: bool
    odd: bool
    negated: bool


def find_heads(text: str) -> list[Head]:
    """The ruling words of a sentence in order; modal and status words together are one."""
    language = load_language()
    plain = language.blank("pseudo-ruling", language.blank("pseudo-negator", text))
    found = [
        (m.start(), m.end(), kind)
        for kind in ("modal", "ban", "leave")
        for m in language.all(kind, plain)
    ]
    found.sort()
    heads: list[Head] = []
    last = 0
    for place, (start, end, kind) in enumerate(found):
        if start < last:
            continue
        after = found[place + 1] if place + 1 < len(found) else None
        if kind == "modal" and after and after[2] != "modal" and _goes_with(plain[end : after[0]]):
            continue
        begin = _group_start(found, place, plain, last)
        head = _head(plain, (begin, start, end, kind), last)
        heads.append(_shared(heads[-1], head, plain) if heads else head)
        last = end
    return heads


def _shared(before: Head, head: Head, text: str) -> Head:
    """A denial goes on over verbs joined by "or": "does not authorize, train or condone"."""
    alike = head.kind != "modal" and not head.negated and before.negated
    if alike and _ALIKE.fullmatch(text[before.end : head.start]):
        return replace(head, allows=head.kind == "ban", odd=False, negated=True)
    return head


def _group_start(found: list[tuple[int, int, str]], place: int, text: str, last: int) -> int:
    """Where the modal before a status word begins, when the two belong together."""
    if place and found[place][2] != "modal":
        start, end, kind = found[place - 1]
        if kind == "modal" and start >= last and _goes_with(text[end : found[place][0]]):
            return start
    return found[place][0]


def _head(text: str, span: tuple[int, int, int, str], last: int) -> Head:
    begin, start, end, kind = span
    before = text[last:begin]
    beside = _beside(before) if begin == start else None
    rest = before if beside is None else before[:beside]
    if beside is not None and before.startswith("nor", beside):
        rest = _NEITHER.sub(" ", rest)
    count, odd = _count_before(rest)
    if begin < start:
        count += len(
            re.findall(
                r"\b(?:not|never)\b|n't|cannot|no (?:time|circum|case|event|longer)",
                text[begin:start],
            )
        )
    elif beside is not None:
        count += 1
        odd = False
    if re.search(r"n't\b|\b(?:not|never)\b|cannot", text[start:end]):
        count += 1
    if kind == "modal" and (
        _AFTER.match(text[end : end + 40]) or _INVERTED.match(text[end : end + 60])
    ):
        count += 1
        odd = False
    denied = count % 2 == 1
    allows = denied if kind == "ban" else not denied
    return Head(begin, end, kind, allows, odd, denied)


def _count_before(before: str) -> tuple[int, bool]:
    """Denials in the subject ("no officer", "nothing in this section"), and whether one is odd."""
    count = 0
    odd = False
    rest = load_language().blank("never-at-all", before)
    if rest != before:
        count += 1
    if _SUBJECT_NO.search(rest):
        count += 1
    else:
        found = _NO_NOUN.search(rest)
        if found:
            good = _names_actor_or_hold(rest[found.start() + 3 :])
            count += good
            odd = not good
    if not count and not odd:
        odd = _STRAY.search(rest) is not None
    return count, odd


def _names_actor_or_hold(words: str) -> bool:
    language = load_language()
    first = words.split()[:3]
    return any(
        language.patterns["deniable"].match(w)
        or language.patterns["actor"].fullmatch(w.strip(",."))
        for w in first
    )


def _beside(before: str) -> int | None:
    """Where the denial begins that stands beside the next word, only small words between."""
    found = list(_DENIAL.finditer(before))
    if not found:
        return None
    words = before[found[-1].end() :].replace(",", " ").split()
    return found[-1].start() if len(words) <= _FILLERS and _all("filler", words) else None


def _goes_with(gap: str) -> bool:
    return _all("between", gap.replace(",", " ").split())


def _all(kind: str, words: list[str]) -> bool:
    pattern = load_language().patterns[kind]
    return all(pattern.fullmatch(word) for word in words)
