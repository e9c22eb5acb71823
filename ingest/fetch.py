"""Fetch one address over HTTPS: known hosts only, public addresses only, within limits.

Every redirect is checked as the first address was. The connection goes to the very address
that was checked, so a name that changes its mind between two look-ups gains nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from knowledge.hosts import load_hosts

_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/xml",
        "application/xml",
        "application/pdf",
        "text/plain",
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORT = 443
_AGENT = "safepolicing-ingest"
_FAILURES = (OSError, http.client.HTTPException, ValueError)


class FetchError(Exception):
    """Why nothing was fetched, in the words of a sentence's end."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may do. `size` is in bytes, `seconds` are for all of it with its redirects."""

    hosts: frozenset[str] = field(default_factory=lambda: load_hosts().fetched)
    size: int = 20 * 1024 * 1024
    seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Network:
    """How names become addresses, and addresses connections; tests bring their own."""

    resolve: Callable[[str], list[str]]
    connect: Callable[[str, str, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, from where in the end, and as what content type."""

    url: str
    data: bytes
    content_type: str


def fetch(url: str, limits: Limits, network: Network) -> Fetched:
    """What stands at the address, or at the one that it leads to.

    Raises: `FetchError` when an address is not allowed, or what comes is not what may come.
    """
    with _deadline(limits.seconds) as clock:
        for _ in range(limits.redirects + 1):
            answer = _ask(url, limits, network, clock)
            if isinstance(answer, Fetched):
                return answer
            url = urljoin(url, answer)
    raise FetchError(f"it leads on more than {limits.redirects} times")


def open_network() -> Network:
    """The network of this machine, with certificates checked."""
    return Network(_resolve, _connect)


def check_address(url: str, hosts: frozenset[str]) -> str:
    """The host of an address that may be fetched. Raises: `FetchError` for any other."""
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError as error:
        raise FetchError("its address is malformed") from error
    if place.scheme != "https" or port not in (None, _PORT):
        raise FetchError(f"{url} is not plain HTTPS")
    if place.username is not None or place.password is not None:
        raise FetchError("its address carries a name or password")
    host = (place.hostname or "").lower()
    if host not in hosts:
        raise FetchError(f"the host {host or 'without name'} is not on the list of known hosts")
    return host


@dataclass(frozen=True, slots=True)
class _Clock:
    """Whether the time is over, and the connections that are cut when it is."""

    over: threading.Event
    streams: list[socket.socket]


def _ask(url: str, limits: Limits, network: Network, clock: _Clock) -> Fetched | str:
    """The content, or the address that it leads to."""
    host = check_address(url, limits.hosts)
    try:
        address = _public_address(network.resolve(host), host)
        stream = network.connect(address, host, limits.seconds)
        clock.streams.append(stream)
        answer = _exchange(url, host, stream, limits)
    except (*_FAILURES, FetchError) as error:
        _check_time(clock, host, limits)
        if isinstance(error, FetchError):
            raise
        raise FetchError(f"{host} did not answer properly ({_reason(error)})") from error
    finally:
        for each in clock.streams:
            each.close()
    _check_time(clock, host, limits)  # a connection cut by the clock looks like an end
    return answer


def _check_time(clock: _Clock, host: str, limits: Limits) -> None:
    if clock.over.is_set():
        raise FetchError(f"{host} took longer than {limits.seconds:g} seconds")


def _exchange(url: str, host: str, stream: socket.socket, limits: Limits) -> Fetched | str:
    connection = http.client.HTTPConnection(host, timeout=limits.seconds)
    connection.sock = stream
    place = urlsplit(url)
    path = (place.path or "/") + (f"?{place.query}" if place.query else "")
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    if response.status in _REDIRECTS:
        return response.headers.get("Location") or ""
    if response.status != 200:
        raise FetchError(f"{host} answered with status {response.status}")
    return Fetched(url, _content(response, host, limits.size), _content_type(response, host))


def _content_type(response: http.client.HTTPResponse, host: str) -> str:
    kind = response.headers.get_content_type()
    if kind not in _TYPES or "Content-Type" not in response.headers:
        raise FetchError(f"{host} sent {kind}, not a text or a PDF")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise FetchError(f"{host} sent it compressed, which was not asked for")
    return kind


def _content(response: http.client.HTTPResponse, host: str, size: int) -> bytes:
    _content_type(response, host)
    data = response.read(size + 1)
    if len(data) > size:
        raise FetchError(f"{host} sent more than {size // (1024 * 1024)} MB")
    if response.length:  # bytes that were promised and did not come
        raise FetchError(f"{host} broke off before the end")
    return data


def _public_address(addresses: list[str], host: str) -> str:
    """An address on the public network; one private address among them refuses them all."""
    found = [ipaddress.ip_address(address.partition("%")[0]) for address in addresses]
    if not found:
        raise FetchError(f"{host} has no address")
    if not all(address.is_global and not address.is_multicast for address in found):
        raise FetchError(f"{host} leads to an address that is not public")
    return str(found[0])


@contextmanager
def _deadline(seconds: float) -> Iterator[_Clock]:
    """A clock that cuts its connections when the time is over, however slowly bytes drip."""
    clock = _Clock(threading.Event(), [])

    def cut() -> None:
        clock.over.set()
        for stream in list(clock.streams):
            with suppress(OSError):  # closed already
                stream.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield clock
    finally:
        timer.cancel()


def _reason(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).rstrip(".")


def _resolve(host: str) -> list[str]:
    found = socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _connect(address: str, host: str, seconds: float) -> socket.socket:
    plain = socket.create_connection((address, _PORT), timeout=seconds)
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise
