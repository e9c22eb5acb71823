"""The page that shows what every kind of message looks like."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import zlib
from datetime import date
from pathlib import Path

import aiohttp
import pytest

from bot.cli import main
from bot.post import payload
from bot.preview.blocks import UNKNOWN, blocks_html
from bot.preview.examples import examples
from bot.preview.markup import markup
from bot.preview.page import Example, page_html
from bot.preview.server import serving
from bot.validate import message_problems, view_problems
from knowledge.types import Excerpt, Review
from tests.bot.small import SmallAdvisor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
TODAY = date(2026, 11, 24)
WIDTH = 760
# After it has been drawn, the title says what is wider than the window.
MEASURE = (
    "<script>document.title = 'wide:' + [...document.querySelectorAll('section.example *')]"
    ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 || "
    "e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display != 'inline')"
    ".map(e => e.className || e.tagName).join(',')</script>"
)


class Reviewer:
    """The review engine of the small advisor."""

    release = "test-release"

    def review(self, excerpt: Excerpt) -> Review:
        return SmallAdvisor().review(excerpt)


@pytest.fixture(scope="module")
def shown() -> tuple[Example, ...]:
    return examples(Reviewer(), TODAY)


def test_every_example_is_a_message_that_slack_takes(shown: tuple[Example, ...]) -> None:
    for example in shown:
        for message in example.shown:
            blocks = {"blocks": list(message.blocks), "type": example.surface, "title": "x"}
            if example.surface in ("home", "modal"):
                assert not view_problems(blocks | {"title": {"text": "x"}}), example.id
            else:
                assert not message_problems(payload(message)), example.id


def test_every_kind_has_its_own_anchor_and_nothing_is_left_unshown(
    shown: tuple[Example, ...],
) -> None:
    page = page_html(shown, "Examples")
    found = re.findall(r'<section id="([^"]+)"', page)
    assert len(found) == len(set(found)) == len(shown)
    assert UNKNOWN not in page
    assert UNKNOWN in blocks_html([{"type": "hologram"}])
    assert "<script" not in page
    for wanted in ("answer", "review", "review-private", "unsure", "failed", "home-true", "modal"):
        assert wanted in found


@pytest.mark.parametrize(
    ("slack", "html"),
    [
        ("*bold* and _soft_", "<strong>bold</strong> and <em>soft</em>"),
        ("`code *here*`", "<code>code *here*</code>"),
        ("a * b * c", "a * b * c"),
        ("<https://x.gov/a_b_c|A & B>", '<a href="https://x.gov/a_b_c">A &amp; B</a>'),
        ("&lt;!channel&gt;", "&lt;!channel&gt;"),
        ("<@U1>", '<span class="mention">@U1</span>'),
        ("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
    ],
)  # fmt: skip
def test_the_markup_is_shown_as_slack_shows_it(slack: str, html: str) -> None:
    assert html in markup(slack)


def test_quotes_and_lists_keep_their_lines() -> None:
    shown = markup("Words:\n> first\n> second\nthen\n• item")
    assert shown.count("<blockquote>") == shown.count("</blockquote>") == 1
    assert shown.index("second") < shown.index("</blockquote>") < shown.index("then")
    assert '<div class="item">• item</div>' in shown


@pytest.mark.asyncio
async def test_the_page_is_served_on_this_machine_only() -> None:
    async with serving("<p>hello</p>") as address, aiohttp.ClientSession() as browser:
        assert address.startswith("http://127.0.0.1:")
        async with browser.get(address) as answer:
            assert (answer.status, await answer.text()) == (200, "<p>hello</p>")
        async with browser.get(address + "else") as answer:
            assert answer.status == 404


def test_the_command_writes_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "--once"]) == 0
    page = capsys.readouterr().out
    assert "Prohibition of choke holds" in page
    assert "revoked" in page


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian's package chromium)")
def test_the_messages_fit_a_browser_and_are_not_blank(
    shown: tuple[Example, ...], tmp_path: Path
) -> None:
    page = page_html(shown, "Examples")
    plain, measured = tmp_path / "page.html", tmp_path / "measured.html"
    plain.write_text(page, encoding="utf-8")
    # The page forbids scripts; what measures it is the test's own.
    free = page.replace("default-src 'none'", "script-src 'unsafe-inline'")
    measured.write_text(free.replace("</body>", f"{MEASURE}</body>"), encoding="utf-8")
    dom = _chromium(tmp_path, "--dump-dom", measured.as_uri())
    assert "<title>wide:</title>" in dom
    picture = Path(os.environ.get("SAFEPOLICING_SCREENSHOTS") or tmp_path) / "messages.png"
    _chromium(tmp_path, f"--screenshot={picture}", plain.as_uri())
    width, height, shades = _picture(picture.read_bytes())
    assert (width, height) == (WIDTH, 4000)
    assert shades > 50


def _chromium(folder: Path, *options: str) -> str:
    command = [str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu"]
    command += ["--hide-scrollbars", f"--window-size={WIDTH},4000"]
    command += [f"--user-data-dir={folder / 'profile'}", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)
    return done.stdout


def _picture(png: bytes) -> tuple[int, int, int]:
    """Width, height, and how many different bytes the picture's data has."""
    width, height = struct.unpack(">II", png[16:24])
    at, data = 8, b""
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return width, height, len(set(zlib.decompress(data)))
