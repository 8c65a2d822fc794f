"""The CPU head, for real: the project's tutors, drawn and encoded in a child process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import psutil
import pytest

from inference.engines.avatars.head.client import CpuHeadFace
from inference.engines.avatars.head.cpu_head import CpuHead
from inference.types.face import FPS, RenderRequest, VideoFragment
from inference.verification.checks import Check
from inference.verification.face_renderer import CHECKS as RENDERER_CHECKS
from inference.verification.frame_source import CHECKS, babble
from inference.verification.material import Material
from tests.unit.inference.face.video_reading import decode, joined

pytestmark = pytest.mark.engine("cpu_head")
SILENT = Material.silent("", "en")
# One core draws two streams' worth; a machine that does other things still draws one.
SECONDS_PER_PICTURE = 1 / FPS
FIRST_PICTURE_S = 0.15


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for clips of waiting."""
    return tmp_path_factory.mktemp("faces")


@pytest.fixture(scope="module")
def source(cache: Path) -> CpuHead:
    """The head in this process."""
    return CpuHead(cache_dir=cache)


@pytest.fixture(scope="module")
def face(cache: Path, source: CpuHead) -> Iterator[CpuHeadFace]:
    """The head in its own, on what the other one has drawn."""
    for avatar in sorted(source.capabilities.avatars)[:1]:
        source.prepare(avatar, cancelled=Event())
    made = CpuHeadFace(cache_dir=str(cache), patience_s=30.0)
    made.warm()
    yield made
    made.close()


def clause(duration_ms: float, start_ms: float = 0.0) -> RenderRequest:
    return RenderRequest("ada", "talk", "1.0", babble(duration_ms), start_ms)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_the_source_keeps_the_contract(source: CpuHead, check: Check) -> None:
    check.run(source, SILENT)


# How fast it is is asked in the processor's time below: other programs run beside tests.
@pytest.mark.parametrize(
    "check",
    [check for check in RENDERER_CHECKS if "keeps up" not in check.name],
    ids=lambda check: check.name,
)
def test_the_process_keeps_the_contract(face: CpuHeadFace, check: Check) -> None:
    check.run(face, SILENT)


def test_it_draws_in_time_on_half_of_two_cores(source: CpuHead) -> None:
    list(source.frames(clause(200.0), cancelled=Event()))
    began = time.process_time()
    frames = source.frames(clause(2000.0), cancelled=Event())
    next(frames)
    assert time.process_time() - began < FIRST_PICTURE_S
    rest = len(list(frames))
    assert (time.process_time() - began) / (1 + rest) < SECONDS_PER_PICTURE


def test_only_the_mouth_differs_and_no_edge_is_seen(source: CpuHead) -> None:
    waiting = source.prepare("ada", cancelled=Event()).idle
    for frame in source.frames(clause(600.0), cancelled=Event()):
        number = round(frame.at_ms * FPS / 1000)
        under = waiting[number % len(waiting)].astype(int)
        differs = np.abs(frame.pixels.astype(int) - under).max(axis=2)
        rows, columns = np.nonzero(differs)
        if not len(rows):
            continue
        box = differs[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        assert box.size < 0.25 * differs.size
        edge = np.concatenate([box[0], box[-1], box[:, 0], box[:, -1]])
        assert edge.max() <= 6


def test_silence_is_the_picture_of_waiting_and_costs_nothing(source: CpuHead) -> None:
    speech = babble(10_000.0)
    waiting = source.prepare("ada", cancelled=Event()).idle
    frames = list(
        source.frames(RenderRequest("ada", "t", "1.0", speech, 0.0), cancelled=Event())
    )
    assert frames[-5].pixels is waiting[(len(frames) - 5) % len(waiting)]


def test_nobody_speaking_takes_no_time(face: CpuHeadFace) -> None:
    list(face.stream(clause(200.0), cancelled=Event()))
    process = psutil.Process(face.pid)
    before = process.cpu_times()
    time.sleep(1.0)
    after = process.cpu_times()
    assert after.user + after.system - before.user - before.system < 0.03


def test_a_killed_process_is_replaced(face: CpuHeadFace) -> None:
    pid = face.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    made: list[VideoFragment] = list(face.stream(clause(400.0), cancelled=Event()))
    assert len(decode(joined(made))) == 10
    assert face.pid != pid
