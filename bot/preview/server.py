"""Serves the page of examples on this machine only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from knowledge.errors import AdvisorError

if TYPE_CHECKING:
    from aiohttp import web

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def serving(page: str, port: int = 0) -> AsyncIterator[str]:
    """`page` is served inside the `with`; the value is its address. Raises: `AdvisorError`."""
    from aiohttp import web

    async def shown(_request: web.Request) -> web.Response:
        return web.Response(text=page, content_type="text/html", charset="utf-8")

    app = web.Application()
    app.add_routes([web.get("/", shown)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        yield f"http://{LOOPBACK}:{runner.addresses[0][1]}/"
    except OSError as error:
        raise AdvisorError(
            f"Cannot listen on {LOOPBACK}:{port} ({error.strerror}); choose another --port."
        ) from None
    finally:
        await runner.cleanup()
