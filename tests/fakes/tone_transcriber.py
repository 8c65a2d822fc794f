"""A recogniser for page tests: the pitch of a tone tells which words it stands for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from inference.protocols import Cancelled
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript

from .engines import ScriptedTranscriber

# Tones are told apart that differ by more than this.
_NEAR_HZ = 30.0


class ToneTranscriber(ScriptedTranscriber):
    """Hears what a clip's strongest tone stands for, and no words in any other sound.

    Which sound is made when, and how often it is recognised, changes nothing.
    """

    def __init__(
        self,
        words: Mapping[float, str],
        delay_s: float = 0.0,
        partial_delay_s: float = 0.0,
    ) -> None:
        super().__init__(delay_s=delay_s, partial_delay_s=partial_delay_s)
        self._words = words

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Return the words of the tone; they fill the clip evenly."""
        pitch_hz = strongest_hz(request.clip)
        text = next(
            (text for hz, text in self._words.items() if abs(hz - pitch_hz) < _NEAR_HZ),
            "",
        )
        told = ScriptedTranscriber(
            (text,), delay_s=self._delay_s, partial_delay_s=self._partial_delay_s
        )
        return told.transcribe(request, cancelled=cancelled)


def strongest_hz(clip: AudioClip) -> float:
    """Return the pitch of a clip's strongest tone; of an empty one 0."""
    samples = clip.as_float32()
    if not len(samples):
        return 0.0
    strongest = int(np.argmax(np.abs(np.fft.rfft(samples))))
    return strongest * clip.sample_rate_hz / len(samples)
