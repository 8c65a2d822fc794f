"""What the encoder makes can be played as it comes, and says when each picture is due."""

from __future__ import annotations

import io
from threading import Event
from typing import Any

import av
import numpy as np
import pytest

from inference.engines.avatars.video.boxes import begins_at, boxes, fragments
from inference.engines.avatars.video.encoder import LocalEncoder
from inference.engines.avatars.video.fragments import KEY_EVERY_S, FragmentEncoder
from inference.engines.avatars.video.looping import looping_mp4
from inference.types.audio import AudioClip
from inference.types.face import FPS, RenderRequest, VideoFragment
from inference.types.speech import SpeechChunk
from tests.fakes.faces import STEP_MS, DrawnSource

from .video_reading import decode, joined

SOURCE = DrawnSource()


def clause(start_ms: float, duration_ms: float, turn: str = "1.0") -> RenderRequest:
    clip = AudioClip(bytes(2 * round(16 * duration_ms)), 16_000)
    return RenderRequest("tutor", "talk", turn, SpeechChunk(clip, ()), start_ms)


def encoded(start_ms: float, duration_ms: float) -> list[VideoFragment]:
    frames = SOURCE.frames(clause(start_ms, duration_ms), cancelled=Event())
    return list(LocalEncoder().encode(frames, fps=FPS, cancelled=Event()))


def test_every_picture_is_shown_once_when_it_is_due() -> None:
    made = encoded(1234.5, 1000)
    shown = decode(joined(made))
    assert [picture.at_ms for picture in shown] == [k * STEP_MS for k in range(31, 56)]
    assert [f.start_ms for f in made[1:]] == [k * STEP_MS for k in range(31, 56)]
    assert all((f.frames, f.duration_ms) == (1, STEP_MS) for f in made[1:])
    for picture, number in zip(shown, range(31, 56), strict=True):
        wrong = picture.pixels.astype(int) - SOURCE.picture(number)
        assert np.abs(wrong).mean() < 6


def test_clauses_are_played_one_after_the_other_from_one_buffer() -> None:
    first, second = encoded(0, 500), encoded(500, 300)
    assert first[0].data == second[0].data, "a second beginning changes nothing"
    shown = decode(joined([*first, *second[1:]]))
    assert [picture.at_ms for picture in shown] == [k * STEP_MS for k in range(20)]
    assert [p.at_ms for p in shown if p.is_key] == [0, 13 * STEP_MS]


def test_only_a_beginning_and_whole_fragments_are_sent() -> None:
    made = encoded(0, 400)
    assert [name for name, _box in boxes(made[0].data)] == ["ftyp", "moov"]
    for fragment in made[1:]:
        assert [name for name, _box in boxes(fragment.data)] == ["moof", "mdat"]
    assert made[0].format is not None
    assert made[0].format.codec.startswith("avc1.64")
    assert [fragment.is_init for fragment in made] == [True] + 10 * [False]


def test_there_is_no_sound_in_it_and_its_colours_are_labelled() -> None:
    container: Any = av.open(io.BytesIO(joined(encoded(0, 200))))
    with container:
        assert [stream.type for stream in container.streams] == ["video"]
        frame = next(container.decode(video=0))
    assert int(frame.colorspace) == 1, "BT.709"
    assert int(frame.color_range) == 1, "studio range"


def test_the_first_fragment_is_there_after_two_pictures() -> None:
    encoder = FragmentEncoder(width=64, height=64, fps=FPS)
    assert [f.is_init for f in encoder.add(0, SOURCE.picture(0))] == [True]
    assert [f.start_ms for f in encoder.add(1, SOURCE.picture(1))] == [0]
    assert [f.start_ms for f in encoder.finish()] == [STEP_MS]


@pytest.mark.slow
def test_a_long_clause_can_be_joined_in_its_middle() -> None:
    shown = decode(joined(encoded(0, 10_000)))
    keys = [round(p.at_ms / STEP_MS) for p in shown if p.is_key]
    assert keys == [0, KEY_EVERY_S * FPS, 2 * KEY_EVERY_S * FPS]


def test_nothing_to_say_is_no_video() -> None:
    assert encoded(41, 30) == []


def test_a_cancelled_clause_ends_where_it_is() -> None:
    cancelled = Event()
    made = []
    frames = SOURCE.frames(clause(0, 1000), cancelled=Event())
    for fragment in LocalEncoder().encode(frames, fps=FPS, cancelled=cancelled):
        made.append(fragment)
        if fragment.frames:
            cancelled.set()
    assert sum(fragment.frames for fragment in made) == 1


def test_a_loop_is_an_ordinary_file_that_plays_from_its_beginning() -> None:
    data = looping_mp4([SOURCE.picture(number) for number in range(12)], fps=FPS)
    names = [name for name, _box in boxes(data)]
    assert names.index("moov") < names.index("mdat")
    assert [p.at_ms for p in decode(data)] == [k * STEP_MS for k in range(12)]
    with pytest.raises(ValueError, match="needs pictures"):
        looping_mp4([], fps=FPS)


@pytest.mark.parametrize("cut", [3, 7, 20])
def test_broken_boxes_are_refused(cut: int) -> None:
    data = encoded(0, 100)[1].data
    with pytest.raises(ValueError, match="a box"):
        list(boxes(data[:cut]))


def test_a_fragment_is_moved_in_time_and_nothing_else() -> None:
    data = encoded(0, 100)[1].data
    moved = fragments(data, 7 * 512)
    assert begins_at(moved) == begins_at(data) + 7 * 512
    assert fragments(moved, -7 * 512) == data
