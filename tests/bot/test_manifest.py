"""`manifest.json` against what the code uses: no more, no less, and within Slack's limits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot import listeners
from bot.app import LISTENERS, open_app
from bot.desk import open_desk
from bot.home import prompts
from bot.listeners.commands import COMMAND
from bot.listeners.shortcuts import GLOBAL, MESSAGE
from bot.manifest import MANIFEST, SCOPES, read_manifest
from bot.settings import BotSettings
from bot.wording import load_wording
from tests.bot.small import SmallAdvisor
from tests.slackdouble.state import BOT_TOKEN, SECRET
from tests.slackdouble.state import SCOPES as GRANTED

# What each permission is needed for: a call of the Web API, or an event.
NEEDED = {
    "app_mentions:read": "app_mention",
    "assistant:write": "assistant_threads_setSuggestedPrompts",
    "channels:history": "message.channels",
    "channels:read": "conversations_info",
    "chat:write": "chat_postMessage",
    "commands": "app.command(",
    "files:read": "files_info",
    "files:write": "files_upload_v2",
    "groups:history": "message.groups",
    "groups:read": "conversations_info",
    "im:history": "message.im",
    "im:write": "conversations_open",
    "mpim:history": "message.mpim",
    "mpim:read": "conversations_info",
    "users:read": "users_info",
}
# The permission that each call of the Web API in the code needs.
CALLS = {
    "agents_sessions_setStatus": "chat:write",
    "api_test": "",
    "apps_connections_open": "",
    "assistant_threads_setStatus": "chat:write",
    "assistant_threads_setSuggestedPrompts": "assistant:write",
    "auth_test": "",
    "chat_appendStream": "chat:write",
    "chat_delete": "chat:write",
    "chat_postEphemeral": "chat:write",
    "chat_postMessage": "chat:write",
    "chat_startStream": "chat:write",
    "chat_stopStream": "chat:write",
    "chat_update": "chat:write",
    "conversations_info": "channels:read",
    "conversations_open": "im:write",
    "files_info": "files:read",
    "files_upload_v2": "files:write",
    "users_info": "users:read",
    "views_open": "",
    "views_publish": "",
}
# Acknowledged by the catch-all, handled in a middleware before it.
BY_MIDDLEWARE = {"app_uninstalled", "tokens_revoked"}


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return read_manifest()


@pytest.fixture(scope="module")
def code() -> str:
    files = Path(MANIFEST.parent, "bot").rglob("*.py")
    return "".join(file.read_text(encoding="utf-8") for file in files)


def test_the_permissions_are_those_that_are_used(manifest: dict[str, Any], code: str) -> None:
    asked = manifest["oauth_config"]["scopes"]["bot"]
    assert asked == sorted(SCOPES) == sorted(NEEDED) == sorted(GRANTED.split(","))
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    for scope, use in NEEDED.items():
        assert use in events or use in code, scope


def test_every_call_of_slack_has_its_permission(manifest: dict[str, Any], code: str) -> None:
    made = set(re.findall(r"client\.([a-z]+_[a-zA-Z_0-9]+)\(", code))
    assert made <= set(CALLS), "a new call: say which permission it needs"
    needed = {CALLS[call] for call in made} - {""}
    assert needed <= set(manifest["oauth_config"]["scopes"]["bot"])


def test_every_event_has_a_listener_and_every_listener_its_event(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    subscribed = {
        name.partition(".")[0] for name in manifest["settings"]["event_subscriptions"]["bot_events"]
    }
    settings = BotSettings(slack_bot_token=BOT_TOKEN, slack_signing_secret=SECRET, home=tmp_path)
    desk = open_desk(SmallAdvisor(), settings)
    assert open_app(desk).app
    desk.database.close()
    code = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in LISTENERS)
    heard = set(re.findall(r'app\.event\(\s*"([a-z_]+)"', code))
    assert heard | {"message"} | BY_MIDDLEWARE == subscribed
    for name in BY_MIDDLEWARE:
        assert f'"{name}"' in code
    assert listeners.__doc__


def test_what_people_press_is_what_the_code_listens_for(manifest: dict[str, Any]) -> None:
    features = manifest["features"]
    assert {item["callback_id"]: item["type"] for item in features["shortcuts"]} == {
        MESSAGE: "message",
        GLOBAL: "global",
    }
    assert [item["command"] for item in features["slash_commands"]] == [COMMAND]
    assert "assistant_view" not in features, "the legacy view"
    offered = features["agent_view"]["suggested_prompts"]
    assert offered == prompts(load_wording())


def test_the_manifest_keeps_to_slacks_limits(manifest: dict[str, Any]) -> None:
    features, about = manifest["features"], manifest["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert len(features["agent_view"]["suggested_prompts"]) <= 4
    assert len(features["bot_user"]["display_name"]) <= 80
    for item in features["shortcuts"]:
        assert len(item["name"]) <= 24, "Slack refuses a manifest with a longer one"
        assert len(item["callback_id"]) <= 255
        assert len(item["description"]) <= 150
    for item in features["slash_commands"]:
        assert len(item["command"]) <= 32
        assert len(item["description"]) <= 2000
    assert manifest["settings"]["interactivity"]["is_enabled"]
    assert json.loads(MANIFEST.read_text(encoding="utf-8")) == manifest
