"""Encoder frames of recordings, as the product gets them, and of changed copies.

A changed copy is the same speech through a vocal tract of another length (the mel
filters are warped: Lee and Rose 1996), at another level, and at times in noise.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inference.engines.scorers.frame_encoder import FrameEncoder
from inference.types.audio import FloatSamples

Float16 = npt.NDArray[np.float16]

_WARPS = (0.88, 0.92, 0.95, 1.05, 1.09, 1.13)
_BINS = 201
# Below this bin (6.4 kHz) frequencies are scaled; above it they bend back to the end.
_KNEE = 160
_NOISY_SHARE = 0.4
_SNR_DB = (12.0, 30.0)
_GAIN_DB = (-8.0, 4.0)


def encode_all(
    encoder: FrameEncoder, clips: Iterable[FloatSamples], *, copy: int = 0
) -> list[Float16]:
    """Return the frames ``(n_frames, width)`` of each clip.

    ``copy`` 0 is the recording itself, any other number a changed copy of its own:
    the same number gives the same changes.
    """
    filters = encoder.mel_filters
    frames = []
    try:
        for number, clip in enumerate(clips):
            if copy:
                rng = np.random.default_rng((copy, number))
                encoder.mel_filters = warped(filters, float(rng.choice(_WARPS)))
                clip = disturbed(clip, rng)
            frames.append(encoder.frames(clip).astype(np.float16))
    finally:
        encoder.mel_filters = filters
    return frames


def warped(filters: npt.NDArray[np.float32], factor: float) -> npt.NDArray[np.float32]:
    """Return mel filters ``(n_mels, 201)`` that read the spectrum at warped places."""
    bins = np.arange(_BINS, dtype=np.float64)
    knee = _KNEE * factor
    above = knee + (bins - _KNEE) * (_BINS - 1 - knee) / (_BINS - 1 - _KNEE)
    places = np.where(bins <= _KNEE, bins * factor, above)
    rows = [np.interp(places, bins, row) for row in filters]
    return np.asarray(rows, dtype=filters.dtype)


def disturbed(clip: FloatSamples, rng: np.random.Generator) -> FloatSamples:
    """Return the clip at another level, in two of five cases with noise behind it."""
    if rng.random() < _NOISY_SHARE:
        noise = rng.standard_normal(len(clip))
        if rng.random() < 0.5:
            noise = np.cumsum(noise)
            noise -= np.convolve(noise, np.ones(400) / 400, "same")
        level = clip.std() * 10 ** (-rng.uniform(*_SNR_DB) / 20)
        clip = clip + (noise / (noise.std() + 1e-9) * level).astype(np.float32)
    gain = 10 ** (rng.uniform(*_GAIN_DB) / 20)
    louder: FloatSamples = np.clip(clip * gain, -1.0, 1.0).astype(np.float32)
    return louder


def cached(
    path: Path, encoder: FrameEncoder, clips: Iterable[FloatSamples], *, copy: int
) -> list[Float16]:
    """Return the frames from a file of an earlier run, or make and keep them."""
    if path.exists():
        with np.load(path) as stored:
            return [stored[str(number)] for number in range(len(stored.files))]
    frames = encode_all(encoder, clips, copy=copy)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part.npz")
    with unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **{str(n): f for n, f in enumerate(frames)})
    unfinished.rename(path)
    return frames
