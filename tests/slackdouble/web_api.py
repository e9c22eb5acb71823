"""The Web API methods: what each does to the state, or why it refuses."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bot.validate import message_problems, view_problems
from tests.slackdouble.state import APP_ID, BOT_ID, BOT_USER, TEAM, SlackError, State

Args = dict[str, Any]
LIFETIME = 12_000  # characters of a streamed message


def auth_test(state: State, _args: Args) -> Args:
    return {"user_id": BOT_USER, "bot_id": BOT_ID, "team_id": TEAM, "team": "Double", "url": "x"}


def post_message(state: State, args: Args) -> Args:
    _check_channel(state, args)
    _check_message(args)
    message = _store(state, args, "message")
    return {"channel": args["channel"], "ts": message["ts"], "message": message}


def post_ephemeral(state: State, args: Args) -> Args:
    _check_channel(state, args)
    _check_message(args)
    if not args.get("user"):
        raise SlackError("user_not_in_channel")
    thread = args.get("thread_ts")
    if thread and not state.begun(args["channel"], thread):
        return {"message_ts": state.ts()}  # accepted, and shown to nobody
    return {"message_ts": _store(state, args, "ephemeral")["ts"]}


def update(state: State, args: Args) -> Args:
    _check_message(args)
    for message in state.posted:
        if message.get("ts") == args.get("ts"):
            if message.get("streaming"):
                raise SlackError("streaming_state_conflict")
            message.update({"text": args.get("text", ""), "blocks": args.get("blocks") or []})
            return {"channel": args["channel"], "ts": message["ts"]}
    raise SlackError("message_not_found")


def delete(state: State, args: Args) -> Args:
    for message in list(state.posted):
        if message.get("ts") == args.get("ts"):
            state.posted.remove(message)
            return {"channel": args["channel"], "ts": message["ts"]}
    raise SlackError("message_not_found")


def set_session(_state: State, args: Args) -> Args:
    if args.get("status") not in ("active", "processing", "suspended", "closed"):
        raise SlackError("invalid_arguments")
    return {}


def set_status(state: State, args: Args) -> Args:
    if not args.get("channel_id") or not args.get("thread_ts"):
        raise SlackError("invalid_arguments")
    state.signs.append((args["channel_id"], args["thread_ts"], time.monotonic()))
    return {}


def set_prompts(state: State, args: Args) -> Args:
    if len(args.get("prompts") or ()) > 4 or args.get("thread_ts"):
        raise SlackError("invalid_arguments")
    return {}


def start_stream(state: State, args: Args) -> Args:
    if not state.streaming:
        raise SlackError("unknown_method")
    _check_channel(state, args)
    if not args.get("thread_ts"):
        raise SlackError("invalid_thread_ts")
    if not args["channel"].startswith("D") and not args.get("recipient_user_id"):
        raise SlackError("missing_recipient_user_id")
    message = _store(state, args | {"streaming": True}, "stream")
    state.streams[message["ts"]] = {"until": time.monotonic() + state.stream_life, "size": 0}
    _grow(state, message["ts"], args)
    return {"channel": args["channel"], "ts": message["ts"]}


def append_stream(state: State, args: Args) -> Args:
    _grow(state, args.get("ts", ""), args)
    return {"channel": args["channel"], "ts": args["ts"]}


def stop_stream(state: State, args: Args) -> Args:
    ts = args.get("ts", "")
    _grow(state, ts, args)
    problems = message_problems({"text": "x", "blocks": args.get("blocks")})
    if problems:
        raise SlackError("invalid_blocks", response_metadata={"messages": problems})
    del state.streams[ts]
    for message in state.posted:
        if message.get("ts") == ts:
            message["streaming"] = False
            message["text"] = " ".join(_words(args.get("blocks") or []))
            message["blocks"] = list(message.get("blocks") or []) + list(args.get("blocks") or [])
    return {"channel": args["channel"], "ts": ts}


def conversations_open(state: State, args: Args) -> Args:
    return {"channel": {"id": f"D{args['users']}"}}


def conversations_info(state: State, args: Args) -> Args:
    channel = args.get("channel") or ""
    if channel in state.hidden_channels:
        raise SlackError("channel_not_found")
    return {"channel": {"id": channel, "is_ext_shared": channel in state.shared_channels}}


def users_info(state: State, args: Args) -> Args:
    told = state.users.get(args.get("user", ""), {})
    return {"user": {"id": args.get("user"), "is_restricted": False, "tz": "UTC"} | told}


def views_open(state: State, args: Args) -> Args:
    until = state.triggers.pop(args.get("trigger_id", ""), 0.0)
    if until < time.monotonic():
        raise SlackError("expired_trigger_id")
    return _show(state, args)


def views_update(state: State, args: Args) -> Args:
    return _show(state, args)


def views_publish(state: State, args: Args) -> Args:
    _check_view(args["view"])
    state.homes[args["user_id"]] = args["view"]
    return {"view": args["view"]}


def files_info(state: State, args: Args) -> Args:
    if args.get("file") not in state.files:
        raise SlackError("file_not_found")
    return {"file": state.files[args["file"]]}


def upload_url(state: State, args: Args) -> Args:
    name = f"F{len(state.files) + 1}"
    state.files[name] = {"id": name, "name": args.get("filename"), "size": int(args["length"])}
    return {"upload_url": f"{state.base}/upload/{name}", "file_id": name}


def upload_done(state: State, args: Args) -> Args:
    files = args.get("files") or []
    shared: Args = {"channel": args.get("channel_id"), "thread_ts": args.get("thread_ts")}
    for item in files:
        state.files[item["id"]]["title"] = item.get("title")
    message = shared | {"text": args.get("initial_comment") or "", "blocks": [], "files": files}
    state.posted.append(message | {"ts": state.ts(), "kind": "file", "user": BOT_USER})
    return {"files": files}


def permalink(state: State, args: Args) -> Args:
    return {"permalink": f"https://double.slack.com/archives/{args['channel']}/p1"}


def replies(state: State, args: Args) -> Args:
    return {"messages": state.in_thread(args["channel"], args.get("ts"))}


def fine(_state: State, _args: Args) -> Args:
    return {}


METHODS: dict[str, Callable[[State, Args], Args]] = {
    "auth.test": auth_test,
    "auth.revoke": fine,
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.startStream": start_stream,
    "chat.appendStream": append_stream,
    "chat.stopStream": stop_stream,
    "chat.getPermalink": permalink,
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setTitle": fine,
    "assistant.threads.setSuggestedPrompts": set_prompts,
    "agents.sessions.setStatus": set_session,
    "agents.sessions.rename": fine,
    "conversations.info": conversations_info,
    "conversations.open": conversations_open,
    "conversations.replies": replies,
    "users.info": users_info,
    "views.open": views_open,
    "views.push": views_open,
    "views.update": views_update,
    "views.publish": views_publish,
    "files.info": files_info,
    "files.getUploadURLExternal": upload_url,
    "files.completeUploadExternal": upload_done,
    "reactions.add": fine,
    "reactions.remove": fine,
}


def _check_channel(state: State, args: Args) -> None:
    channel = args.get("channel")
    if not channel:
        raise SlackError("channel_not_found")
    if channel.startswith("U"):  # a person's id stands for the direct message with them
        channel = args["channel"] = f"D{channel}"
    if not channel.startswith("D") and channel not in state.members:
        raise SlackError("not_in_channel")


def _check_message(args: Args) -> None:
    problems = message_problems(args)
    if problems:
        code = problems[0].partition(":")[0]
        raise SlackError(code, response_metadata={"messages": problems})


def _check_view(view: Args) -> None:
    problems = view_problems(view)
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})


def _show(state: State, args: Args) -> Args:
    _check_view(args["view"])
    view = args["view"] | {"id": args.get("view_id") or f"V{len(state.views) + 1}", "hash": "h"}
    state.views.append(view)
    return {"view": view}


def _store(state: State, args: Args, kind: str) -> Args:
    ours: Args = {"ts": state.ts(), "kind": kind, "user": BOT_USER, "bot_id": BOT_ID}
    ours["app_id"] = APP_ID
    if kind == "ephemeral":
        ours |= {"to": args.get("user")}
    blocks = args.get("blocks") or []
    message = args | ours | {"blocks": blocks, "text": args.get("text") or ""}
    state.posted.append(message)
    where = str(args.get("thread_ts") or args.get("user"))  # a whisper is somebody's alone
    state.signs.append((args["channel"], where, time.monotonic()))
    return message


def _words(value: Any) -> list[str]:
    """Every text of the blocks: what a streamed message says to a screen reader."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [word for part in value.values() for word in _words(part)]
    return [word for part in value for word in _words(part)] if isinstance(value, list) else []


def _grow(state: State, ts: str, args: Args) -> None:
    stream = state.streams.get(ts)
    if stream is None or stream["until"] < time.monotonic():
        state.end_stream(ts)
        raise SlackError("message_not_in_streaming_state")
    words = args.get("markdown_text") or ""
    chunks = args.get("chunks") or []
    words += "".join(chunk.get("text", "") for chunk in chunks)
    stream["size"] += len(words)
    if stream["size"] > LIFETIME:
        raise SlackError("msg_too_long")
    for message in state.posted:
        if message.get("ts") == ts:
            message["text"] += words
            message.setdefault("tasks", []).extend(chunks)
