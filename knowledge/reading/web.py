"""HTML and XML by beautifulsoup4: the words of each block on lines of their own."""

from __future__ import annotations

import re
import warnings
from typing import Any

from knowledge.reading.document import Document
from knowledge.reading.plain import decoded

_UNSEEN = ("script", "style", "template", "noscript", "nav", "svg", "head", "iframe", "form")
_BLOCKS = (
    "p", "div", "section", "article", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4",
    "h5", "h6", "blockquote", "pre", "dt", "dd", "header", "footer", "main", "aside", "address",
    "hd", "fp", "gpotable", "row", "prtpage", "execord", "presdocu", "title3", "frdoc", "filed",
    "bilcod", "date", "psig", "place",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(data: bytes, name: str) -> Document:
    """The words that a reader of the page would see, block by block; scripts are dropped."""
    return Document(name, _text(decoded(data, name), _UNSEEN))


def read_xml(data: bytes, name: str) -> Document:
    """The words of an XML text such as the Federal Register's; elements it names are blocks."""
    return Document(name, _text(decoded(data, name), ("script", "style", "prtpage")))


def _text(markup: str, unseen: tuple[str, ...]) -> str:
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
    from bs4.element import CData, PreformattedString

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # no entity is ever expanded
        soup = BeautifulSoup(markup, "html.parser")
    for string in list(soup.find_all(string=True)):
        if isinstance(string, PreformattedString) and not isinstance(string, CData):
            string.extract()  # comments, declarations and processing instructions
    for node in soup.find_all(unseen):
        node.decompose()
    for node in [n for n in soup.find_all(True) if _hidden(n)]:
        node.decompose()
    _break_blocks(soup)
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _break_blocks(soup: Any) -> None:
    """Line breaks of the markup count as spaces; ends of blocks become line breaks."""
    for string in list(soup.find_all(string=True)):
        if string.find_parent("pre") is None:
            string.replace_with(re.sub(r"\s+", " ", string))
    for node in soup.find_all("br"):
        node.replace_with("\n")
    for node in soup.find_all(_BLOCKS):
        node.insert_before("\n\n")
        node.insert_after("\n\n")


def _hidden(node: Any) -> bool:
    if node.decomposed:
        return False
    style = node.get("style") or ""
    return node.has_attr("hidden") or bool(_HIDDEN.search(style))
