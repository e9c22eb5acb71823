"""The modal in which an excerpt is typed, pasted or uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.validate import INPUT_LENGTH
from bot.wording import Wording

View = dict[str, Any]


def review_modal(wording: Wording, callback: str) -> View:
    """Text, or a file for what is longer, and the state whose law is looked at."""
    words = wording.modal
    text = {
        "type": "plain_text_input",
        "action_id": "text",
        "multiline": True,
        "max_length": INPUT_LENGTH,
    }
    file = {
        "type": "file_input",
        "action_id": "file",
        "filetypes": ["pdf", "docx", "txt", "text", "md"],
        "max_files": 3,
    }
    state = {"type": "plain_text_input", "action_id": "state", "max_length": 30}
    return {
        "type": "modal",
        "callback_id": callback,
        "title": _plain(words["title"]),
        "submit": _plain(words["submit"]),
        "close": _plain(words["close"]),
        "blocks": [
            _input("text", words["text"], text),
            _input("file", words["file"], file),
            _input("state", words["state"], state),
        ],
    }


def working_modal(wording: Wording) -> View:
    """Says where the result will come."""
    words = wording.modal
    section = {"type": "section", "text": {"type": "mrkdwn", "text": words["working"]}}
    return {
        "type": "modal",
        "title": _plain(words["working_title"]),
        "close": _plain(words["done"]),
        "blocks": [section],
    }


def typed(view: Mapping[str, Any]) -> dict[str, Any]:
    """What the person gave: `text`, `files` and `state`."""
    values = (view.get("state") or {}).get("values") or {}
    return {
        "text": str(_value(values, "text").get("value") or ""),
        "files": list(_value(values, "file").get("files") or ()),
        "state": _value(values, "state").get("value") or None,
    }


def _value(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (values.get(name) or {}).get(name) or {}
    return found


def _input(block: str, label: str, element: Mapping[str, Any]) -> View:
    made = {"type": "input", "block_id": block, "label": _plain(label), "optional": True}
    return made | {"element": dict(element)}


def _plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}
