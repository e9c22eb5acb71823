"""Logs for machines: one JSON object a line. The bot's messages hold no content to begin with."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"


class JsonLines(logging.Formatter):
    """Time, level, logger, message; of an error its kind, never its text or its trace."""

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
        return json.dumps(told, ensure_ascii=False)


def set_up_logs(*, as_json: bool) -> None:
    """Everything that is logged goes to standard error, as lines for people or as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(PLAIN))
    logging.basicConfig(handlers=[handler], force=True)
