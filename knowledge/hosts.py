"""The hosts that an address of the knowledge base may have, and those that may be fetched from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

_FILE = Path(__file__).parent / "data" / "hosts.toml"


@dataclass(frozen=True, slots=True)
class Hosts:
    """`fetched` are asked for official texts; `cited` stand in citations only."""

    fetched: frozenset[str]
    cited: frozenset[str]

    def allow(self, url: str) -> bool:
        """Whether `url` is HTTPS on one of these hosts, with no name, password or port."""
        place = urlsplit(url)
        return place.scheme == "https" and place.netloc in self.fetched | self.cited


@lru_cache(maxsize=1)
def load_hosts() -> Hosts:
    """The hosts of `knowledge/data/hosts.toml`."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Hosts(frozenset(table["fetched"]["hosts"]), frozenset(table["cited"]["hosts"]))
