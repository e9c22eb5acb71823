"""Keeps what people write out of the logs, whatever level anyone sets."""

from __future__ import annotations

import logging

# These print whole requests: the first on a bad signature, the others when they debug.
TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp.client", "uvicorn.error", "sqlalchemy.engine")


class NoBodies(logging.Filter):
    """Lets a warning of a library pass only as its first words, without what it was about."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return False
        record.msg = f"{record.name} {record.levelname.lower()} at {record.funcName}"
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        return True


def quiet_logger() -> logging.Logger:
    """The logger that Bolt and the SDK are given; what it lets through holds no message text."""
    for name in TALKATIVE:
        _hush(logging.getLogger(name))
    return _hush(logging.getLogger("safepolicing.bolt"))


def _hush(logger: logging.Logger) -> logging.Logger:
    logger.setLevel(logging.WARNING)
    if not any(isinstance(item, NoBodies) for item in logger.filters):
        logger.addFilter(NoBodies())
    return logger
