"""What Slack delivers and nothing needs to be done about: acknowledged, so that it is not sent
again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.desk import Desk

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp


def register(app: AsyncApp, _desk: Desk) -> None:
    """Every event and every pressed link button is acknowledged. Registered last."""

    async def noted() -> None:
        """Nothing is due."""

    async def acknowledged(ack: AsyncAck) -> None:
        await ack()

    app.event(re.compile(r".*"))(noted)
    app.action(re.compile(r".*"))(acknowledged)
