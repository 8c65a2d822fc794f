"""WAV files that pages send: what is taken, what is refused."""

from __future__ import annotations

import io
import struct
import wave
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.types.audio import AudioClip
from sessions.api_errors import RequestRefused
from sessions.wav_sound import MAX_AUDIO_BYTES, read_wav, write_wav


def tone(seconds: float, rate: int) -> AudioClip:
    """Return a tone of 440 Hz."""
    t = np.arange(int(seconds * rate)) / rate
    return AudioClip.from_float32(
        (0.5 * np.sin(2 * np.pi * 440 * t)).astype(np.float32), rate
    )


def wav(
    *, width: int = 2, channels: int = 1, rate: int = 16_000, n: int = 400
) -> bytes:
    """Return a WAV of silence in any form."""
    file = io.BytesIO()
    with wave.open(file, "wb") as target:
        target.setnchannels(channels)
        target.setsampwidth(width)
        target.setframerate(rate)
        target.writeframes(bytes(n * width * channels))
    return file.getvalue()


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000])
def test_every_usual_rate_becomes_16_khz(rate: int) -> None:
    clip = read_wav(write_wav(tone(0.5, rate)))
    assert clip.sample_rate_hz == 16_000
    assert clip.duration_ms == pytest.approx(500, abs=2)
    spectrum = np.abs(np.fft.rfft(clip.as_float32()))
    peak_hz = np.argmax(spectrum) * 16_000 / clip.n_samples
    assert peak_hz == pytest.approx(440, abs=4)


def test_what_is_written_is_read_back() -> None:
    clip = tone(0.1, 16_000)
    assert read_wav(write_wav(clip)) == clip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"RIFF",
        b"ID3 no wave at all",
        wav(n=0),
        wav(width=1),
        wav(width=3),
        wav(channels=2),
        wav(rate=4_000),
        wav(rate=96_000),
        wav().replace(b"WAVE", b"WEBM"),
        wav().replace(b"fmt ", b"cue "),
        wav().replace(struct.pack("<HH", 1, 1), struct.pack("<HH", 3, 1)),
        wav().replace(struct.pack("<I", 16_000), bytes(4)),
    ],
    ids=[
        *("empty", "header", "mp3", "no samples", "8 bit", "24 bit", "stereo"),
        *("4 kHz", "96 kHz", "webm", "no format", "float", "no rate"),
    ],
)
def test_other_files_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(RequestRefused) as refused:
        read_wav(data)
    assert (refused.value.code, refused.value.status) == ("audio.bad_wav", 400)
    assert refused.value.message


def test_a_header_that_promises_more_is_no_harm() -> None:
    data = bytearray(wav(n=400))
    data[40:44] = struct.pack("<I", 0xFFFFFFFE)
    assert read_wav(bytes(data)).n_samples == 400


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (wav(n=66 * 16_000), "audio.too_long"),
        (wav(rate=8_000, n=66 * 8_000), "audio.too_long"),
        (bytes(MAX_AUDIO_BYTES + 1), "audio.too_large"),
    ],
    ids=["long", "long at 8 kHz", "large"],
)
def test_too_much_sound_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(RequestRefused) as refused:
        read_wav(data)
    assert (refused.value.code, refused.value.status) == (code, 413)


def test_the_longest_sound_fits_at_the_highest_rate() -> None:
    assert read_wav(wav(rate=48_000, n=65 * 48_000)).duration_ms == 65_000


@given(st.binary(max_size=200), st.integers(0, 60))
def test_broken_files_never_raise_anything_else(noise: bytes, at: int) -> None:
    data = bytearray(wav())
    data[at : at + len(noise)] = noise
    with suppress(RequestRefused):
        assert read_wav(bytes(data)).sample_rate_hz == 16_000
