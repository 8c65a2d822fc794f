"""People's voices: computed once for a clip, and forgotten with it."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from inference.engines.synthesizers.reference_voices import ReferenceVoices
from inference.engines.synthesizers.xtts_model import Sounding
from inference.engines.synthesizers.xtts_voices import XttsVoices
from inference.types.audio import FloatSamples

KEY = "a1" * 16


class CountingModel:
    """A model whose voices say what they were made of; it counts clips."""

    fingerprint = "weights-1"

    def __init__(self, speakers: tuple[str, ...] = ("Ana", "Jonas")) -> None:
        self.speakers = speakers
        self.heard = 0

    def speaker(self, name: str) -> Sounding:
        return _sounding(float(self.speakers.index(name)))

    def sounding_of(self, samples: FloatSamples, rate_hz: int) -> Sounding:
        if samples.size < rate_hz:
            raise ValueError("too short")
        self.heard += 1
        return _sounding(float(samples.max()))


def _sounding(mark: float) -> Sounding:
    array = np.full((1, 2, 3), mark, np.float32)
    return Sounding(array, array)


def write_clip(
    folder: Path, key: str = KEY, *, level: int = 16_384, s: int = 2
) -> None:
    with wave.open(str(folder / f"{key}.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.full(2 * s * 16_000, level, "<i2").tobytes())


def mark(sounding: Sounding) -> float:
    return float(sounding.timbre.ravel()[0])


def make(folder: Path, speaker: str = "") -> tuple[CountingModel, XttsVoices]:
    model = CountingModel()
    return model, XttsVoices(model, ReferenceVoices(folder), speaker=speaker)


def test_a_clip_is_listened_to_once_also_by_the_next_process(tmp_path: Path) -> None:
    write_clip(tmp_path)
    model, voices = make(tmp_path)
    assert mark(voices.sounding(KEY)) == mark(voices.sounding(KEY)) == 0.5
    again, later = make(tmp_path)
    assert mark(later.sounding(KEY)) == 0.5
    assert (model.heard, again.heard) == (1, 0)


def test_another_clip_or_other_weights_are_listened_to_anew(tmp_path: Path) -> None:
    write_clip(tmp_path)
    make(tmp_path)[1].sounding(KEY)
    write_clip(tmp_path, level=8_192)
    assert mark(make(tmp_path)[1].sounding(KEY)) == 0.25
    model = CountingModel()
    model.fingerprint = "weights-2"
    XttsVoices(model, ReferenceVoices(tmp_path), speaker="").sounding(KEY)
    assert model.heard == 1


def test_a_voice_taken_back_speaks_no_more_though_it_was_in_memory(
    tmp_path: Path,
) -> None:
    write_clip(tmp_path)
    _, voices = make(tmp_path, speaker="Jonas")
    assert mark(voices.sounding(KEY)) == 0.5
    (tmp_path / f"{KEY}.wav").unlink()
    assert mark(voices.sounding(KEY)) == 1.0


def test_nothing_is_kept_of_a_clip_that_goes_meanwhile(tmp_path: Path) -> None:
    write_clip(tmp_path)
    references = ReferenceVoices(tmp_path)
    (tmp_path / f"{KEY}.wav").unlink()
    references.keep(KEY, "made.npz", b"what it sounds like")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "A1" * 16, f"{KEY}\n"])
def test_a_key_is_no_path(tmp_path: Path, key: str) -> None:
    references = ReferenceVoices(tmp_path)
    assert not references.has(key)
    assert references.read(key) is None


def test_clips_that_cannot_be_used_leave_the_models_own_voice(tmp_path: Path) -> None:
    _, voices = make(tmp_path, speaker="Jonas")
    (tmp_path / f"{KEY}.wav").write_bytes(b"no sound at all")
    assert mark(voices.sounding(KEY)) == 1.0
    write_clip(tmp_path, s=0)
    assert mark(voices.sounding(KEY)) == 1.0


def test_a_damaged_record_is_made_anew(tmp_path: Path) -> None:
    write_clip(tmp_path)
    make(tmp_path)[1].sounding(KEY)
    (kept,) = tmp_path.glob("*.npz")
    kept.write_bytes(b"half of i")
    assert mark(make(tmp_path)[1].sounding(KEY)) == 0.5


def test_a_speaker_that_the_model_has_not_is_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        make(tmp_path, speaker="Nobody")
    nobody = XttsVoices(CountingModel(()), None, speaker="")
    with pytest.raises(LookupError):
        nobody.sounding("")
