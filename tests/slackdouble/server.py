"""The double itself: one aiohttp server on loopback, and the deliveries that go out from it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from bot.validate import message_problems
from tests.slackdouble.state import APP_TOKEN, SECRET, TEAM, Call, Delivered, SlackError, State
from tests.slackdouble.web_api import METHODS

RESPONSE_USES = 5
STRUCTURED = ("blocks", "view", "files", "prompts", "chunks", "metadata", "attachments")


class SlackDouble(State):
    """Call `start`, point the bot at `api_url`, deliver things, look at what was posted."""

    def __init__(self, *, ack_seconds: float = 3.0, retry_after: tuple[float, ...] = ()) -> None:
        super().__init__()
        self.ack_seconds = ack_seconds
        self.retry_after = retry_after
        self.bot_url = ""
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Any]] = {}
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def api_url(self) -> str:
        """The base URL of the Web API."""
        return f"{self.base}/api/"

    async def start(self) -> None:
        """It listens on a free port."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.get("/link", self._link),
                web.post("/upload/{file}", self._upload),
                web.get("/files-pri/{file}", self._download),
                web.post("/response/{key}", self._response),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._session = aiohttp.ClientSession(trust_env=False)

    async def stop(self) -> None:
        """Nothing listens any more."""
        for socket in self._sockets:
            await socket.close()
        if self._session:
            await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    async def deliver(self, kind: str, payload: dict[str, Any]) -> list[Delivered]:
        """Every attempt to hand over `payload`: "event", "interactive" or "command"."""
        attempts = []
        inner = payload.get("event") or {}
        if inner.get("thread_ts"):
            self.threads.add((str(inner.get("channel")), str(inner["thread_ts"])))
        for number, wait in enumerate((0.0, *self.retry_after)):
            await asyncio.sleep(wait)
            attempts.append(await self._attempt(kind, payload, number))
            if attempts[-1].status == 200:
                break
        return attempts

    async def refresh(self) -> None:
        """Slack asks every client to open a new connection, and closes the old ones."""
        for socket in list(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})
        await self.until(lambda: len(self._open()) > 1 or not self._open())

    async def drop(self) -> None:
        """Every connection breaks off without a word."""
        for socket in list(self._sockets):
            await socket.close(code=1011)

    def response_url(self, key: str) -> str:
        """A URL that answers a command or a shortcut, five times."""
        return f"{self.base}/response/{key}"

    def hold_file(self, name: str, content: bytes, **more: Any) -> dict[str, Any]:
        """A file that somebody uploaded, as it hangs on a message."""
        key = f"F{len(self.files) + 1}"
        told = {"id": key, "name": name, "size": len(content)}
        told |= {"url_private_download": f"{self.base}/files-pri/{key}"} | more
        self.files[key], self.uploads[key] = told, content
        return told

    def socket_count(self) -> int:
        """How many connections are open."""
        return len(self._open())

    async def send_signed(
        self, body: str, *, form: bool, secret: str = SECRET, age: float = 0.0, retry: int = 0
    ) -> Delivered:
        """One signed request to the bot."""
        stamp = str(int(time.time() - age))
        mac = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256)
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        headers = {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={mac.hexdigest()}",
            "Content-Type": kind,
        }
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_error"}
        assert self._session
        began = time.monotonic()
        limit = aiohttp.ClientTimeout(total=self.ack_seconds)
        try:
            async with self._session.post(
                self.bot_url, data=body.encode(), headers=headers, timeout=limit
            ) as answer:
                text = await answer.text()
                return Delivered(answer.status, time.monotonic() - began, text)
        except (aiohttp.ClientError, TimeoutError):
            return Delivered(0, time.monotonic() - began)

    async def _attempt(self, kind: str, payload: dict[str, Any], number: int) -> Delivered:
        if self.bot_url:
            return await self.send_signed(_body(kind, payload), form=kind != "event", retry=number)
        return await self._send_frame(kind, payload, number)

    async def _send_frame(self, kind: str, payload: dict[str, Any], number: int) -> Delivered:
        names = {"event": "events_api", "interactive": "interactive", "command": "slash_commands"}
        key = str(uuid.uuid4())
        frame: dict[str, Any] = {"envelope_id": key, "type": names[kind], "payload": payload}
        frame |= {"accepts_response_payload": kind != "event", "retry_attempt": number}
        waiting = self._acks[key] = asyncio.get_running_loop().create_future()
        began = time.monotonic()
        try:
            await self._open()[-1].send_json(frame | {"retry_reason": ""})
            answer = await asyncio.wait_for(waiting, self.ack_seconds)
        except (TimeoutError, IndexError, ConnectionError):
            return Delivered(0, time.monotonic() - began)
        return Delivered(200, time.monotonic() - began, answer)

    def _open(self) -> list[web.WebSocketResponse]:
        return [socket for socket in self._sockets if not socket.closed]

    async def _api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        args = await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = token or str(args.pop("token", ""))
        self.calls.append(Call(method, args, token, time.monotonic()))
        try:
            answer = self._answer(method, args, token)
        except SlackError as error:
            answer = {"ok": False, "error": error.code} | error.extra
        await self.changed()
        if method in self.lost:
            self.lost.remove(method)
            assert request.transport
            request.transport.abort()
        headers = {"x-oauth-scopes": self.scopes}
        status = answer.pop("_status", 200)
        if answer.get("_retry_after"):
            headers["Retry-After"] = str(answer.pop("_retry_after"))
        return web.json_response(answer, status=status, headers=headers)

    def _answer(self, method: str, args: dict[str, Any], token: str) -> dict[str, Any]:
        if self.faults[method]:
            fault = self.faults[method].popleft()
            failed = {"ok": False, "error": fault.code, "_status": fault.status} | fault.extra
            return failed | ({"_retry_after": fault.retry_after} if fault.retry_after else {})
        if method == "apps.connections.open":
            return self._ticket(token)
        if method == "oauth.v2.access":
            return {"ok": True} | self.oauth_access(args)
        if method == "api.test":
            return {"ok": True}
        if not token:
            raise SlackError("not_authed")
        if token not in self.tokens:
            raise SlackError("invalid_auth")
        if method not in METHODS:
            raise SlackError("unknown_method")
        told: dict[str, Any] = METHODS[method](self, args)
        return {"ok": True} | told | ({"team_id": self.tokens[token]} if "team_id" in told else {})

    def oauth_access(self, args: dict[str, Any]) -> dict[str, Any]:
        """A workspace has installed the app, or gets a new token for a refresh token."""
        if args.get("grant_type") == "refresh_token":
            team = self.refreshed.pop(str(args.get("refresh_token")), "")
        else:
            team = str(args.get("code") or TEAM)
        if not team or team == "wrong":
            raise SlackError("invalid_refresh_token" if not team else "invalid_code")
        token = f"xoxb-{team}-{next(self._numbers)}"
        self.tokens[token] = team
        refresh = f"xoxe-{next(self._numbers)}"
        self.refreshed[refresh] = team
        rotation = {"refresh_token": refresh, "expires_in": self.token_life}
        return {
            "access_token": token,
            "token_type": "bot",
            "scope": self.scopes,
            "bot_user_id": "UBOT",
            "app_id": "A1",
            "team": {"id": team, "name": team},
            "authed_user": {"id": "UADMIN"},
        } | (rotation if self.token_life else {})

    def _ticket(self, token: str) -> dict[str, Any]:
        if token.startswith("xoxb"):
            raise SlackError("not_allowed_token_type")
        if token != APP_TOKEN:
            raise SlackError("invalid_auth")
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return {"ok": True, "url": f"{self.base.replace('http', 'ws')}/link?ticket={ticket}"}

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}
        await socket.send_json(hello | {"debug_info": {"host": "double"}})
        self._sockets.append(socket)
        await self.changed()
        async for frame in socket:
            told = json.loads(frame.data)
            waiting = self._acks.pop(told.get("envelope_id"), None)
            if waiting and not waiting.done():
                waiting.set_result(told.get("payload"))
        await self.changed()
        return socket

    async def _upload(self, request: web.Request) -> web.Response:
        self.uploads[request.match_info["file"]] = await request.read()
        return web.Response(text="OK")

    async def _download(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        content = self.uploads.get(request.match_info["file"])
        if content is None:
            return web.Response(status=404)
        return web.Response(body=content, content_type="application/octet-stream")

    async def _response(self, request: web.Request) -> web.Response:
        args = await request.json()
        key = request.match_info["key"]
        if args.get("delete_original"):
            self.deleted.append(key)
            return web.Response(text="ok")
        uses = sum(item.get("thread_ts") == key for item in self.posted)
        if uses >= RESPONSE_USES or message_problems(args):
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        self.posted.append(args | {"channel": "response", "thread_ts": key, "kind": "response"})
        await self.changed()
        return web.Response(text="ok")


async def _arguments(request: web.Request) -> dict[str, Any]:
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        args |= json.loads(body) if body else {}
    else:
        args |= dict(await request.post())
    for key in STRUCTURED:
        if isinstance(args.get(key), str):
            args[key] = json.loads(args[key])
    return args


def _body(kind: str, payload: dict[str, Any]) -> str:
    if kind == "event":
        return json.dumps(payload)
    if kind == "command":
        return urlencode(payload)
    return urlencode({"payload": json.dumps(payload)})
