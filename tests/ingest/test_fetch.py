"""A server that misbehaves in every way that was thought of, and what a fetch makes of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.build import Parts
from ingest.fetch import FetchError, Limits, Network, check_address, fetch, open_network
from ingest.official_fetch import Outside, addresses, fetch_index, full_text_address
from knowledge.embedding import TransformerEmbedder
from knowledge.hosts import load_hosts
from knowledge.index import open_index
from knowledge.settings import Settings
from knowledge.sources import Knowledge, build_knowledge, load_knowledge
from tests.ingest.small import order_table

HOST = "www.govinfo.gov"
BASE = f"https://{HOST}"
PUBLIC = "93.184.216.34"
ORDER = (
    b"<html><body><h1>Executive Order 13929 of June 16, 2020</h1><p>By the authority vested in me "
    b"as President by the Constitution, it is hereby ordered:</p><p>Section 1. Aim. Be fair.</p>"
    b"<p>Sec. 2. End. Done.</p></body></html>"
)
Behaviour = Callable[[socket.socket], None]


def answer(status: str, *headers: str, body: bytes = b"") -> Behaviour:
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode()
    return lambda stream: stream.sendall(head + body)


def text(body: bytes) -> Behaviour:
    return answer("200 OK", "Content-Type: text/html", f"Content-Length: {len(body)}", body=body)


def redirect(to: str) -> Behaviour:
    return answer("302 Found", f"Location: {to}", "Content-Length: 0")


def drip(first: bytes) -> Behaviour:
    def run(stream: socket.socket) -> None:
        stream.sendall(first)
        for _ in range(200):
            stream.sendall(b"x")
            time.sleep(0.05)

    return run


class Server:
    """One behaviour a path, over plain sockets on the loopback; stops when it is closed."""

    def __init__(self) -> None:
        self.paths: dict[str, Behaviour] = {}
        self.asked: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                stream, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(stream,), daemon=True).start()

    def _answer(self, stream: socket.socket) -> None:
        with stream:
            try:
                path = stream.recv(65536).split(b" ")[1].decode()
                self.asked.append(path)
                self.paths[path](stream)
            except (OSError, IndexError, KeyError):
                return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def network(server: Server, *addresses: str) -> Network:
    return Network(
        resolve=lambda host: list(addresses or (PUBLIC,)),
        connect=lambda address, host, seconds: socket.create_connection(
            ("127.0.0.1", server.port), timeout=seconds
        ),
    )


LIMITS = Limits(size=100_000, seconds=1.0, redirects=3)


def test_a_text_is_fetched(server: Server) -> None:
    server.paths["/order"] = text(ORDER)

    got = fetch(f"{BASE}/order", LIMITS, network(server))

    assert got.data == ORDER
    assert got.content_type == "text/html"


def test_a_redirect_within_the_list_is_followed(server: Server) -> None:
    server.paths |= {"/old": redirect("/new?x=1"), "/new?x=1": text(ORDER)}

    got = fetch(f"{BASE}/old", LIMITS, network(server))

    assert got.url == f"{BASE}/new?x=1"
    assert server.asked == ["/old", "/new?x=1"]


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (redirect("https://evil.example/order"), "evil.example is not on the list"),
        (redirect("http://www.govinfo.gov/order"), "not plain HTTPS"),
        (redirect("https://user:pw@www.govinfo.gov/order"), "name or password"),
        (redirect("https://www.govinfo.gov:8443/order"), "not plain HTTPS"),
        (redirect("file:///etc/passwd"), "not plain HTTPS"),
        (redirect("/order"), "leads on more than 3 times"),
        (answer("404 Not Found", "Content-Length: 0"), "status 404"),
        (answer("500 Oops", "Content-Length: 0"), "status 500"),
        (answer("200 OK", "Content-Type: image/png", body=b"x"), "image/png, not a text"),
        (answer("200 OK", "Content-Length: 1", body=b"x"), "not a text or a PDF"),
        (
            answer("200 OK", "Content-Type: text/html", "Content-Encoding: gzip", body=b"x"),
            "compressed",
        ),
        (
            answer("200 OK", "Content-Type: text/html", "Content-Length: 999999999", body=b"x" * 9),
            "(more than|broke off)",
        ),
        (answer("200 OK", "Content-Type: text/html", body=b"x" * 100_001), "sent more than"),
        (
            answer("200 OK", "Content-Type: text/html", "Content-Length: 500", body=b"half"),
            "(broke off|properly)",
        ),
        (lambda stream: stream.sendall(b"220 ftp ready\r\n"), "did not answer properly"),
        (lambda stream: None, "did not answer properly"),
        (drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), "longer than 1 seconds"),
        (drip(b"HTTP/1.1 200 OK\r\nX-Slow: "), "longer than 1 seconds"),
    ],
)
def test_misbehaviour_is_refused_in_time(server: Server, behaviour: Behaviour, says: str) -> None:
    server.paths["/order"] = behaviour
    started = time.monotonic()

    with pytest.raises(FetchError, match=says):
        fetch(f"{BASE}/order", LIMITS, network(server))

    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.9", "::1", "fc00::1", "fe80::1%eth0",
     "100.64.0.1", "0.0.0.0", "224.0.0.1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_private_addresses_are_refused(server: Server, address: str) -> None:
    server.paths["/order"] = text(ORDER)

    with pytest.raises(FetchError, match="not public"):
        fetch(f"{BASE}/order", LIMITS, network(server, PUBLIC, address))

    assert server.asked == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://www.govinfo.gov/a", "not plain HTTPS"),
        ("https://govinfo.gov.evil.example/a", "not on the list"),
        ("https://www.govinfo.gov./a", "not on the list"),
        ("https://www.govinfo.gov@evil.example/a", "name or password"),
        ("https://[::1]/a", "not on the list"),
        ("https:///a", "without name"),
        ("https://www.govinfo.gov:99999/a", "malformed"),
    ],
)
def test_addresses_off_the_list_are_refused(url: str, says: str) -> None:
    with pytest.raises(FetchError, match=says):
        check_address(url, LIMITS.hosts)


def test_the_machines_own_resolver_finds_the_loopback_private() -> None:
    limits = Limits(hosts=frozenset({"localhost"}), seconds=2)

    with pytest.raises(FetchError, match="not public"):
        fetch("https://localhost/order", limits, open_network())


def test_the_registers_full_text_stands_beside_its_page() -> None:
    page = "https://www.federalregister.gov/documents/2020/06/19/2020-13449/safe-policing"

    assert full_text_address(page) == (
        "https://www.federalregister.gov/documents/full_text/xml/2020/06/19/2020-13449.xml"
    )
    assert full_text_address(f"{BASE}/order") == f"{BASE}/order"


@pytest.fixture
def known() -> Knowledge:
    table = order_table(
        ("EO 13929 has six sections.",), ("Executive Order 13929 of June 16, 2020",)
    )
    table["source"]["url"] = f"{BASE}/order"
    return build_knowledge([("order.toml", table)])


@pytest.fixture
def parts(known: Knowledge, embedder: TransformerEmbedder) -> Parts:
    return Parts(known, embedder)


def official(settings: Settings, known: Knowledge) -> list[str]:
    index = open_index(settings.home, knowledge=known)
    found = [s.text for s in index.sections.values() if s.id.endswith("@official")]
    index.close()
    return found


def test_a_fetched_text_is_taken_in_and_stays_when_the_host_is_down(
    server: Server, settings: Settings, parts: Parts
) -> None:
    outside = Outside(LIMITS, network(server))
    server.paths["/order"] = text(ORDER)
    first = fetch_index(settings, parts=parts, outside=outside)
    server.paths["/order"] = answer("503 Busy", "Content-Length: 0")

    second = fetch_index(settings, parts=parts, outside=outside)

    assert first.problems == ()
    assert [(t.source, t.sections) for t in first.official] == [("eo-13929", 3)]
    assert second.official == first.official
    assert second.release == first.release
    assert "status 503" in second.problems[0]
    assert "stays" in second.problems[0]
    assert "Be fair." in official(settings, parts.knowledge)


def test_a_text_that_changed_since_its_first_fetch_is_not_taken(
    server: Server, settings: Settings, parts: Parts
) -> None:
    outside = Outside(LIMITS, network(server))
    server.paths["/order"] = text(ORDER)
    fetch_index(settings, parts=parts, outside=outside)
    server.paths["/order"] = text(ORDER.replace(b"Be fair.", b"Be unfair."))

    report = fetch_index(settings, parts=parts, outside=outside)

    assert "has changed since it was first fetched" in report.problems[0]
    assert "Be fair." in official(settings, parts.knowledge)


def test_another_page_at_the_address_is_not_taken(
    server: Server, settings: Settings, parts: Parts
) -> None:
    server.paths["/order"] = text(b"<html><body><p>Page not found.</p></body></html>")

    report = fetch_index(settings, parts=parts, outside=Outside(LIMITS, network(server)))

    assert "is no copy of it" in report.problems[0]
    assert not (settings.home / "pins.json").exists() or "order" not in (
        settings.home / "pins.json"
    ).read_text(encoding="utf-8")


def test_pins_outlive_other_changes(
    server: Server, settings: Settings, parts: Parts, tmp_path: Path
) -> None:
    outside = Outside(LIMITS, network(server))
    server.paths["/order"] = text(ORDER)
    fetch_index(settings, parts=parts, outside=outside)
    before = (settings.home / "pins.json").read_text(encoding="utf-8")

    fetch_index(settings, parts=parts, outside=outside)

    assert (settings.home / "pins.json").read_text(encoding="utf-8") == before
    assert f"{BASE}/order" in before


def test_the_catalogue_names_the_orders_and_nothing_off_the_list() -> None:
    found = addresses(load_knowledge(), load_hosts().fetched)

    assert set(found) == {"eo-13929", "eo-14074", "eo-14148", "eo-14288"}
    assert addresses(load_knowledge(), frozenset({"omb.report"})).keys() == {"doj-standards-2020"}
