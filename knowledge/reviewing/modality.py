"""Find the words that rule a sentence, and whether a denial turns them round."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.reviewing.language import load_language

_FILL = (
    r"(?:be|been|being|to|is|are|was|hereby|ever|at|any|time|times|intended|meant|construed|interpreted|read|"
    r"an?|the|currently|in|considered|deemed|as|strictly|expressly|specifically|itself|,|only|because|from|"
    r"understood|taken|designed|way|by|this|policy|department|agency|sense|yet|under|circumstances|generally)"
)
_ADJACENT = re.compile(rf"\b(?:not|never|no longer|nor|neither|isn't|aren't)(?: {_FILL}){{0,7}} ?$")
_AFTER = re.compile(
    r"^(?:,? (?:at|in|under|for|by|ever|also|hereby|therefore|,))?,? ?"
    r"(?:not\b|never\b|no (?:time|circumstances?|conditions?|case|event|situation|longer|way|reason)\b)"
)
_INVERTED = re.compile(r"^(?: [a-z'-]+){1,6} (?:not|never) ")
_SUBJECT_NO = re.compile(r"\b(?:nothing|nobody|no one|none|neither|nor)\b")
_NO_NOUN = re.compile(r"\bno (?:[a-z'-]+ ){0,4}?(?P<noun>[a-z'-]+)")
_FRONTED = re.compile(
    r"\b(?:(?:under|in|at|for) no (?:circumstances?|conditions?|case|event|time|situations?|reason|point|way)|never)\b"
)
_HOLDS = re.compile(
    r"^(?:chok|strang|hold|neck|technique|maneuver|form|type|use|application|situation|circumstance|case|"
    r"reason|instance|time|event|occasion|exception|condition|respiratory|sleeper|airway|restraint|one|person|"
    r"tactic|kind|force|warning|firearm|shot|weapon|vehicle|no-knock|pressure|throat|such|sworn|probationary)"
)
_STRAY = re.compile(r"\b(?:not|never|without|no)\b")
_MERGE = re.compile(
    r"^(?:,? (?:not|never|be|been|only|strictly|hereby|at|no|time|under|any|circumstances?|in|case|event|considered|deemed|otherwise|expressly|generally|also|always|to|specifically|an?|longer))*,? ?$"
)


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
    """The ruling words of a sentence in order; modal and status words that belong together are one."""
    language = load_language()
    plain = language.blank("pseudo-negator", text)
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
        if (
            kind == "modal"
            and after
            and after[2] != "modal"
            and _MERGE.match(plain[end : after[0]])
        ):
            continue
        begin = _group_start(found, place, plain, last)
        heads.append(_head(plain, (begin, start, end, kind), last))
        last = end
    return heads


def _group_start(found: list[tuple[int, int, str]], place: int, text: str, last: int) -> int:
    """Where the modal before a status word begins, when the two belong together."""
    if place and found[place][2] != "modal":
        start, end, kind = found[place - 1]
        if kind == "modal" and start >= last and _MERGE.match(text[end : found[place][0]]):
            return start
    return found[place][0]


def _head(text: str, span: tuple[int, int, int, str], last: int) -> Head:
    begin, start, end, kind = span
    before = text[last:begin]
    beside = _ADJACENT.search(before) if begin == start else None
    count, odd = _count_before(before[: beside.start()] if beside else before)
    if begin < start:
        count += len(
            re.findall(
                r"\b(?:not|never)\b|n't|cannot|no (?:time|circum|case|event|longer)",
                text[begin:start],
            )
        )
    elif beside:
        count += 1
        odd = False
    if re.search(r"n't\b|\bnot\b|cannot", text[start:end]):
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
    rest = _FRONTED.sub(lambda f: " " * len(f.group()), before)
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
        _HOLDS.match(w) or language.patterns["actor"].fullmatch(w.strip(",.")) for w in first
    )
