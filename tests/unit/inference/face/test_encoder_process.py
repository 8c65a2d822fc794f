"""The encoder in its own process: several streams, crashes, and people who interrupt."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import psutil
import pytest

from inference.engines.avatars.video.encoder_client import EncoderProcess
from inference.engines.avatars.video.streamed_face import StreamedFace
from inference.errors import EngineUnavailable, StageError
from inference.types.face import FPS, Frame, VideoFragment
from tests.fakes.faces import STEP_MS, DrawnSource

from .test_fragments import clause
from .video_reading import decode, joined

pytestmark = pytest.mark.slow
SOURCE = DrawnSource()


@pytest.fixture(scope="module")
def encoder() -> Iterator[EncoderProcess]:
    made = EncoderProcess()
    yield made
    made.close()


def times(fragments: list[VideoFragment]) -> list[float]:
    """Return when the pictures are due, in the order they came."""
    return [f.start_ms for f in fragments if not f.is_init]


def grid(first: int, last: int) -> list[float]:
    return [k * STEP_MS for k in range(first, last)]


def test_several_streams_at_once_are_kept_apart(encoder: EncoderProcess) -> None:
    face = StreamedFace(SOURCE, encoder)

    def run(start_ms: float) -> list[VideoFragment]:
        return list(face.stream(clause(start_ms, 2000), cancelled=Event()))

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(run, [0.0, 4000.0, 8000.0, 12000.0]))
    for start, fragments in zip([0, 100, 200, 300], made, strict=True):
        assert times(fragments) == grid(start, start + 50)
        assert len(decode(joined(fragments))) == 50


def test_fragments_come_while_the_source_still_draws(encoder: EncoderProcess) -> None:
    encoder.warm()
    drawn = 0

    def slowly() -> Iterator[Frame]:
        nonlocal drawn
        for frame in SOURCE.frames(clause(0, 800), cancelled=Event()):
            yield frame
            drawn += 1
            time.sleep(0.02)

    stream = encoder.encode(slowly(), fps=FPS, cancelled=Event())
    next(fragment for fragment in stream if fragment.frames)
    assert drawn < 6
    assert len(list(stream)) == 19


def test_a_killed_encoder_is_replaced_and_no_picture_is_missing(
    encoder: EncoderProcess,
) -> None:
    encoder.warm()
    made: list[VideoFragment] = []
    frames = SOURCE.frames(clause(0, 1600), cancelled=Event())
    for fragment in encoder.encode(frames, fps=FPS, cancelled=Event()):
        made.append(fragment)
        if len(made) == 10:
            before = encoder.pid
            assert before is not None
            os.kill(before, signal.SIGKILL)
    assert encoder.pid != before
    assert times(made) == grid(0, 40)
    assert [f.is_init for f in made].count(True) == 2, "the new one begins anew"
    assert [p.at_ms for p in decode(joined(made))] == grid(0, 40)


def test_an_interrupted_stream_frees_the_encoder_for_the_next(
    encoder: EncoderProcess,
) -> None:
    cancelled = Event()
    made = []
    frames = SOURCE.frames(clause(0, 60_000), cancelled=Event())
    for fragment in encoder.encode(frames, fps=FPS, cancelled=cancelled):
        made.append(fragment)
        cancelled.set()
    assert len(made) < 30
    left = list(
        encoder.encode(
            SOURCE.frames(clause(0, 400), cancelled=Event()),
            fps=FPS,
            cancelled=Event(),
        )
    )
    assert times(left) == grid(0, 10)


def test_a_stream_nobody_reads_to_its_end_is_given_up(encoder: EncoderProcess) -> None:
    for _ in range(8):
        frames = SOURCE.frames(clause(0, 10_000), cancelled=Event())
        stream = encoder.encode(frames, fps=FPS, cancelled=Event())
        next(stream)
        stream.close()  # type: ignore[attr-defined]
    process = psutil.Process(encoder.pid)
    until = time.monotonic() + 3
    while process.num_threads() > 1 and time.monotonic() < until:
        time.sleep(0.02)
    assert process.num_threads() == 1, "its threads wait for pictures nobody sends"


def test_what_the_source_raises_reaches_the_caller(encoder: EncoderProcess) -> None:
    def broken() -> Iterator[Frame]:
        yield from SOURCE.frames(clause(0, 100), cancelled=Event())
        raise StageError("video.failed", "the head came off")

    with pytest.raises(StageError, match="the head came off"):
        list(encoder.encode(broken(), fps=FPS, cancelled=Event()))


def test_pictures_it_cannot_encode_are_an_error_without_a_crash(
    encoder: EncoderProcess,
) -> None:
    odd = DrawnSource(size=63)
    frames = odd.frames(clause(0, 200), cancelled=Event())
    with pytest.raises(StageError) as failure:
        list(encoder.encode(frames, fps=FPS, cancelled=Event()))
    assert failure.value.code == "video.failed"
    assert encoder.pid is not None


def test_an_avatar_is_prepared_once_and_its_loop_plays(encoder: EncoderProcess) -> None:
    face = StreamedFace(SOURCE, encoder)
    prepared = face.prepare("tutor", cancelled=Event())
    assert (prepared.width, prepared.height, prepared.fps) == (64, 64, FPS)
    assert len(decode(prepared.idle)) == 10
    assert face.prepare("tutor", cancelled=Event()) is prepared
    with pytest.raises(StageError):
        face.prepare("nobody", cancelled=Event())


def test_closed_it_stays_closed() -> None:
    other = EncoderProcess()
    other.warm()
    pid = other.pid
    other.close()
    other.close()
    assert pid is not None
    assert not psutil.pid_exists(pid)
    with pytest.raises(EngineUnavailable):
        other.warm()
