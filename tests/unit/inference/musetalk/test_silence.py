"""Rests show the portrait as it is; a mouth that closes for a sound does not."""

from __future__ import annotations

import numpy as np

from inference.engines.avatars.musetalk.silence import silent_pictures
from inference.types.audio import AudioClip
from inference.types.face import picture_numbers
from inference.types.speech import PhonemeSpan, SpeechChunk

RATE_HZ = 22_050


def speech(*parts: tuple[str, float, float], phonemes: bool = True) -> SpeechChunk:
    """Return parts of (phoneme, milliseconds, loudness)."""
    samples, spans, at_ms = [], [], 0.0
    for phoneme, ms, loudness in parts:
        n = round(RATE_HZ * ms / 1000)
        samples.append(loudness * np.sin(np.arange(n) * 0.05))
        spans.append(PhonemeSpan(phoneme, at_ms, at_ms + ms))
        at_ms += ms
    clip = AudioClip.from_float32(np.concatenate(samples).astype(np.float32), RATE_HZ)
    return SpeechChunk(clip, tuple(spans) if phonemes else ())


def silent(chunk: SpeechChunk, start_ms: float = 0.0) -> list[int]:
    numbers = picture_numbers(start_ms, chunk.clip.duration_ms)
    flags = silent_pictures(chunk, start_ms, numbers)
    assert len(flags) == len(numbers)
    return [k for k, flag in zip(numbers, flags, strict=True) if flag]


def test_a_pause_is_silent_but_for_a_picture_next_to_sound() -> None:
    chunk = speech(("a", 400, 0.3), ("", 400, 0.0), ("a", 400, 0.3))
    assert silent(chunk) == [11, 12, 13, 14, 15, 16, 17, 18]


def test_the_end_of_a_clause_is_silent_up_to_its_last_picture() -> None:
    assert silent(speech(("a", 400, 0.3), ("", 250, 0.0))) == list(range(11, 17))


def test_a_clause_that_begins_between_two_pictures() -> None:
    chunk = speech(("", 200, 0.0), ("a", 200, 0.3))
    # Pictures at 1040, 1080, 1120, 1160; the sound begins at 1220.
    assert silent(chunk, 1020.0) == [26, 27, 28]


def test_a_phoneme_without_sound_is_not_silence() -> None:
    chunk = speech(("a", 200, 0.3), ("p", 200, 0.0), ("a", 200, 0.3))
    assert silent(chunk) == []


def test_noise_in_a_pause_is_silence_where_phonemes_say_so() -> None:
    chunk = speech(("a", 400, 0.3), ("", 400, 0.02), ("a", 400, 0.3))
    assert silent(chunk) == [11, 12, 13, 14, 15, 16, 17, 18]


def test_without_phonemes_loudness_decides_and_closures_are_no_pause() -> None:
    parts = [("", 400, 0.3), ("", 80, 0.0), ("", 400, 0.3), ("", 300, 0.0)]
    chunk = speech(*parts, phonemes=False)
    # The closure of 80 ms is not among them.
    assert silent(chunk) == [23, 24, 25, 26, 27, 28, 29]


def test_a_clause_of_nothing_is_all_silent() -> None:
    assert silent(speech(("", 200, 0.0), phonemes=False)) == [0, 1, 2, 3, 4]
    assert silent(speech(("", 200, 0.0))) == [0, 1, 2, 3, 4]


def test_times_do_not_drift_in_a_long_clause() -> None:
    chunk = speech(("", 20_000, 0.3), ("", 400, 0.0), phonemes=False)
    assert silent(chunk) == list(range(501, 510))
