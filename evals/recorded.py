"""A language model whose replies are kept, so that a run with it can be repeated without it.

The file holds one JSON object a line: the prompt's digest, the reply, its tokens and its time. A
prompt that is in the file is answered from it; another goes to the model, if there is one, and its
reply is added.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases import gold_lines
from knowledge.errors import InputError
from knowledge.llm import Complete, count_tokens


@dataclass(frozen=True, slots=True)
class Reply:
    """One exchange. `reply` is None where none came in time; tokens are counted by tiktoken."""

    prompt: str
    reply: str | None
    prompt_tokens: int
    reply_tokens: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens in and out."""

    prompt: float
    reply: float


class RecordedModel:
    """A `Complete` that remembers, and counts what was live, replayed, or known to neither."""

    def __init__(self, path: Path | None, complete: Complete | None) -> None:
        self._path = path
        self._complete = complete
        self._known = {item.prompt: item for item in read_replies(path)} if path else {}
        self._used: list[Reply] = []
        self._asked = self._replayed = self._unknown = 0

    def __call__(self, system: str, user: str) -> str | None:
        """The reply to a prompt, from the file or from the model; nothing when neither has one."""
        key = prompt_key(system, user)
        held = self._known.get(key)
        if held is not None:
            self._replayed += 1
        elif self._complete is not None:
            held = self._ask(self._complete, key, (system, user))
        else:
            self._unknown += 1
            return None
        self._used.append(held)
        return held.reply

    def usage(self, price: Price | None) -> Mapping[str, Any]:
        """What the calls used; the cost in dollars where a price is known."""
        prompt = sum(item.prompt_tokens for item in self._used)
        reply = sum(item.reply_tokens for item in self._used)
        taken = sorted(item.seconds for item in self._used)
        cost = (prompt * price.prompt + reply * price.reply) / 1e6 if price else None
        return {
            "calls": len(self._used),
            "live": self._asked,
            "replayed": self._replayed,
            "not recorded": self._unknown,
            "prompt tokens": prompt,
            "reply tokens": reply,
            "dollars": "no price given" if cost is None else round(cost, 4),
            "median seconds of the model": round(taken[len(taken) // 2], 3) if taken else 0,
        }

    def _ask(self, complete: Complete, key: str, prompt: tuple[str, str]) -> Reply:
        started = time.perf_counter()
        text = complete(*prompt)
        seconds = round(time.perf_counter() - started, 3)
        used = count_tokens("".join(prompt)), count_tokens(text or "")
        made = Reply(key, text, *used, seconds)
        self._asked += 1
        self._known[key] = made
        if self._path is not None:
            _append(self._path, made)
        return made


def prompt_key(system: str, user: str) -> str:
    """Twenty hexadecimal digits of a prompt: the words themselves are not kept."""
    return hashlib.sha256(f"{system}\0{user}".encode()).hexdigest()[:20]


def read_replies(path: Path) -> list[Reply]:
    """The replies of a file; none when it is not there. Raises: `InputError` naming the line."""
    if not path.is_file():
        return []
    replies = []
    for number, entry in gold_lines(path):
        try:
            replies.append(Reply(**entry))
        except TypeError as error:
            raise InputError(f"{path.name}, line {number}, is not a recorded reply.") from error
    return replies


def read_price(value: str) -> Price:
    """A price written as "IN,OUT". Raises: `InputError`."""
    try:
        prompt, reply = (float(part) for part in value.split(","))
    except ValueError:
        raise InputError(
            f"{value!r} is no price; write dollars for a million tokens in and out, as 0.4,1.6."
        ) from None
    return Price(prompt, reply)


def _append(path: Path, reply: Reply) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(reply), ensure_ascii=False) + "\n")
