"""Figures, health, logs and traces of a running bot; none of them holds what people write."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.operations.logs import JsonLines
from bot.operations.meters import Meters
from bot.operations.tracing import ENDPOINT, open_trace, traced_by
from bot.operations.watched import Watched
from bot.serve import open_door
from bot.settings import EVENTS_PATH
from knowledge.requests import read_excerpt, read_question
from tests.bot.conftest import settings_for
from tests.bot.small import SmallAdvisor
from tests.services.free_port import free_port
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, message

pytestmark = pytest.mark.asyncio
SECRET = "Sergeant Miller"


@pytest_asyncio.fixture
async def operated(slack: SlackDouble, tmp_path: Path) -> AsyncIterator[str]:
    """A bot on HTTP with its operator's port open; the value is that port's address."""
    port = free_port()
    settings = settings_for(slack, "http", tmp_path, ops_port=port)
    async with open_door(SmallAdvisor(), settings) as public:
        slack.bot_url = f"http://127.0.0.1:{public}{EVENTS_PATH}"
        yield f"http://127.0.0.1:{port}"


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


def value(page: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def _when_idle(operated: str) -> str:
    """The figures once nothing waits any more: a reply is posted before its message is done."""
    for _ in range(100):
        _, page = await get(f"{operated}/metrics")
        if "safepolicing_queue 0.0" in page:
            return page
        await asyncio.sleep(0.05)
    raise AssertionError("the queue did not become empty")


async def test_the_figures_count_what_was_done(operated: str, slack: SlackDouble) -> None:
    said = [f"Is it in force, {SECRET}?", f"unclear to me, {SECRET}?", f"explode, {SECRET}?",
            f"review: Officers may hold {SECRET} by the neck."]  # fmt: skip
    for text in said:
        await slack.deliver("event", event(message(text, channel="D1")))
    await slack.until(lambda: len(slack.in_thread("D1")) >= 4)
    page = await _when_idle(operated)
    assert value(page, 'safepolicing_answers_total{answered="yes"}') == 1
    assert value(page, 'safepolicing_answers_total{answered="no"}') == 1
    assert value(page, 'safepolicing_refusals_total{kind="ambiguous"}') == 1
    verdict = 'safepolicing_verdicts_total{standard="chokeholds",verdict="partial"}'
    assert value(page, verdict) == 1
    assert value(page, 'safepolicing_failures_total{kind="RuntimeError"}') == 1
    assert value(page, 'safepolicing_stage_seconds_count{stage="answer"}') == 3
    assert value(page, 'safepolicing_stage_seconds_count{stage="review"}') == 1
    assert "Miller" not in page


async def test_a_call_that_slack_refuses_is_counted_by_its_code(
    operated: str, slack: SlackDouble
) -> None:
    slack.streaming = False
    slack.fail("chat.postMessage", "channel_is_archived", times=4)
    await slack.deliver("event", event(message("Is it in force?", channel="D1")))

    async def refused() -> bool:
        _, page = await get(f"{operated}/metrics")
        return value(page, 'safepolicing_slack_errors_total{code="channel_is_archived"}') >= 1

    for _ in range(100):
        if await refused():
            return
    raise AssertionError("the refusal was not counted")


async def test_health_and_readiness(operated: str, slack: SlackDouble) -> None:
    public = slack.bot_url.removesuffix(EVENTS_PATH)
    for base in (operated, public):
        assert (await get(f"{base}/healthz"))[0] == 200
        assert (await get(f"{base}/readyz"))[0] == 200
    assert (await get(f"{public}/metrics"))[0] == 404
    assert (await get(f"{operated}/other"))[0] == 404


async def test_a_bot_whose_state_is_gone_is_not_ready(slack: SlackDouble, tmp_path: Path) -> None:
    from bot.desk import open_desk
    from bot.operations.health import Health

    desk = open_desk(SmallAdvisor(), settings_for(slack, "http", tmp_path))
    health = Health(desk)
    assert await health.ready()
    health.ending = True
    assert not await health.ready()
    health.ending = False
    desk.state_pool.shutdown()
    assert not await health.ready()
    await desk.close()


async def test_a_log_line_is_json_without_the_words_of_an_error() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        import sys

        record = logging.LogRecord(
            "safepolicing", 40, "f", 1, "broke: %s", ("kind",), sys.exc_info()
        )
    told = json.loads(JsonLines().format(record))
    assert (told["message"], told["level"], told["error"]) == ("broke: kind", "error", "ValueError")
    assert SECRET not in json.dumps(told)


async def test_spans_tell_kinds_and_no_words() -> None:
    export = pytest.importorskip(
        "opentelemetry.sdk.trace.export.in_memory_span_exporter", reason="needs opentelemetry-sdk"
    )
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor

    kept = export.InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    watched = Watched(SmallAdvisor(), Meters(), traced_by(provider))
    watched.answer(read_question(f"unclear {SECRET}"))
    watched.review(read_excerpt(f"{SECRET} may use it"))
    with pytest.raises(RuntimeError):
        watched.answer(read_question(f"explode {SECRET}"))
    spans = kept.get_finished_spans()
    assert [span.name for span in spans] == ["answer", "review", "answer"]
    assert dict(spans[0].attributes or {})["abstention"] == "ambiguous"
    assert dict(spans[2].attributes or {})["error.type"] == "RuntimeError"
    assert not any("Miller" in span.to_json() for span in spans)


async def test_without_an_endpoint_nothing_is_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENDPOINT, raising=False)
    with open_trace()("answer") as told:
        told({"answered": True})
