"""Keeps spans with OpenTelemetry and sends them by OTLP. Imported only where it is wanted.

Where to, how often and how many of them is read by OpenTelemetry itself from its own
variables (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_INSTANCE_ID, SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from . import spans
from .spans import Attribute, Span

_PREFIX = "tutor."
_W3C = TraceContextTextMapPropagator()


def begin(service: str, instance: str) -> None:
    """Send spans from now on; ``service`` and ``instance`` say who this process is."""
    who = Resource.create({SERVICE_NAME: service, SERVICE_INSTANCE_ID: instance})
    provider = TracerProvider(resource=who)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    spans.use(OtelTracer(provider))


class OtelTracer:
    """A tracer of `telemetry.spans` on an OpenTelemetry provider."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("tutor")

    def begin(
        self, name: str, *, root: bool = False, at: float | None = None, kind: str = ""
    ) -> Span:
        """Begin a span below the current one; ``root``: a trace of its own."""
        return OtelSpan(
            self._tracer,
            self._tracer.start_span(
                name,
                context=Context() if root else None,
                kind=SpanKind.CONSUMER if kind == "consumer" else SpanKind.INTERNAL,
                start_time=_clock.unix_ns(at),
            ),
        )

    def carry(self) -> dict[str, str]:
        """Return the current span as headers of the W3C trace context."""
        headers: dict[str, str] = {}
        _W3C.inject(headers)
        return headers

    @contextmanager
    def continued(self, carried: Mapping[str, str]) -> Iterator[None]:
        """Make a span of another process the parent of what begins meanwhile."""
        with _current(_W3C.extract(carried, context=Context())):
            yield

    def close(self) -> None:
        """Send what was not sent yet."""
        self._provider.shutdown()


class OtelSpan:
    """A span of `telemetry.spans`."""

    def __init__(self, tracer: trace.Tracer, span: trace.Span) -> None:
        self._tracer = tracer
        self._span = span

    def set(self, **attributes: Attribute) -> None:
        """Add attributes."""
        self._span.set_attributes(_named(attributes))

    def note(self, name: str, at: float) -> None:
        """Note a moment."""
        self._span.add_event(name, timestamp=_clock.unix_ns(at))

    def child(
        self, name: str, began_at: float, ended_at: float, **attributes: Attribute
    ) -> None:
        """Add a part that is over."""
        self._tracer.start_span(
            name,
            context=trace.set_span_in_context(self._span, Context()),
            start_time=_clock.unix_ns(began_at),
            attributes=_named(attributes),
        ).end(_clock.unix_ns(ended_at))

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Make it the parent of what begins meanwhile, also in tasks that are made."""
        with _current(trace.set_span_in_context(self._span)):
            yield

    def end(self, *, problem: str = "", at: float | None = None) -> None:
        """It is over; no exception is recorded, since its message may hold words."""
        if not self._span.is_recording():
            return
        if problem:
            self._span.set_status(Status(StatusCode.ERROR, problem))
        self._span.end(_clock.unix_ns(at))


@contextmanager
def _current(of: Context) -> Iterator[None]:
    token = context.attach(of)
    try:
        yield
    finally:
        context.detach(token)


def _named(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    return {f"{_PREFIX}{name}": value for name, value in attributes.items()}


class _Clock:
    """Unix time of moments of the monotonic clock: in their order, whatever is set by hand."""

    STEP_NS = 5_000_000

    def __init__(self) -> None:
        self._offset_ns = time.time_ns() - time.monotonic_ns()

    def unix_ns(self, at: float | None) -> int:
        """Return it in nanoseconds; None: now."""
        now_ns = time.monotonic_ns()
        offset_ns = time.time_ns() - now_ns
        if abs(offset_ns - self._offset_ns) > self.STEP_NS:
            self._offset_ns = offset_ns
        return self._offset_ns + (now_ns if at is None else round(1e9 * at))


_clock = _Clock()
