"""Both engines behind the door, end to end, on the real knowledge base."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge import Advisor, open_advisor
from knowledge.settings import Settings
from tests.bot.conftest import TRANSPORTS, running, settings_for
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, mention, message


@pytest.fixture(scope="module")
def real(real_home: Path) -> Advisor:
    advisor = open_advisor(Settings(home=real_home))
    advisor.ready()
    return advisor


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_the_engines_answer_and_review_through_slack(
    slack: SlackDouble, tmp_path: Path, transport: str, real: Advisor
) -> None:
    async with running(real, slack, settings_for(slack, transport, tmp_path)):
        asked = mention("Is Executive Order 13929 still in force?")
        await slack.deliver("event", event(asked))
        posted = await slack.until(lambda: slack.in_thread("C1", asked["ts"]), seconds=30)
        shown = json.dumps(posted[0]["blocks"], ensure_ascii=False)
        assert "§ 22(b)" in shown
        assert "no longer in force" in shown
        pasted = message("review: Officers may use chokeholds when necessary.", channel="D1")
        await slack.deliver("event", event(pasted))
        posted = await slack.until(lambda: slack.in_thread("D1", pasted["ts"]), seconds=30)
        assert "❌ [does not meet]" in json.dumps(posted[0]["blocks"], ensure_ascii=False)
