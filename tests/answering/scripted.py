"""An OpenAI-compatible server on loopback that does what it is told, right or wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WAIT = 1.5  # seconds that the model is given


def claims(*entries: tuple[str, str, str]) -> str:
    """A model's reply: (text, key, words) of each claim."""
    made = [{"text": t, "quotes": [{"key": k, "words": w}]} for t, k, w in entries]
    return json.dumps({"claims": made})


class Scripted(BaseHTTPRequestHandler):
    """Sends the server's `content`, in the manner that its `behaviour` names."""

    def do_POST(self) -> None:
        size = int(self.headers.get("content-length", 0))
        self.server.seen.append(self.rfile.read(size).decode())  # type: ignore[attr-defined]
        behaviour: str = self.server.behaviour  # type: ignore[attr-defined]
        act = getattr(self, f"_do_{behaviour}", None)
        if act is not None:
            return act()
        if behaviour.isdigit():
            return self._send(int(behaviour), b'{"error": {"message": "scripted"}}')
        return self._send(200, self._reply(self.server.content))  # type: ignore[attr-defined]

    def _do_slow(self) -> None:
        time.sleep(WAIT * 2)
        self._send(200, self._reply(self.server.content))  # type: ignore[attr-defined]

    def _do_malformed(self) -> None:
        self._send(200, b"{not json")

    def _do_truncated(self) -> None:
        whole = self._reply(self.server.content)  # type: ignore[attr-defined]
        self._head(200, len(whole))
        self.wfile.write(whole[: len(whole) // 2])
        self.close_connection = True

    def _do_half_a_reply(self) -> None:
        content: str = self.server.content  # type: ignore[attr-defined]
        self._send(200, self._reply(content[: len(content) // 2]))

    def _do_empty(self) -> None:
        self._send(200, self._reply(""))

    def _do_nothing(self) -> None:
        self._send(200, b"")

    def _do_hangs_up(self) -> None:
        self.close_connection = True

    def _do_endless(self) -> None:
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

    def _reply(self, content: str) -> bytes:
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = {
            "id": "x", "object": "chat.completion", "created": 1, "model": "m",
            "choices": [choice],
        }  # fmt: skip
        return json.dumps(body).encode()

    def _send(self, status: int, body: bytes) -> None:
        self._head(status, len(body))
        self.wfile.write(body)

    def _head(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler] = Scripted) -> Iterator[ThreadingHTTPServer]:
    """A server on a free loopback port; it stops by itself."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    made.daemon_threads = True
    made.seen = []  # type: ignore[attr-defined]
    made.behaviour, made.content = "right", ""  # type: ignore[attr-defined]
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()
