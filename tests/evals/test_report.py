"""The page of a run: whole in itself, and drawn by a real browser."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.cases import load_cases
from evals.gate import judge_run
from evals.report.page import report_page, write_page
from evals.runner import run_tasks
from evals.scores import Outcome
from evals.store import make_run
from evals.suite import review_suite
from knowledge.settings import Settings
from tests.evals.small import run_of, score_of

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WIDTH, HEIGHT = 1280, 3000
VOID = {"meta", "br", "img", "input", "link", "hr"}


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """The page of a real run of our reviews, and of a few made-up answers beside them."""
    cases = load_cases(sets=["review"])
    reply = {"reply": ("answered", "answered")}
    scores = [
        score_of("a1", labels=reply),
        score_of("a2", labels=reply, outcome=Outcome.WRONG, got="<script>alert(1)</script>"),
        score_of("a1", system="BM25", labels=reply, confidence=0.3),
    ]
    scores += run_tasks(review_suite(Settings()).tasks, cases)
    run = make_run(scores, release="r1", settings={}, seconds=2.0, notes=["A note."])
    path = tmp_path_factory.mktemp("page") / "report.html"
    return write_page(run, judge_run(run, known={}), path)


def test_the_page_loads_nothing_and_runs_nothing(page):
    html = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\son\w+=", html)
    assert "&lt;script&gt;alert(1)" in html


def test_every_tag_is_closed(page):
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in VOID:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    reader = Reader()
    reader.feed(page.read_text(encoding="utf-8"))
    assert reader.open == []


def test_misses_are_listed_with_expected_and_got(page):
    html = page.read_text(encoding="utf-8")
    assert "<td>a2</td>" in html
    for head in ("expected", "got", "why", "outcome"):
        assert f"<th>{head}</th>" in html
    assert "wrong statements is 1, must be at most 0</strong>: a2" in html


@pytest.mark.parametrize(
    "caption",
    ["Coverage and risk", "F1 by verdict, chokeholds", "Verdicts labelled and given", "Latency"],
)
def test_the_plots_are_there(page, caption):
    assert caption in page.read_text(encoding="utf-8")


def test_a_run_without_a_miss_says_so():
    html = report_page(run_of(score_of("a")), judge_run(run_of(score_of("a")), known={}))
    assert "Every threshold holds" in html
    assert "No case was missed." in html


@pytest.mark.skipif(BROWSER is None, reason="needs Chromium (apt-get install chromium)")
def test_a_browser_draws_the_page(page, tmp_path):
    shot = tmp_path / "report.png"
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--disable-dev-shm-usage", f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={WIDTH},{HEIGHT}", f"--screenshot={shot}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    width, height, colors = picture(shot)
    assert (width, height) == (WIDTH, HEIGHT)
    # Ink, paper, our blue and a baseline's orange: text and plots are drawn, not only laid out.
    assert {(0x1F, 0x5F, 0xA6), (0xC2, 0x57, 0x1A), (0xFF, 0xFF, 0xFF)} <= colors
    assert len(colors) > 50


def picture(path: Path) -> tuple[int, int, set[tuple[int, ...]]]:
    """Width, height and the colors of a PNG with eight bits a channel."""
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert depth == 8
    channels = {2: 3, 6: 4}[kind]
    packed, place = b"", 8
    while place < len(data):
        size, name = struct.unpack(">I4s", data[place : place + 8])
        packed += data[place + 8 : place + 8 + size] if name == b"IDAT" else b""
        place += size + 12
    return width, height, colors_of(zlib.decompress(packed), width, channels)


def colors_of(rows: bytes, width: int, channels: int) -> set[tuple[int, ...]]:
    """The colors of unpacked PNG rows, their filters undone."""
    stride = width * channels
    before = bytearray(stride)
    colors: set[tuple[int, ...]] = set()
    for start in range(0, len(rows), stride + 1):
        row = bytearray(rows[start + 1 : start + 1 + stride])
        unfilter(rows[start], row, before, channels)
        before = row
        colors |= set(zip(row[0::channels], row[1::channels], row[2::channels], strict=True))
    return colors


def unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    """Undo one row's filter in place: none, left, above, mean or Paeth."""
    if kind == 2:
        row[:] = bytes((value + up) & 255 for value, up in zip(row, above, strict=True))
        return
    for place in range(len(row) if kind else 0):
        left = row[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        guess = {1: left, 3: (left + above[place]) // 2}.get(kind)
        row[place] = (
            row[place] + (paeth(left, above[place], corner) if guess is None else guess)
        ) & 255


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour nearest to left + up - corner."""
    target = left + up - corner
    return min((left, up, corner), key=lambda value: abs(target - value))
