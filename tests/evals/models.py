"""An OpenAI-compatible server on loopback that drafts one claim from the first passage it is shown."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PASSAGE = re.compile(r"^\[(P\d+)\][^:]*: (.+)$", re.MULTILINE)


class Drafting(BaseHTTPRequestHandler):
    """Quotes the first sentence of the first passage and claims just that. Counts its calls."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.calls += 1  # type: ignore[attr-defined]
        key, text = _PASSAGE.findall(asked["messages"][-1]["content"])[0]
        words = text.split(". ")[0].rstrip(".") + "."
        claims = {"claims": [{"text": words, "quotes": [{"key": key, "words": words}]}]}
        message = {"role": "assistant", "content": json.dumps(claims)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        reply = {
            "id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice],
        }  # fmt: skip
        body = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


@contextmanager
def drafting_server() -> Iterator[ThreadingHTTPServer]:
    """The server on a free port; it stops by itself."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Drafting)
    server.calls = 0  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
