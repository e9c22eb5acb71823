"""The frame of every page, and the wording of the pages, from `bot/data/pages`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template

from knowledge.errors import KnowledgeError

_FOLDER = Path(__file__).parent.parent / "data" / "pages"


def framed(title: str, body: Iterable[str]) -> str:
    """A whole HTML page; `title` is plain text, `body` is markup already escaped."""
    template = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
    style = (_FOLDER / "page.css").read_text(encoding="utf-8")
    return template.substitute(title=escape(title), style=style, body="\n".join(body))


@lru_cache(maxsize=1)
def load_words() -> Mapping[str, Mapping[str, str]]:
    """The sentences of the pages by page and name."""
    loaded: dict[str, dict[str, str]] = tomllib.loads(
        (_FOLDER / "wording.toml").read_text(encoding="utf-8")
    )
    return loaded


def say(page: str, name: str, /, **values: object) -> str:
    """The sentence `name` of `page`, its blanks filled. Raises: `KnowledgeError`."""
    try:
        return load_words()[page][name].format(**values)
    except KeyError as error:
        raise KnowledgeError(f"bot/data/pages/wording.toml: [{page}] {name}: {error}.") from error


def tag(name: str, text: str, **attributes: str) -> str:
    """An element around plain text; `class_` stands for class."""
    return element(name, escape(text), **attributes)


def element(name: str, markup: str, **attributes: str) -> str:
    """An element around markup that is already escaped."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{told}>{markup}</{name}>"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; heads are plain text, cells markup already escaped."""
    head = "".join(tag("th", text, scope="col") for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
