"""What Slack delivers, read once: who wrote what, where, and whether it is meant for us.

Slack's markup is undone here and nowhere else; from here on text is what the person typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HUMAN_SUBTYPES = frozenset({None, "file_share", "me_message", "thread_broadcast"})
_TOKEN = re.compile(r"<([^<>\n]*)>|&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: the thread, and the person it is for."""

    team: str
    channel: str
    thread: str
    person: str
    direct: bool
    person_team: str = ""
    begun: bool = False  # the thread has replies; where it has none, Slack shows no whisper


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that hangs on a message. Slack's words about it, not yet looked into."""

    id: str
    name: str
    size: int
    url: str
    check_first: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from a person."""

    event: str
    ts: str
    place: Place
    text: str
    mentions_us: bool = False
    mentions_others: bool = False
    external: bool = False
    uploads: tuple[Upload, ...] = ()

    @property
    def mark(self) -> str:
        """One and the same for every delivery of this message."""
        return f"{self.place.team}/{self.place.channel}/{self.ts}"

    @property
    def in_thread(self) -> bool:
        """The message answers another one."""
        return self.place.thread != self.ts


def read_message(body: Mapping[str, Any], us: str) -> Incoming | None:
    """The message in an event's `body`, or None when it is nobody's we answer.

    Never answered: bots, ourselves, edits, deletions and the notes Slack writes itself.
    """
    event: Mapping[str, Any] = body.get("event") or {}
    if not _from_a_person(event, us):
        return None
    raw = str(event.get("text") or "")
    place = Place(
        team=tenant(body) or str(event.get("team") or ""),
        channel=str(event["channel"]),
        thread=str(event.get("thread_ts") or event["ts"]),
        person=str(event["user"]),
        direct=event.get("channel_type") == "im" or str(event["channel"]).startswith("D"),
        person_team=str(event.get("user_team") or event.get("team") or body.get("team_id") or ""),
        begun=event.get("thread_ts") not in (None, event["ts"]),
    )
    mentioned = set(re.findall(r"<@([A-Z0-9]+)", raw))
    return Incoming(
        event=str(body.get("event_id") or f"{place.channel}/{event['ts']}"),
        ts=str(event["ts"]),
        place=place,
        text=plain_text(raw, us),
        mentions_us=us in mentioned or event.get("type") == "app_mention",
        mentions_others=bool(mentioned - {us}),
        external=bool(body.get("is_ext_shared_channel")),
        uploads=tuple(read_upload(item) for item in event.get("files") or ()),
    )


def tenant(body: Mapping[str, Any]) -> str:
    """The workspace whose installation got this delivery, found in the order in which Bolt looks.

    In a channel that is shared with another organization, `team_id` may be the other one.
    """
    team, granted = body.get("team"), body.get("authorizations") or [{}]
    found = (
        (body.get("view") or {}).get("app_installed_team_id"),
        team.get("id") if isinstance(team, Mapping) else team,
        granted[0].get("team_id"),
        body.get("team_id"),
        (body.get("user") or {}).get("team_id"),
    )
    return str(next(filter(None, found), ""))


def read_upload(item: Mapping[str, Any]) -> Upload:
    """What Slack says of a file."""
    return Upload(
        id=str(item.get("id") or ""),
        name=str(item.get("name") or "file"),
        size=int(item.get("size") or 0),
        url=str(item.get("url_private_download") or item.get("url_private") or ""),
        check_first=item.get("file_access") == "check_file_info",
    )


def plain_text(raw: str, us: str = "") -> str:
    """What the person typed: links, mentions and entities undone, our own mention taken out."""
    without_us = re.sub(rf"<@{re.escape(us)}(?:\|[^>]*)?>[ \t]*", "", raw) if us else raw
    return _unfence(_TOKEN.sub(_typed, without_us).strip())


def _from_a_person(event: Mapping[str, Any], us: str) -> bool:
    if event.get("bot_id") or event.get("subtype") not in HUMAN_SUBTYPES:
        return False
    if event.get("hidden") or event.get("edited"):
        return False
    named = all(event.get(key) for key in ("user", "channel", "ts"))
    return named and event["user"] not in (us, "USLACKBOT")


def _typed(match: re.Match[str]) -> str:
    entity = match.group(2)
    if entity:
        return _ENTITIES[entity]
    target, _, label = match.group(1).partition("|")
    shown = _entities(label or "")
    if target.startswith("!"):
        return shown or "@" + target[1:].partition("^")[0]
    if target.startswith("@"):
        return "@" + (shown.lstrip("@") or "someone")
    if target.startswith("#"):
        return "#" + (shown.lstrip("#") or "channel")
    return shown or _entities(target.removeprefix("mailto:"))


def _entities(text: str) -> str:
    return re.sub(r"&(amp|lt|gt);", lambda found: _ENTITIES[found.group(1)], text)


def _unfence(text: str) -> str:
    """A text that is one code block from end to end is what stands in the block."""
    fenced = re.fullmatch(r"```\n?(.*?)\n?```", text, re.DOTALL)
    return fenced.group(1) if fenced and "```" not in fenced.group(1) else text
