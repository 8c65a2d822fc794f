"""A long utterance is recognised stretch by stretch, while it is still being spoken.

What was said before a pause was recognised in that pause, in case it was all. When the
learner goes on, that stretch is done: only what follows is recognised at the next pause, with
the words before as a hint, so that the last step does not grow with the turn. Each stretch
brings its encoder's frames along, so the scorer still gets them for the whole utterance.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import numpy as np

from inference.types.audio import AudioClip
from inference.types.speech import EncoderFeatures, Transcript

# Recognising a shorter stretch once more costs next to nothing, and has more to go by.
SHORTEST_STRETCH_MS = 5_000.0
# A shorter silence may lie within a word.
SHORTEST_PAUSE_MS = 300.0
# Stretches meet between frames of the encoder.
_FRAME_SAMPLES = 320
_FINAL_MARKS = ".…。"


class GrowingUtterance:
    """The stretches of one utterance that are recognised for good."""

    def __init__(self) -> None:
        self._heard: Transcript | None = None
        self.n_samples = 0

    @property
    def text(self) -> str:
        """The words so far."""
        return self._heard.text if self._heard is not None else ""

    @property
    def hint(self) -> str:
        """The words so far as what comes may go on from them: no sentence has ended."""
        return self.text.rstrip(_FINAL_MARKS)

    def rest(self, clip: AudioClip) -> AudioClip:
        """Return what of an utterance is not recognised yet."""
        return AudioClip(clip.pcm[2 * self.n_samples :], clip.sample_rate_hz)

    def whole(self, rest: Transcript) -> Transcript:
        """Return the transcript of all, given that of the rest."""
        if self._heard is None:
            return rest
        return joined(self._heard, rest, self.n_samples)

    def add(self, clip: AudioClip, heard: Transcript, pause_ms: float) -> None:
        """Take what was said before a pause for done, if the learner went on after it.

        ``clip`` is the utterance up to the pause, ``heard`` all of its words.
        """
        length = clip.n_samples // _FRAME_SAMPLES * _FRAME_SAMPLES
        stretch_ms = 1000 * (length - self.n_samples) / clip.sample_rate_hz
        if (
            pause_ms >= SHORTEST_PAUSE_MS
            and stretch_ms >= SHORTEST_STRETCH_MS
            and heard.words
        ):
            self._heard, self.n_samples = heard, length


def joined(first: Transcript, second: Transcript, at_samples: int) -> Transcript:
    """Return two transcripts as one; the second clip begins ``at_samples`` (16 kHz) later."""
    later_ms = 1000 * at_samples / 16_000
    words = first.words + tuple(
        replace(word, start_ms=word.start_ms + later_ms, end_ms=word.end_ms + later_ms)
        for word in second.words
    )
    return Transcript(
        text=_sentence(first.text, second.text),
        words=words,
        language=first.language,
        confidence=fmean(word.confidence for word in words) if words else 0.0,
        no_speech_probability=min(
            first.no_speech_probability, second.no_speech_probability
        ),
        features=_frames(first.features, second.features, at_samples),
    )


def _sentence(first: str, second: str) -> str:
    if second[:1].islower():
        # The recogniser ends what it hears with a full stop, also in mid-sentence.
        first = first.rstrip(_FINAL_MARKS)
    return f"{first} {second}".strip()


def _frames(
    first: EncoderFeatures | None, second: EncoderFeatures | None, at_samples: int
) -> EncoderFeatures | None:
    if first is None or second is None or first.encoder != second.encoder:
        return None
    n_frames = round(1000 * at_samples / 16_000 / first.frame_ms)
    return replace(
        first, frames=np.concatenate([first.frames[:n_frames], second.frames])
    )
