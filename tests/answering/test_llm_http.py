"""The language model's seam over real HTTP, against a server on loopback that misbehaves."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from knowledge.answering import Library, answer
from knowledge.errors import SettingsError
from knowledge.llm import count_tokens, open_model
from knowledge.requests import read_question

pytest.importorskip("langchain_openai", reason="the openai extra is not installed")

BAN = (
    "EO 13929 has use-of-force policies prohibit chokeholds, except where deadly force is "
    "allowed by law."
)
RIGHT = json.dumps({"claims": [{"text": BAN, "quotes": [{"key": "P1", "words": BAN}]}]})
WAIT = 1.5  # seconds that the model is given


class Scripted(BaseHTTPRequestHandler):
    """Does what the server's `behaviour` says."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        behaviour: str = self.server.behaviour  # type: ignore[attr-defined]
        if behaviour == "slow":
            time.sleep(WAIT * 2)
        if behaviour == "drips":
            return self._drip()
        if behaviour.isdigit():
            return self._send(int(behaviour), b'{"error": {"message": "scripted"}}')
        if behaviour == "malformed":
            return self._send(200, b"{not json")
        if behaviour == "truncated":
            return self._send(200, self._reply(RIGHT)[:40])
        return self._send(200, self._reply({"right": RIGHT, "empty": ""}.get(behaviour, RIGHT)))

    def _reply(self, content: str) -> bytes:
        choice = {
            "index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content},
        }  # fmt: skip
        body = {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [choice],
        }
        return json.dumps(body).encode()

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        end = time.monotonic() + WAIT * 3
        try:
            while time.monotonic() < end:
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Scripted)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def _open(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    return open_model("openai:scripted", base_url=url, timeout=WAIT)


def test_a_right_reply_is_used(
    server: ThreadingHTTPServer, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.behaviour = "right"  # type: ignore[attr-defined]
    drafting = dataclasses.replace(library, complete=_open(server, monkeypatch))
    given = answer(read_question("Do we have to ban chokeholds?"), drafting)
    assert given.statements[0].text == BAN
    assert any("language model" in line for line in given.notices)


@pytest.mark.parametrize(
    "behaviour",
    ["slow", "drips", "429", "500", "503", "malformed", "truncated", "empty"],
)
def test_a_server_in_trouble_costs_time_but_no_answer(
    behaviour: str,
    server: ThreadingHTTPServer,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.behaviour = behaviour  # type: ignore[attr-defined]
    drafting = dataclasses.replace(library, complete=_open(server, monkeypatch))
    question = read_question("Do we have to ban chokeholds?", as_of="2026-11-24")
    start = time.monotonic()
    given = answer(question, drafting)
    assert time.monotonic() - start < WAIT + 1.5
    assert given == answer(question, library)


def test_a_server_that_is_down(
    server: ThreadingHTTPServer, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = _open(server, monkeypatch)
    server.shutdown()
    server.server_close()
    drafting = dataclasses.replace(library, complete=complete)
    assert answer(read_question("Do we have to ban chokeholds?"), drafting).answered


@pytest.mark.parametrize("spec", ["gpt", ":x", "x:", "nobody:model"])
def test_a_model_that_cannot_be_opened_is_one_sentence(spec: str) -> None:
    with pytest.raises(SettingsError):
        open_model(spec)


def test_tokens_are_never_counted_too_few() -> None:
    assert count_tokens("") == 0
    assert count_tokens("Is the chokehold ban absolute?") >= 6
