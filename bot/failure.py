"""Failures: a sentence and a reference number for the person, the cause for the log.

The log gets the kind of error and where it arose, never its message: that may quote a person.
"""

from __future__ import annotations

import logging
import traceback
import uuid
from collections.abc import Awaitable
from pathlib import Path

from bot.wording import Wording
from knowledge.errors import AdvisorError

_LOG = logging.getLogger("safepolicing.slack")


def told(error: BaseException, wording: Wording) -> str:
    """What the person reads about `error`."""
    if isinstance(error, AdvisorError):
        return str(error)
    return wording.say("failed", reference=log_failure(error))


def log_failure(error: BaseException) -> str:
    """The reference number under which the log names the cause of `error`."""
    reference = uuid.uuid4().hex[:8]
    _LOG.error("reference %s: %s at %s", reference, slack_error(error), _where(error))
    return reference


async def failure_of(work: Awaitable[object]) -> Exception | None:
    """What `work` failed with, or None when it is done. The one place that catches everything."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever it is, a person must read about it
        return error
    return None


def slack_code(error: BaseException) -> str:
    """Slack's own code for `error`, or ""."""
    return str(_response(error).get("error") or "")


def slack_error(error: BaseException) -> str:
    """The kind of `error`, with Slack's own code where Slack refused a call."""
    code = slack_code(error)
    kind = type(error).__name__
    return f"{kind} {code}" if code else kind


def needed_scope(error: BaseException) -> str | None:
    """The permission that Slack says is missing, if that is the error."""
    response = _response(error)
    return str(response.get("needed")) if response.get("error") == "missing_scope" else None


def _response(error: BaseException) -> dict[str, object]:
    response = getattr(error, "response", None)
    data = getattr(response, "data", None)
    return data if isinstance(data, dict) else {}


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(f"{Path(item.filename).name}:{item.lineno}" for item in reversed(frames))
