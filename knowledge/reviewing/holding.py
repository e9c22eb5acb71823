"""Tell what a ruling says about a hold: ban, permission, advice, or no more than a mention."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.reviewing.clauses import Unit
from knowledge.reviewing.exceptions import Carve, Width, width_of
from knowledge.reviewing.governing import Ruling, Sense
from knowledge.reviewing.language import load_language
from knowledge.reviewing.mentions import Mention
from knowledge.reviewing.modality import find_heads
from knowledge.reviewing.scope import Reach, reach_of_subject, reach_of_tail

_DUE = ("shall", "must", "will")  # before a bare "it" these say what is due, not what is allowed
NARROWING = 40  # characters about the hold in which a word of degree narrows it
ADJECTIVES = 3  # words before the hold among which an adjective may narrow it


def judge_mention(
    unit: Unit, text: str, mention: Mention, rule: Ruling, exceptions: Sequence[Carve]
) -> tuple[str, list[tuple[int, int, str]]]:
    from_status = rule.sense in (Sense.NONE, Sense.UNREAD) and rule.head is None
    if from_status:
        return _without_head(unit, text, mention, exceptions)
    if rule.sense is Sense.DUTY:
        return "duty", []
    if rule.sense is Sense.UNREAD and load_language().has("advice", text):
        return "advice", [(0, len(text), "rule")]
    if rule.sense in (Sense.UNREAD, Sense.NONE) or rule.head is None:
        return ("unread" if rule.sense is Sense.UNREAD else "mention"), [(0, len(text), "rule")]
    span = (min(rule.head.start, mention.start), max(rule.head.end, mention.end), "rule")
    spans = [span] + [(e.start, e.end, "exception") for e in exceptions]
    rest = main_text(text, exceptions)
    language = load_language()
    if rule.sense is Sense.LEAVE:
        return ("unread" if rule.odd else _left(rest, text, mention, rule, exceptions)), spans
    if language.has("advice", rest[: max(span[1], 0)]) or language.has("hedge", rest):
        return "advice", spans
    if rule.odd:
        return "unread", spans
    return _banned(rest, text, mention, rule, exceptions), spans


def main_text(text: str, exceptions: Sequence[Carve]) -> str:
    """The clause with its exceptions blank; the words "only when" stay."""
    for each in exceptions:
        start = each.content if each.only else each.start
        text = text[:start] + " " * (each.end - start) + text[each.end :]
    return text


def _left(rest: str, text: str, mention: Mention, rule: Ruling, exceptions: Sequence[Carve]) -> str:
    """A permission: harmless only when it is bound to lawful deadly force."""
    head = rule.head
    if head is None:
        return "permit"
    if mention.bare and not rule.passive and rest[head.start : head.end] in _DUE:
        return "mention"
    near = rest[mention.start :] if rule.passive else rest[head.start : mention.end + 40]
    if head.kind == "modal" and not head.negated and load_language().has("advice", near):
        return "advice"
    if any(e.only for e in exceptions):
        return _only([width_of(text[e.content : e.end]) for e in exceptions if e.only])
    tail = text[max(mention.end, head.end) :]
    if (mention.bare or rule.passive) and width_of(tail) is Width.NO_FORCE:
        return "mention"
    if exceptions:
        return "permit"
    return "permit-equal" if width_of(tail) is Width.EQUAL and tail.strip(" .") else "permit"


def _only(widths: Sequence[Width]) -> str:
    if Width.WIDE in widths:
        return "permit"
    return "only-equal" if set(widths) == {Width.EQUAL} else "permit-unknown"


def _banned(
    rest: str, text: str, mention: Mention, rule: Ruling, exceptions: Sequence[Carve]
) -> str:
    head = rule.head
    if head is None:
        return "unread"
    if any(_only_some(text, e, head.end) for e in exceptions):
        return "limited"
    widths = {width_of(text[e.content : e.end]) for e in exceptions} - {Width.NO_FORCE}
    if Width.WIDE in widths:
        return "ban-wide"
    if Width.UNKNOWN in widths:
        return "ban-unknown"
    if load_language().has("adjective-limit", _just_before(rest, mention.start)):
        return "limited"
    if is_narrowed(rest, mention):
        return "limited"
    below = load_language().blank("below-deadly", rest)
    if below != rest:
        widths.add(Width.EQUAL)
    reach = _reach(below, mention, rule)
    if reach is Reach.SOME:
        return "limited"
    if reach is Reach.UNKNOWN:
        return "unread"
    return "ban-equal" if widths else "ban"


def is_narrowed(text: str, mention: Mention) -> bool:
    """Whether only one variety is banned, or only from some degree on, or with some purpose."""
    language = load_language()
    if mention.object == "generic":
        return False
    if any(
        f.start() <= mention.start and mention.end <= f.end() for f in language.all("variety", text)
    ):
        return True
    if language.has("degree", text[max(0, mention.start - NARROWING) : mention.end + NARROWING]):
        return True
    if language.has("hold-name", text[mention.start : mention.end]):
        return False
    return language.has("purpose", text) and not language.has("purpose-or-effect", text)


def _only_some(text: str, each: Carve, head_end: int) -> bool:
    """Whether "only" narrows the ban itself ("shall not be used solely to ...")."""
    between = text[head_end : each.start]
    wide = width_of(text[each.content : each.end]) is not Width.EQUAL
    return each.only and wide and head_end <= each.start and not find_heads(between)


def _just_before(text: str, start: int) -> str:
    """The last words before `start` that no comma parts from it."""
    return " ".join(re.split(r"[,;:]", text[:start])[-1].split()[-ADJECTIVES:])


def _reach(rest: str, mention: Mention, rule: Ruling) -> Reach:
    head = rule.head
    if head is None:
        return Reach.UNKNOWN
    if rule.passive:
        front, middle, tail = (
            rest[: mention.start],
            rest[mention.end : head.start],
            rest[head.end :],
        )
        parts = [reach_of_subject(front), reach_of_tail(middle), reach_of_tail(_after_act(tail))]
    else:
        front, middle, tail = (
            rest[: head.start],
            rest[head.end : mention.start],
            rest[mention.end :],
        )
        parts = [reach_of_subject(front), reach_of_subject(middle), reach_of_tail(tail)]
    for worst in (Reach.SOME, Reach.UNKNOWN):
        if worst in parts:
            return worst
    return Reach.ALL


def _after_act(tail: str) -> str:
    """The words after "be used" of a passive rule."""
    return re.sub(
        r"^(?: (?:not|never|be|been|used|employed|applied|utilized|performed))*", "", tail
    )


def _without_head(
    unit: Unit, text: str, mention: Mention, exceptions: Sequence[Carve]
) -> tuple[str, list[tuple[int, int, str]]]:
    """A mention with no ruling word: a telegram, a label, an item below a ruling heading."""
    language = load_language()
    before, after = text[: mention.start], text[mention.end :]
    span = [(0, len(text.rstrip(" .;")), "rule")]
    if language.has("advice", text):
        return ("duty" if language.has("duty", before) else "advice"), span
    if language.has("no-rule", text):
        return "mention", span
    if re.search(r"(?:^|[:.(]\s*|\b)(?:no|never|zero)\s(?:\w+ ){0,3}$", before) or re.match(
        r"\s*(?:[:=-]+ )?(?:never|no)\b", after
    ):
        widths = {width_of(text[e.content : e.end]) for e in exceptions} - {Width.NO_FORCE}
        return (
            "ban-wide"
            if Width.WIDE in widths
            else "ban-unknown"
            if Width.UNKNOWN in widths
            else "ban"
        ), span
    only = [width_of(text[e.content : e.end]) for e in exceptions if e.only]
    if only:
        return _only(only), span
    label = re.match(r"\s*[:=-]+ (.+)$", after)
    if label:
        return _labelled(label.group(1)), span
    if _is_option(before, text):
        return "permit", span
    if unit.status and not language.has("definition", text):
        return {"ban": "ban", "leave": "permit", "advice": "advice"}[unit.status], span
    return "mention", span


def _labelled(content: str) -> str:
    language = load_language()
    if language.has("always", content):
        return "permit"
    if language.has("deadly-hold", "is " + content):
        return "deadly-hold"
    width = width_of(content)
    if width is Width.EQUAL:
        return "only-equal"
    return (
        "permit"
        if width is Width.WIDE
        and re.match(r"(?:on|against|for|when|if|to|active|with|assaul|resist|level)", content)
        else "mention"
    )


def _is_option(before: str, text: str) -> bool:
    """Whether the hold stands in a list of force that may be used, and nothing bounds the list."""
    language = load_language()
    bounded = any(language.has(kind, text) for kind in ("negator", "deadly", "duty", "definition"))
    return language.has("force-option", before) and not bounded
