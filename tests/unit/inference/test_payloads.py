"""What crosses between hosts comes out as it went in, and sound never goes inline."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from threading import Event
from typing import Any

import msgspec
import numpy as np
import pytest

from inference.stages.executor import execute_stage
from inference.stages.stage import STAGES, Stage
from inference.transport.payloads import (
    REQUESTS,
    RESULTS,
    PayloadError,
    holds_media,
    pack,
    unpack,
)
from inference.transport.run_events import RunEvent, RunEventKind
from inference.transport.run_order import RunOrder
from inference.types.audio import AudioClip
from inference.types.speech import EncoderFeatures, TranscribeRequest, Transcript
from tests.unit.inference.test_executor import ENGINES
from tests.unit.inference.test_executor import REQUESTS as EXAMPLES

CLIP = AudioClip(b"\x01\x02" * 1600, 16_000)


def same(left: Any, right: Any) -> bool:
    """Whether two values are equal, arrays too."""
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and bool(np.array_equal(left, right))
    if is_dataclass(left):
        names = [field.name for field in fields(left)]
        return type(left) is type(right) and all(
            same(getattr(left, name), getattr(right, name)) for name in names
        )
    return bool(left == right)


@pytest.mark.parametrize("stage", Stage)
def test_requests_and_results_of_each_stage_come_back_whole(stage: Stage) -> None:
    request = EXAMPLES[stage]
    assert same(unpack(pack(request), REQUESTS[stage]), request)
    engine = ENGINES[STAGES[stage].engine]
    results = list(
        execute_stage(stage, request, get_engine=lambda kind: engine, cancelled=Event())
    )
    assert results
    for result in results:
        assert same(unpack(pack(result), RESULTS[stage]), result)


def test_features_keep_their_shape_and_make_a_transcript_media() -> None:
    frames = np.arange(12, dtype=np.float32).reshape(3, 4)
    bare = Transcript("yes", (), "en", 0.9, 0.1)
    full = Transcript(
        "yes", (), "en", 0.9, 0.1, EncoderFeatures(frames, 20.0, "whisper-base")
    )
    back = unpack(pack(full), Transcript)
    assert np.array_equal(back.features.frames, frames)
    assert holds_media(full)
    assert not holds_media(bare)


def test_an_order_of_sound_has_no_sound_in_it() -> None:
    request = TranscribeRequest(CLIP)
    assert holds_media(request)
    order = RunOrder("r", 1, "transcribe", "tutor:replies:x", 0.0, reference="abc")
    assert len(str(order.as_kwargs())) < 300


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff",
        msgspec.msgpack.encode({"clip": 3}),
        msgspec.msgpack.encode(
            {
                **msgspec.msgpack.decode(pack(Transcript("", (), "en", 0.0, 0.0))),
                "features": {"frames": ["|O", [1], b"x" * 8], "frame_ms": 20.0},
            }
        ),
    ],
)
def test_anything_else_is_refused_without_being_quoted(data: bytes) -> None:
    for expected in (TranscribeRequest, Transcript):
        with pytest.raises(PayloadError) as refusal:
            unpack(data, expected)
        assert "frames" not in str(refusal.value)


def test_an_event_is_the_same_after_a_stream() -> None:
    event = RunEvent(
        run="r", attempt=2, kind=RunEventKind.FAILED, number=3, elapsed_s=0.25,
        worker="asr@a", code="asr.failed", message="broken", retryable=False,
    )  # fmt: skip
    raw = {
        key.encode(): value if isinstance(value, bytes) else str(value).encode()
        for key, value in event.as_fields().items()
    }
    assert RunEvent.of(raw) == event
