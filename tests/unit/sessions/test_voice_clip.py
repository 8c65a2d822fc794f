"""Which recordings can be a tutor's voice, and what is said of those that cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sessions.voice_clips.clip import KEPT_HZ, VoiceRefused, read_clip
from sessions.voice_clips.listening import share_heard
from tests.factories.tutor_voices import reading, wav


@pytest.mark.parametrize(
    ("rate_hz", "channels"), [(16_000, 1), (24_000, 1), (44_100, 2), (48_000, 1)]
)
def test_good_recordings_are_kept_in_one_form(rate_hz: int, channels: int) -> None:
    sound = reading(8.0, rate_hz=rate_hz)
    clip = read_clip(wav(sound, rate_hz=rate_hz, channels=channels))
    assert clip.seconds == pytest.approx(8.0, abs=0.01)
    assert read_clip(clip.wav).samples.size == clip.samples.size
    assert clip.for_ears().sample_rate_hz == 16_000
    assert clip.wav[24:28] == KEPT_HZ.to_bytes(4, "little")


@pytest.mark.parametrize(
    ("sound", "options", "code"),
    [
        (reading(5.9), {}, "voice.too_short"),
        (reading(30.2), {}, "voice.too_long"),
        (reading(8.0, rate_hz=8_000), {"rate_hz": 8_000}, "voice.low_rate"),
        (reading(8.0, loud=0.001, noise=0.0001), {}, "voice.too_quiet"),
        (np.zeros(8 * 24_000), {}, "voice.too_quiet"),
        (reading(8.0, loud=4.0), {}, "voice.clipped"),
        (reading(8.0, said=0.3), {}, "voice.mostly_silent"),
        (reading(8.0, noise=0.05), {}, "voice.noisy"),
    ],
)
def test_what_a_voice_cannot_be_learnt_from_is_refused_by_its_code(
    sound: Any, options: dict[str, Any], code: str
) -> None:
    with pytest.raises(VoiceRefused) as refused:
        read_clip(wav(sound, **options))
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("data", [b"", b"RIFF", b"ID3" * 900, wav(reading(8.0))[:40]])
def test_what_is_no_sound_is_refused(data: bytes) -> None:
    with pytest.raises(VoiceRefused) as refused:
        read_clip(data)
    assert refused.value.code in {"voice.unreadable", "voice.too_short"}


def test_what_is_too_large_is_not_even_read() -> None:
    with pytest.raises(VoiceRefused) as refused:
        read_clip(bytes(12_000_001))
    assert refused.value.code == "voice.too_large"


def test_a_statement_is_recognised_though_names_are_written_otherwise() -> None:
    said = "My name is Mara Weiss. I give my voice to the Linden school."
    assert share_heard(said, "my name is mara vice I give my voice to linden") > 0.7
    assert share_heard(said, "The weather is nice today.") < 0.2
    assert share_heard(said, "") == 0.0
