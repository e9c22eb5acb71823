"""Figures for Prometheus: answers, refusals by kind, verdicts, latency, Slack errors, queue."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from knowledge.types import Answer, Review

_KIND = re.compile(r"[^A-Za-z_ ]")
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 120.0)


class Meters:
    """Counters of one process. Labels are kinds that we named; none holds a person's words."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
        from prometheus_client.gc_collector import GCCollector
        from prometheus_client.process_collector import ProcessCollector

        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        own: dict[str, Any] = {"namespace": "safepolicing", "registry": self._registry}
        self._answers = Counter("answers", "Questions, by whether they were answered.",
                                ["answered"], **own)  # fmt: skip
        self._refusals = Counter("refusals", "Questions declined, by kind.", ["kind"], **own)
        self._verdicts = Counter("verdicts", "Verdicts, by standard.",
                                 ["standard", "verdict"], **own)  # fmt: skip
        self._failures = Counter("failures", "What failed, by kind of error.", ["kind"], **own)
        self._slack = Counter("slack_errors", "Calls that Slack refused, by its code.",
                              ["code"], **own)  # fmt: skip
        self._stages = Histogram("stage_seconds", "Time that a stage took.", ["stage"],
                                 buckets=_SECONDS, **own)  # fmt: skip
        self._queue = Gauge("queue", "Messages accepted and not yet answered.", **own)

    def answered(self, answer: Answer) -> None:
        """One more question was answered or declined."""
        self._answers.labels("yes" if answer.answered else "no").inc()
        if answer.abstention:
            self._refusals.labels(str(answer.abstention.kind)).inc()

    def reviewed(self, review: Review) -> None:
        """One more review, with its fourteen verdicts."""
        for finding in review.findings:
            self._verdicts.labels(finding.standard, str(finding.verdict)).inc()

    def failed(self, kind: str) -> None:
        """Something failed; `kind` is the kind of error, with Slack's code after a space."""
        name, _, code = _KIND.sub("", kind)[:80].partition(" ")
        self._failures.labels(name).inc()
        if code:
            self._slack.labels(code).inc()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """The time inside the `with` counts for `stage`, whatever comes of it."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._stages.labels(stage).observe(time.perf_counter() - started)

    def watch_queue(self, length: Callable[[], int]) -> None:
        """From now on the queue is as long as `length()` says."""
        self._queue.set_function(length)

    def page(self) -> bytes:
        """All figures in Prometheus's text format."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)


@contextmanager
def counting_failures(meters: Meters) -> Iterator[None]:
    """What the bot logs as a failure inside the `with` is counted."""
    log, handler = logging.getLogger("safepolicing.slack"), CountFailures(meters)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


class CountFailures(logging.Handler):
    """Counts what `bot.failure` writes into the log: its second argument is the kind of error."""

    def __init__(self, meters: Meters) -> None:
        super().__init__(logging.ERROR)
        self._meters = meters

    def emit(self, record: logging.LogRecord) -> None:
        """One more failure of that kind."""
        told = record.args if isinstance(record.args, tuple) else ()
        self._meters.failed(str(told[1]) if len(told) > 1 else record.funcName)
