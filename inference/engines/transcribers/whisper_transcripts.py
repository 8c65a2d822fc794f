"""What was heard in the windows of a clip, put together."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

import numpy as np

from inference.types.speech import EncoderFeatures, Transcript

from .whisper_listening import Heard
from .whisper_window import FRAME_SAMPLES, RATE_HZ


def joined(heard: Sequence[Heard], *, encoder: str) -> Transcript:
    """Return a clip's transcript, with the frames of ``encoder`` where that is named."""
    spoken = [window for window in heard if window.text]
    words = tuple(word for window in heard for word in window.words)
    if words:
        confidence = fmean(word.confidence for word in words)
    elif spoken:
        confidence = float(np.exp(fmean(w.log_probability for w in spoken)))
    else:
        confidence = 0.0
    features = None
    if encoder:
        frames = np.concatenate([w.encoded.frames(w.row) for w in heard])
        features = EncoderFeatures(frames, 1000.0 * FRAME_SAMPLES / RATE_HZ, encoder)
    return Transcript(
        text=" ".join(window.text for window in spoken),
        words=words,
        language=heard[0].language,
        confidence=min(1.0, confidence),
        no_speech_probability=min(window.no_speech for window in heard),
        features=features,
    )
