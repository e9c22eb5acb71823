"""Files that people upload: fetched from Slack only, read, and forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.intake import Upload, read_upload
from bot.wording import Wording
from knowledge.errors import InputError

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

LIMIT = 20 * 1024 * 1024  # bytes
SECONDS = 60


def allowed_hosts(file_hosts: str, api_url: str) -> frozenset[str]:
    """Hosts that may see the bot's token: Slack's file hosts, and the host of the API itself."""
    named = (name.strip().lower() for name in file_hosts.split(","))
    return frozenset({*filter(None, named), urlsplit(api_url).netloc.lower()})


async def fetch(
    client: AsyncWebClient, upload: Upload, hosts: frozenset[str], wording: Wording
) -> bytes:
    """The bytes of `upload`. Raises: `InputError` when it is too large or not Slack's."""
    if upload.check_first or not upload.url:
        told = await client.files_info(file=upload.id)
        upload = read_upload(told["file"])
    if not upload.url:  # deleted, or hidden by the workspace's plan
        raise InputError(wording.say("file_unreadable", name=upload.name))
    check_place(upload, hosts, wording)
    if upload.size > LIMIT:
        raise InputError(wording.say("file_too_large", name=upload.name))
    data = await _download(upload.url, str(client.token))
    if data is None or _is_sign_in(data, upload.name):
        raise InputError(wording.say("file_unreadable", name=upload.name))
    if len(data) > LIMIT:
        raise InputError(wording.say("file_too_large", name=upload.name))
    return data


def check_place(upload: Upload, hosts: Sequence[str] | frozenset[str], wording: Wording) -> None:
    """The file lies where the token may go. Raises: `InputError`."""
    place = urlsplit(upload.url)
    loopback = place.hostname in ("127.0.0.1", "localhost")
    if place.netloc.lower() in hosts and (place.scheme == "https" or loopback):
        return
    raise InputError(wording.say("file_refused", name=upload.name))


async def _download(url: str, token: str) -> bytes | None:
    """The bytes at `url`, one more than the limit at most; None when Slack refuses.

    Redirects are not followed: they would carry the token to another host.
    """
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=SECONDS)
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        if answer.status != 200:
            return None
        parts = bytearray()
        async for part in answer.content.iter_chunked(65_536):
            parts += part
            if len(parts) > LIMIT:
                break
        return bytes(parts)


def _is_sign_in(data: bytes, name: str) -> bool:
    """Slack answers a bad token with a page, not with an error."""
    html = data.lstrip()[:15].lower().startswith((b"<html", b"<!doctype html"))
    return html and not name.lower().endswith((".html", ".htm"))
