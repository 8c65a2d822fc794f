"""MuseTalk from speech to pictures, its models replaced by sums."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

from inference.engines.avatars.musetalk.source import MuseTalkFrames
from inference.errors import EngineUnavailable, StageError
from inference.protocols import FrameSource
from inference.types.audio import AudioClip
from inference.types.face import Frame, RenderRequest
from inference.types.speech import PhonemeSpan, SpeechChunk
from inference.verification.checks import Check
from inference.verification.frame_source import CHECKS, babble
from inference.verification.material import Material
from inference.verification.methods import has_methods_of
from tests.fakes.musetalk import SummingNetwork

from .portrait_files import save_still

Make = Callable[..., MuseTalkFrames]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    save_still(tmp_path / "portraits")
    made: list[MuseTalkFrames] = []

    def source(network: SummingNetwork, **options: Any) -> MuseTalkFrames:
        made.append(
            MuseTalkFrames(
                lambda: network,
                avatars=tmp_path / "portraits",
                prepared=tmp_path / "made",
                **{"match_colour": False, "wait_ms": 1.0} | options,
            )
        )
        return made[-1]

    yield source
    for each in made:
        each.close()
        each.close()


def loud(ms: float, *, rest_ms: float = 0.0) -> SpeechChunk:
    """Return a steady sound of loudness 0.5, then a rest."""
    clip = AudioClip.from_float32(
        np.concatenate(
            [np.full(round(16 * ms), 0.5), np.zeros(round(16 * rest_ms))]
        ).astype(np.float32),
        16_000,
    )
    spans = (PhonemeSpan("a", 0, ms), PhonemeSpan("", ms, ms + rest_ms))
    return SpeechChunk(clip, spans)


def asked(
    speech: SpeechChunk, start_ms: float = 0.0, *, talk: str = "t", turn: str = "1.0"
) -> RenderRequest:
    return RenderRequest("ana", talk, turn, speech, start_ms)


def greys(frames: list[Frame]) -> list[int]:
    """Return what is painted on the mouth."""
    return [int(frame.pixels[350, 256, 0]) for frame in frames]


CONTRACT = (has_methods_of(FrameSource), *CHECKS)


@pytest.mark.parametrize("check", CONTRACT, ids=lambda check: check.name)
def test_it_keeps_the_contract(make: Make, check: Check) -> None:
    check.run(make(SummingNetwork()), Material.silent("", "en"))


def test_each_picture_is_painted_from_what_it_hears(make: Make) -> None:
    source = make(SummingNetwork())
    found = greys(list(source.frames(asked(loud(400)), cancelled=Event())))
    # 100 + 100 * 0.5 where all is sound; less where two pictures lie outside.
    assert found[4:6] == [150, 150]
    assert found[0] == pytest.approx(100 + 50 * (6 - 1 / 3) / 10, abs=1)
    assert found[0] < found[1] < 150 > found[-1]


def test_clauses_hear_each_other_and_another_turn_hears_nothing(make: Make) -> None:
    source = make(SummingNetwork())
    list(source.frames(asked(loud(400)), cancelled=Event()))
    second = greys(list(source.frames(asked(loud(400), 400), cancelled=Event())))
    assert second[0] == 150
    other = asked(loud(400), 400, turn="2.0")
    assert greys(list(source.frames(other, cancelled=Event())))[0] < 150


def test_a_rest_shows_the_portrait_and_asks_no_model(make: Make) -> None:
    network = SummingNetwork()
    source = make(network)
    idle = source.prepare("ana", cancelled=Event()).idle[0]
    nothing = SpeechChunk(AudioClip(bytes(16_000), 16_000), ())
    frames = list(source.frames(asked(nothing), cancelled=Event()))
    assert (len(frames), network.batches, network.heard) == (13, [], [])
    assert all(np.array_equal(frame.pixels, idle) for frame in frames)
    frames = list(source.frames(asked(loud(400, rest_ms=400)), cancelled=Event()))
    assert sum(network.batches) == 11
    resting = [np.array_equal(frame.pixels, idle) for frame in frames]
    assert resting == [False] * 11 + [True] * 9


@pytest.mark.slow
def test_a_long_clause_in_several_stretches_gives_the_same_pictures(make: Make) -> None:
    network = SummingNetwork()
    clip = babble(12_000)
    found = greys(list(make(network).frames(asked(clip), cancelled=Event())))
    assert (len(found), len(network.heard)) == (300, 3)
    # The sound repeats each half second, so a seam would show.
    assert found[25:112] == pytest.approx(found[125:212], abs=1)


def test_two_talks_share_batches(make: Make) -> None:
    network = SummingNetwork(delay_s=0.02)
    source = make(network, batch=8, wait_ms=10.0)
    source.prepare("ana", cancelled=Event())
    found: dict[str, int] = {}

    def watch(talk: str) -> None:
        request = asked(loud(2000), talk=talk)
        found[talk] = len(list(source.frames(request, cancelled=Event())))

    threads = [Thread(target=watch, args=(talk,)) for talk in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == dict.fromkeys("abc", 50)
    assert max(network.batches) == 8
    assert sum(network.batches) == 150
    assert len(network.batches) < 30


def test_an_interrupted_reply_is_painted_no_further(make: Make) -> None:
    network, stop = SummingNetwork(delay_s=0.02), Event()
    frames = make(network).frames(asked(loud(8000)), cancelled=stop)
    next(frames)
    stop.set()
    assert list(frames) == []
    painted = sum(network.batches)
    time.sleep(0.1)
    # One batch may have been under way.
    assert sum(network.batches) <= painted + 8 < 100


def test_a_reader_that_goes_away_leaves_no_work(make: Make) -> None:
    network = SummingNetwork(delay_s=0.02)
    frames = make(network).frames(asked(loud(8000)), cancelled=Event())
    next(frames)
    frames.close()  # type: ignore[attr-defined]  # a generator
    time.sleep(0.05)
    painted = sum(network.batches)
    time.sleep(0.1)
    assert sum(network.batches) <= painted + 8 < 100


def test_releasing_a_talk_ends_its_pictures(make: Make) -> None:
    network = SummingNetwork(delay_s=0.02)
    source = make(network)
    frames = source.frames(asked(loud(4000)), cancelled=Event())
    next(frames)
    source.release("t")
    assert len(list(frames)) <= 1


def test_a_failed_batch_is_told_and_the_next_reply_works(make: Make) -> None:
    source = make(SummingNetwork(failures=1))
    with pytest.raises(StageError) as told:
        list(source.frames(asked(loud(400)), cancelled=Event()))
    assert told.value.code == "video.failed"
    again = asked(loud(400), turn="2.0")
    assert len(list(source.frames(again, cancelled=Event()))) == 10


def test_weights_are_loaded_once_and_not_before_they_are_needed(make: Make) -> None:
    loads: list[int] = []

    def source(network: SummingNetwork) -> MuseTalkFrames:
        made = make(network)
        load = made._load
        made._load = lambda: loads.append(1) or load()  # type: ignore[func-returns-value]
        return made

    frames = source(SummingNetwork())
    assert frames.capabilities.avatars == {"ana"}
    assert loads == []
    frames.warm()
    list(frames.frames(asked(loud(400)), cancelled=Event()))
    assert loads == [1]


def test_weights_that_are_missing_are_told_to_who_asks(
    make: Make, tmp_path: Path
) -> None:
    def broken() -> SummingNetwork:
        raise EngineUnavailable("engine.weights_missing", "no unet.pth")

    source = MuseTalkFrames(broken, avatars=tmp_path, prepared=tmp_path)
    for ask in (
        source.warm,
        lambda: source.prepare("ana", cancelled=Event()),
        lambda: list(source.frames(asked(loud(40)), cancelled=Event())),
    ):
        with pytest.raises(EngineUnavailable):
            ask()
    source.close()
