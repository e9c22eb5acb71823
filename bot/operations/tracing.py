"""OpenTelemetry spans, when an endpoint is set and the extra is installed; else nothing at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from knowledge.errors import SettingsError

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
Told = Callable[[Mapping[str, str | int | bool]], None]
Trace = Callable[[str], AbstractContextManager[Told]]


@contextmanager
def no_trace(_name: str) -> Iterator[Told]:
    """A span that nobody sees."""
    yield lambda _attributes: None


def open_trace() -> Trace:
    """Spans go to the collector of OTEL_EXPORTER_OTLP_ENDPOINT; without one, nowhere.

    Raises: `SettingsError` when it is set and OpenTelemetry is not installed.
    """
    if not os.environ.get(ENDPOINT):
        return no_trace
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise SettingsError(
            f"{ENDPOINT} is set and OpenTelemetry is not installed; "
            "install safepolicing[otel], or leave the setting out."
        ) from None
    provider = TracerProvider(resource=Resource.create({"service.name": "safepolicing"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return traced_by(provider)


def traced_by(provider: Any) -> Trace:
    """Spans of `provider`. Attributes are kinds and counts; no words of a person are among them."""
    tracer = provider.get_tracer("safepolicing")

    @contextmanager
    def trace(name: str) -> Iterator[Told]:
        silent = {"record_exception": False, "set_status_on_exception": False}
        with tracer.start_as_current_span(name, **silent) as span:
            try:
                yield lambda attributes: span.set_attributes(dict(attributes))
            except Exception as error:  # its message may quote a person; only its kind is told
                span.set_attribute("error.type", type(error).__name__)
                raise

    return trace
