"""What ``make bench-face`` makes of measured lips, on lips whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from bench.face_film import Film
from bench.face_mouth import (
    Floats,
    Take,
    contacts,
    figures_of,
    offset_ms,
    open_in_silence,
    openness_r,
    scale_of,
)
from bench.face_openness import BILABIALS, openness_at, sound_of
from bench.face_speech import Line
from inference.types.audio import AudioClip
from inference.types.speech import PhonemeSpan, SpeechChunk

AT_REST: Floats = np.full(25, 0.01)
SOUNDS = ("m", "a", "p", "ɑː", "", "b", "iː", "f", "æ", "p", "oʊ", "")


def _spans(ms: float = 120.0) -> tuple[PhonemeSpan, ...]:
    spans, at = [], 0.0
    for sound in SOUNDS:
        length = ms if sound else 4 * ms
        spans.append(PhonemeSpan(sound, at, at + length))
        at += length
    return tuple(spans)


def _take(*, late_ms: float = 0.0, least: float = 0.0) -> Take:
    """Return lips that follow the sounds exactly, but so late and never more shut."""
    spans = _spans()
    times = np.arange(0, spans[-1].end_ms, 40.0)
    openings = 0.01 + 0.2 * np.maximum(openness_at(spans, times - late_ms), least)
    return Take("a sentence", spans, times, openings)


def test_a_mouth_in_step_has_no_offset_and_a_late_one_has_its_own() -> None:
    assert abs(offset_ms(_take())) <= 20
    assert offset_ms(_take(late_ms=120)) - offset_ms(_take()) == pytest.approx(
        120, abs=15
    )
    assert openness_r([_take()]) > 0.85
    assert openness_r([_take(late_ms=120)]) < openness_r([_take()]) - 0.2


def test_lips_that_do_not_meet_are_no_closure() -> None:
    shut, lazy = _take(), _take(least=0.5)
    scale = scale_of([shut], AT_REST)
    assert all(contacts(shut, BILABIALS, scale.shut_below))
    assert not any(contacts(lazy, BILABIALS, scale.shut_below))
    assert len(list(contacts(shut, BILABIALS, scale.shut_below))) == 4


def test_a_mouth_that_stays_open_in_a_pause_is_seen() -> None:
    quiet, gaping = _take(), _take(least=0.5)
    scale = scale_of([quiet], AT_REST)
    seen = list(open_in_silence(quiet, scale))
    assert len(seen) > 5
    assert not any(seen)
    assert all(open_in_silence(gaping, scale))


def test_pictures_without_a_face_count_for_nothing_but_are_told() -> None:
    take = _take()
    take.openings[::7] = np.nan
    figures = figures_of([take], AT_REST)
    assert figures["openness_r"] > 0.85
    assert figures["bilabial_closure_share"] == 1.0
    assert figures["face_found_share"] == pytest.approx(6 / 7, abs=0.03)


@pytest.mark.parametrize(
    ("phoneme", "sound"),
    [
        ("iː", "i"),
        ("ɑ̃", "ɑ"),
        ("tʰ", "t"),
        ("oʊ", "oʊ"),
        ("ˈa", "a"),
        ("", ""),
        (" ", ""),
    ],
)
def test_marks_are_no_sounds(phoneme: str, sound: str) -> None:
    assert sound_of(phoneme) == sound


def test_vowels_are_open_by_their_height_and_lips_shut_for_bilabials() -> None:
    spans = [PhonemeSpan(s, 100.0 * i, 100.0 * i + 100) for i, s in enumerate("aeimz")]
    levels = openness_at(spans, np.arange(50.0, 500.0, 100.0))
    assert levels[0] > levels[1] > levels[2] > levels[4] > levels[3] == 0.0


def test_gaps_are_those_of_who_begins_to_watch_with_the_first_picture() -> None:
    line = Line("", SpeechChunk(AudioClip(b"", 16_000), ()))
    in_time = Film(line, [], [0.1, 0.12, 0.14], [1, 1, 1], 0, 0.0, 0.0)
    assert max(in_time.gaps_ms(25)) == pytest.approx(40)
    late = Film(line, [], [0.1, 0.3], [1, 2], 0, 0.0, 0.0)
    assert list(late.gaps_ms(25)) == [pytest.approx(200), pytest.approx(0)]
