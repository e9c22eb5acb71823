"""Where a button was pressed."""

from __future__ import annotations

from typing import Any

from bot.intake import Place


def pressed_at(body: dict[str, Any]) -> Place:
    """The thread of the message that the button hangs on, and the person who pressed it."""
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel = str((body.get("channel") or {}).get("id") or container.get("channel_id") or "")
    thread = message.get("thread_ts") or container.get("thread_ts") or message.get("ts")
    return Place(
        team=str((body.get("team") or {}).get("id") or body["user"].get("team_id") or ""),
        channel=channel,
        thread=str(thread or ""),
        person=str(body["user"]["id"]),
        direct=channel.startswith("D"),
        person_team=str(body["user"].get("team_id") or ""),
    )
