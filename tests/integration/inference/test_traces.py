"""A turn on workers is one trace, and neither it nor any log line has a word of the talk."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from inference.types.assessment import AssessRequest, PronunciationAssessment
from telemetry import spans
from telemetry.logs import json_formatter
from telemetry.metrics import REGISTRY
from telemetry.otel import OtelTracer
from tests.fakes.engines import ScriptedDialogue, ScriptedScorer, ScriptedTranscriber
from tests.fakes.live import SESSION, LiveHarness

pytestmark = pytest.mark.slow

HEARD = "my grandmother keeps seventeen lizards"
REPLY = "Lizards are marvellous. Which colour have they?"
WORDS = frozenset(re.findall(r"[a-z]{5,}", f"{HEARD} {REPLY}".lower()))


class Indiscreet(ScriptedScorer):
    """Fails with what was said in the message, as libraries do."""

    def assess(self, request: AssessRequest, **_: Any) -> PronunciationAssessment:
        """Fail."""
        raise RuntimeError(f"cannot align {HEARD!r}")


@pytest.fixture
def exported() -> Iterator[InMemorySpanExporter]:
    """The spans that are over, of all "processes"."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    before = spans.use(OtelTracer(provider))
    yield exporter
    spans.use(before)
    provider.shutdown()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that is logged, down to the last detail, as in production."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(json_formatter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def _workers(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_TEST_RUNNER", "queued")
    monkeypatch.setenv("TUTOR_REDIS_URL", redis_url)


def count(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def talk(exported: InMemorySpanExporter) -> None:
    """Say one thing, be answered, and leave."""
    async with LiveHarness(
        transcriber=ScriptedTranscriber((HEARD,)),
        dialogue=ScriptedDialogue((REPLY,)),
        scorer=Indiscreet(),
    ) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        for _ in range(500):
            over = Counter(one.name for one in exported.get_finished_spans())
            if over["assess"] and over["turn"] > 1 and over["queue"] == over["run"]:
                break
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("_workers")
async def test_a_turn_is_one_trace_without_words(
    exported: InMemorySpanExporter, logged: io.StringIO
) -> None:
    spoken = {"outcome": "completed", "input": "speech"}
    turns_before = count("tutor_turns_total", **spoken)
    failed_before = count("tutor_worker_runs_total", stage="assess", outcome="failed")

    await talk(exported)

    found = exported.get_finished_spans()
    (turn,) = [
        span
        for span in found
        if span.name == "turn" and attribute(span, "input") == "speech"
    ]
    assert turn.parent is None
    assert attribute(turn, "session") == str(SESSION)
    assert attribute(turn, "turn") == 1
    assert attribute(turn, "outcome") == "completed"
    of_turn = [one for one in found if one.context.trace_id == turn.context.trace_id]
    below_turn = {one.name for one in children(turn, of_turn)}
    assert below_turn >= {"endpoint", "transcribe", "assess", "respond", "synthesize"}
    moments = {event.name for event in turn.events}
    assert moments >= {"final_transcript", "first_text", "first_audio"}

    for stage in ("transcribe", "assess", "respond", "synthesize"):
        (asked, *_more) = [one for one in of_turn if one.name == stage]
        queue, run = sorted(children(asked, of_turn), key=began)
        assert [queue.name, run.name] == ["queue", "run"]
        assert began(asked) <= began(queue) <= ended(queue) <= began(run)
        assert attribute(run, "stage") == stage
    (assess,) = [one for one in of_turn if one.name == "assess"]
    assert attribute(assess, "outcome") == "failed"
    assert assess.status.description == "assess.failed"

    told = " ".join(one.to_json() for one in found).lower()
    assert not [word for word in WORDS if word in told]

    log = logged.getvalue()
    assert not [word for word in WORDS if word in log.lower()]
    lines = [json.loads(line) for line in log.splitlines()]
    (failure,) = [line for line in lines if line.get("stage") == "assess"]
    assert failure["session"] == str(SESSION)
    assert failure["turn"] == "1"
    assert re.fullmatch("[0-9a-f]{32}", failure["run"])

    assert count("tutor_turns_total", **spoken) == turns_before + 1
    failed = count("tutor_worker_runs_total", stage="assess", outcome="failed")
    assert failed == failed_before + 1
    assert count("tutor_turn_seconds_count", mark="first_audio", input="speech") >= 1


def children(parent: ReadableSpan, among: list[ReadableSpan]) -> list[ReadableSpan]:
    return [
        one
        for one in among
        if one.parent is not None and one.parent.span_id == parent.context.span_id
    ]


def attribute(span: ReadableSpan, name: str) -> Any:
    return (span.attributes or {}).get(f"tutor.{name}")


def began(span: ReadableSpan) -> int:
    assert span.start_time is not None
    return span.start_time


def ended(span: ReadableSpan) -> int:
    assert span.end_time is not None
    return span.end_time
