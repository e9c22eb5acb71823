"""What Slack sends: payloads of events, pressed buttons, commands, shortcuts and modals."""

from __future__ import annotations

import itertools
import time
from typing import Any

from tests.slackdouble.state import APP_ID, BOT_USER, TEAM

_NUMBERS = itertools.count(1)
Payload = dict[str, Any]


def stamp() -> str:
    """A time stamp that no other message of a person has."""
    return f"{int(time.time())}.{next(_NUMBERS):06d}"


def event(inner: Payload, *, event_id: str | None = None, team: str = TEAM) -> Payload:
    """The outer envelope of an event."""
    return {
        "token": "legacy",
        "team_id": team,
        "api_app_id": APP_ID,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id or f"Ev{next(_NUMBERS)}",
        "event_time": int(time.time()),
        "authorizations": [
            {"enterprise_id": None, "team_id": team, "user_id": BOT_USER, "is_bot": True}
        ],
        "is_ext_shared_channel": inner.pop("_external", False),
    }


def mention(text: str, *, channel: str = "C1", user: str = "U1", **more: Any) -> Payload:
    """Somebody mentions the bot in a channel."""
    told = {"type": "app_mention", "user": user, "channel": channel, "ts": stamp()}
    return told | {"text": f"<@{BOT_USER}> {text}", "team": TEAM} | more


def message(text: str, *, channel: str = "C1", user: str = "U1", **more: Any) -> Payload:
    """Somebody writes in a channel or, where its name begins with D, to the bot."""
    kind = "im" if channel.startswith("D") else "channel"
    told = {"type": "message", "user": user, "channel": channel, "ts": stamp(), "team": TEAM}
    return told | {"text": text, "channel_type": kind} | more


def press(action: Payload, *, channel: str, thread: str, user: str = "U1", **more: Any) -> Payload:
    """Somebody presses a button of a message."""
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "api_app_id": APP_ID,
        "container": {"type": "message", "channel_id": channel, "thread_ts": thread},
        "channel": {"id": channel},
        "message": {"ts": stamp(), "thread_ts": thread},
        "actions": [action],
        "trigger_id": "none",
    } | more


def command(text: str, response_url: str, *, user: str = "U1", channel: str = "C9") -> Payload:
    """Somebody types the slash command; Slack sends it as a form."""
    return {
        "command": "/safepolicing",
        "text": text,
        "user_id": user,
        "team_id": TEAM,
        "channel_id": channel,
        "api_app_id": APP_ID,
        "response_url": response_url,
        "trigger_id": "none",
    }


def message_shortcut(said: Payload, response_url: str, *, user: str = "U1") -> Payload:
    """Somebody uses the shortcut on a message."""
    return {
        "type": "message_action",
        "callback_id": "review_message",
        "user": {"id": user, "team_id": TEAM},
        "team": {"id": TEAM},
        "channel": {"id": said["channel"]},
        "message": said,
        "message_ts": said["ts"],
        "response_url": response_url,
        "trigger_id": "none",
    }


def global_shortcut(trigger: str, *, user: str = "U1") -> Payload:
    """Somebody uses the shortcut that belongs to no message."""
    told = {"type": "shortcut", "callback_id": "review_new", "trigger_id": trigger}
    return told | {"user": {"id": user, "team_id": TEAM}, "team": {"id": TEAM}}


def submission(view: Payload, values: Payload, *, user: str = "U1") -> Payload:
    """Somebody fills in a modal and sends it."""
    state = {"values": {name: {name: value} for name, value in values.items()}}
    told = {"type": "view_submission", "view": view | {"state": state}, "trigger_id": "none"}
    return told | {"user": {"id": user, "team_id": TEAM}, "team": {"id": TEAM}}


def opened(tab: str, *, user: str = "U1") -> Payload:
    """Somebody opens the app."""
    return {"type": "app_home_opened", "user": user, "channel": f"D{user}", "tab": tab}


def stopped(channel: str, thread: str, streams: list[str], *, user: str = "U1") -> Payload:
    """Somebody presses Slack's own Stop; Slack has ended the streams already."""
    told = {"type": "agent_session_stopped", "channel": channel, "thread_ts": thread}
    return told | {"user": user, "streaming_message_ts": streams, "event_ts": stamp()}


def looked(channel: str, at: str, *, user: str = "U1") -> Payload:
    """Somebody looks at another channel while the app's messages are open."""
    entity = {"type": "slack#/types/channel_id", "value": at, "team_id": TEAM}
    told = {"type": "app_context_changed", "user": user, "channel": channel}
    return told | {"context": {"entities": [entity]}, "event_ts": stamp()}
