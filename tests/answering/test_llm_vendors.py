"""Each vendor's package speaks to a server of its own kind on loopback."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler

import pytest

from knowledge.llm import open_model
from tests.answering.scripted import serving


class Anthropic(BaseHTTPRequestHandler):
    """Answers one message in Anthropic's form."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        body = {
            "id": "m", "type": "message", "role": "assistant", "model": "m",
            "content": [{"type": "text", "text": "hello"}], "stop_reason": "end_turn",
            "usage": {"input_tokens": 1, "output_tokens": 1},
        }  # fmt: skip
        reply(self, json.dumps(body).encode(), "application/json")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Ollama(BaseHTTPRequestHandler):
    """Answers one chat in Ollama's form, a line a piece."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        piece = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": False,
                 "message": {"role": "assistant", "content": "hello"}}  # fmt: skip
        last = {**piece, "done": True, "done_reason": "stop",
                "message": {"role": "assistant", "content": ""}}  # fmt: skip
        lines = f"{json.dumps(piece)}\n{json.dumps(last)}\n".encode()
        reply(self, lines, "application/x-ndjson")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def reply(handler: BaseHTTPRequestHandler, body: bytes, kind: str) -> None:
    handler.send_response(200)
    handler.send_header("content-type", kind)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@pytest.mark.parametrize(
    ("package", "spec", "handler"),
    [
        ("langchain_anthropic", "anthropic:claude-x", Anthropic),
        ("langchain_ollama", "ollama:llama-x", Ollama),
    ],
)
def test_a_vendor_is_reached_at_its_base_url(
    package: str,
    spec: str,
    handler: type[BaseHTTPRequestHandler],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip(package, reason=f"the extra with {package} is not installed")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
    with serving(handler) as server:
        url = f"http://127.0.0.1:{server.server_address[1]}"
        complete = open_model(spec, base_url=url, timeout=10)
        assert complete("system", "user") == "hello"
