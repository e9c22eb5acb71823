"""What a message asks, read in the light of the conversation.

One message may hold several questions and some sentences about the asker; a later one may say
only "what about campus police?". Both become self-contained asks here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.dates import without_day
from knowledge.places import state_names, states_in
from knowledge.retrieval.terms import everyday_terms, terms_of
from knowledge.types import Question

_OPENER = (
    r"who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|must|should|shall|"
    r"will|would|has|have|had|may|may we|am"
)
_BREAK = re.compile(
    rf"(?<=[?])\s+|\n+|(?<=[.!;])(?<!\bv\.)(?<!\bvs\.)(?<!\bsec\.)(?<!\bno\.)(?<!\bU\.S\.)\s+|(?:^|\s+)\(?[1-9]\)\s*(?=(?:{_OPENER})\b)"
    rf"|,?\s+and\s+(?=(?:under|for|by|in|at) (?:what|which|whom)\b(?! section))"
    rf"|,?\s+and\s+(?=(?:{_OPENER})\b(?!\s+(?:i|not)\b))"
    rf"|,\s+(?=(?:also\s+)?(?:who|what|when|where|how)\b.{{8,}}\?)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"\?\s*$|^\W*(?:so |and |but |ok |hi |hello |hey |,)*(?:{_OPENER})\b"
    r"|^(?:under|for|by|in|at) (?:what|which|whom)\b"
    r"|\b(?:want(?:ed)? to know|need to know|like to know|wonder(?:ing)?|tell me|curious)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(r"^\W*do (?:what|as|exactly|not|that now|it now)\b[^?]*$", re.IGNORECASE)
_COUNTED = re.compile(r"^\W*(?:[\w ]{0,12}\s)?(?:qs|questions)\s*[:\u2013-]\s*", re.IGNORECASE)
_FURTHER = re.compile(
    r"^\W*(?:can|could|would) you (?:please )?(?:list|name|explain)\b", re.IGNORECASE
)
_LEANS = re.compile(
    r"^\W*(?:and|also|but|ok|okay|so|then)?\W*(?:what|how)\s+(?:about|if)\b|^\W*(?:and|also|same)\b"
    r"|^\W*(?:why|how so|since when|says who|who says|source|really)\W*\??$",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|he|she|there|one|same|the first|the second|"
    r"either|both|the other)\b",
    re.IGNORECASE,
)
# With nothing said before, "do we still need this?" can only be about what this bot is for.
_TOPIC = re.compile(
    r"\b(?:still|even|ever|any ?more|really|now)\b.{0,40}"
    r"\b(?:it|this|that)\b\W*(?:any ?more|now|today)?\W*$"
    r"|\b(?:it(?! true| correct| right| possible| the case)|this|that)\b.{0,20}\bstill\b",
    re.IGNORECASE,
)
_ABOUT_THE_ORDER = re.compile(
    r"^(?P<before>\W*(?:(?:when|why|who|by whom|how|where)\b.{0,20})?"
    r"\b(?:is|was|did|has|had|been|it))\s+"
    r"(?:it|this|that)\s+(?P<after>(?:been )?(?:revoked?|rescinded|in force|in effect|issued|"
    r"signed|published|withdrawn|repealed)\b.{0,20})$",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|us|our|ours|i|my|me|they|you|each|both)\b", re.IGNORECASE)
_COVERS = re.compile(
    r"\b(?:cover\w*|names?|named|appl(?:y|ies)|exempt\w*|count|includ\w+|subject|mention\w*)\b",
    re.IGNORECASE,
)
_US = re.compile(r"\b(?:we|us)\b(?!['\u2019])", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"^\W*(?:\(?[1-9][.)]\s*)?(?:(?:and |but |or )?if (?:not|so|yes|no)\b,?\s*(?:then )?)?",
    re.IGNORECASE,
)
_OF_THE_ASKER = re.compile(
    r"\b(?:we|we're|i'm|i am|our|my|us|here|i (?:run|lead|head|work|command|manage|serve))\b",
    re.IGNORECASE,
)
_KINDS = (
    ("campus", re.compile(r"\b(?:campus|universit|college)\w*", re.IGNORECASE)),
    ("tribal", re.compile(r"\btrib(?:al|es?)\b", re.IGNORECASE)),
)
_FEW = 2  # weighty words up to which "this" is taken for the certification
MOST_ASKS = 3  # questions of one message that are answered


@dataclass(frozen=True, slots=True)
class Ask:
    """One self-contained question. `new` is the part that this message added, `said` as typed.

    `told` is what the message says beside its questions; `inverts` marks a question that is looked
    up the other way round, `asserted` a sentence that wants to be confirmed, `judged_false` one
    that was called false, `premise` one that asks whether what was taken for granted is so.

    `states` are the states it is about; `setting` tells what is known of the asker's agency
    ("campus", "tribal") where the words alone do not.
    """

    text: str
    new: str
    states: tuple[str, ...]
    setting: str | None = None
    said: str = ""
    told: str = ""
    inverts: bool = False
    asserted: bool = False
    judged_false: bool = False
    premise: bool = False


def read_asks(question: Question) -> tuple[Ask, ...]:
    """The questions of a message, at most three, each understood from what was said before."""
    asked, told = _parts(question.text)
    told_before = [turn.question for turn in question.history]
    setting = _setting([*told_before, question.text])
    remembered = _states([*told_before, told]) or ((question.state,) if question.state else ())
    asks: list[Ask] = []
    for part in asked[:MOST_ASKS]:
        asks.append(_as_before(asks, _ask(part, told, question, remembered, setting)))
        # "Who certifies in Ohio, and what did they ask for?"
        remembered = states_in(part) or remembered
    return tuple(asks)


def _as_before(asks: list[Ask], ask: Ask) -> Ask:
    """`ask`, where it only names another state, with the topic asked just before on a state."""
    named, before = states_in(ask.new), asks[-1].text if asks else ""
    if not named or not states_in(before) or _own_terms(ask.new):
        return ask
    return replace(ask, text=f"{without_states(before, states_in(before))} {ask.text}")


def asks_more(text: str) -> bool:
    """Whether a message holds more questions than are answered at once."""
    return len(_parts(text)[0]) > MOST_ASKS


def leans_on_told(part: str) -> bool:
    """Whether a question needs what the message tells beside it to be understood."""
    return bool(_POINTS.search(part) or _OURS.search(part)) or len(_own_terms(part)) <= _FEW


def _parts(text: str) -> tuple[list[str], str]:
    pieces = [
        piece.strip() for piece in _BREAK.split(_COUNTED.sub("", text)) if piece and piece.strip()
    ]
    asked = [piece for piece in pieces if _ASKS.search(piece) and not _ORDERS.match(piece)]
    told = " ".join(piece for piece in pieces if piece not in asked)
    if not asked:
        return [text.strip()], ""
    merged: list[str] = []
    for piece in asked:
        if merged and not states_in(piece) and _adds_nothing(piece):
            merged[-1] = f"{merged[-1]} {piece}"
        else:
            merged.append(piece)
    return merged, told


def _adds_nothing(piece: str) -> bool:
    """Whether a question has no subject of its own: "... and can you list them?"."""
    own = frozenset(terms_of(piece))
    return not own or bool(_FURTHER.search(piece) and not own - everyday_terms() - {"em"})


def _ask(
    part: str,
    told: str,
    question: Question,
    remembered: tuple[str, ...],
    setting: str | None,
) -> Ask:
    named = states_in(part)
    said = part
    text = part = _dated(_LEAD_IN.sub("", part) or part)
    if told and not frozenset(terms_of(part)) - everyday_terms():
        text = part = f"{told} {part}"
    elif told and len(terms_of(part)) < 3:
        text = f"{told} {part}"
    elif question.history and named and not _own_terms(part):
        text = f"{without_states(_last_on_a_state(question), named)} {part}"
    elif question.history and _leans(part):
        text = f"{without_states(_last_topic(question), named)} {part}"
    elif not question.history and _ABOUT_THE_ORDER.search(part):
        text = part = _ABOUT_THE_ORDER.sub(r"\g<before> EO 13929 \g<after>", part)
    elif not question.history and _TOPIC.search(part) and len(_own_terms(part)) <= _FEW:
        text = f"Is certification under EO 13929 still required for DOJ grants today? {part}"
    ours = bool(_OURS.search(part)) or text != part
    known = setting if setting and ours and setting not in text.casefold() else None
    if known and _COVERS.search(part):
        text, part = (_US.sub(f"{known} agencies", words) for words in (text, part))
    return Ask(text, part, named or _about(remembered, part, text), known, said, told)


def _dated(part: str) -> str:
    """`part` without a day that only dates the question; a day that is the question stays."""
    undated = re.sub(r"^\W+|\s+(?=[?.!]\s*$)", "", without_day(part))
    return undated if len(set(terms_of(undated)) - everyday_terms()) >= 2 else part


def _about(remembered: tuple[str, ...], part: str, text: str) -> tuple[str, ...]:
    """A state said earlier counts where the question is about the asker or leans on that turn."""
    return remembered if remembered and (_OURS.search(part) or text != part) else remembered[:1]


def _leans(part: str) -> bool:
    if _LEANS.search(part):
        return True
    count = len(set(terms_of(part)))
    return count <= 1 or (count <= 4 and bool(_POINTS.search(part)))


def _last_topic(question: Question) -> str:
    """The last question that stood on its own, with what later ones added to it."""
    parts: list[str] = []
    for turn in reversed(question.history):
        parts.insert(0, turn.question)
        if not _leans(turn.question):
            break
    return " ".join(parts[-3:])


def _own_terms(part: str) -> frozenset[str]:
    """The weighty terms of a message beside the names of states."""
    rest = without_states(part, states_in(part))
    return frozenset(terms_of(rest)) - everyday_terms() - {"neighbor", "agenc", "_agency_", "one"}


def _last_on_a_state(question: Question) -> str:
    """The last question that a state was named in or asked back for, else the last topic."""
    for turn in reversed(question.history):
        if states_in(turn.question) or "which state" in turn.answer.casefold():
            return turn.question
    return _last_topic(question)


def without_states(text: str, named: tuple[str, ...]) -> str:
    """`text` without any state's name, where `named` says that it has one."""
    if not named:
        return text
    for name in sorted(state_names().values(), key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "", text, flags=re.IGNORECASE)
    return text


def _states(texts: list[str]) -> tuple[str, ...]:
    for text in reversed(texts):
        found = states_in(text)
        if found:
            return found
    return ()


def _setting(texts: list[str]) -> str | None:
    """The kind of agency that the asker said theirs is; the last word counts."""
    for text in reversed(texts):
        for sentence in re.split(r"(?<=[.?!;])\s+|\n", text):
            said = _OF_THE_ASKER.search(sentence)
            for kind, pattern in _KINDS:
                if said and pattern.search(sentence):
                    return kind
    return None
