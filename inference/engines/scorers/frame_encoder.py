"""Whisper for scoring: frames of clips that no recogniser has encoded, words asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from inference.errors import EngineUnavailable
from inference.types.audio import FloatSamples

from .alignment import Float32

if TYPE_CHECKING:
    import ctranslate2
    from faster_whisper.feature_extractor import FeatureExtractor

RATE_HZ = 16_000
FRAME_SAMPLES = 320
FRAME_MS = 20.0
_LONGEST_S = 30.0
# The same silence behind the speech as in recognition, so that frames are the same
# whoever makes them: three seconds, and at least seven in all.
_PAD_S = 3.0
_AT_LEAST_S = 7.0


class FrameEncoder:
    """Encodes speech without padding it to 30 s. May be used from several threads."""

    def __init__(
        self,
        model_dir: Path,
        *,
        device: str = "cpu",
        compute_type: str = "int8",
        threads: int = 0,
    ) -> None:
        self.name = model_dir.name
        self.model_dir = model_dir
        self._device = device
        self._compute_type = compute_type
        self._threads = threads or _all_cores()
        self._lock = Lock()
        self._model: ctranslate2.models.Whisper | None = None
        self._mel: FeatureExtractor | None = None

    @property
    def mel_filters(self) -> npt.NDArray[np.float32]:
        """The mel filters ``(n_mels, 201)``; training warps them."""
        filters: npt.NDArray[np.float32] = self._loaded()[1].mel_filters
        return filters

    @mel_filters.setter
    def mel_filters(self, filters: npt.NDArray[np.float32]) -> None:
        self._loaded()[1].mel_filters = filters

    def frames(self, samples: FloatSamples) -> Float32:
        """Return frames ``(n_frames, width)``, 20 ms each, of 16 kHz samples.

        Speech longer than Whisper's window is encoded piece by piece.
        """
        piece = int((_LONGEST_S - _PAD_S) * RATE_HZ) // FRAME_SAMPLES * FRAME_SAMPLES
        parts = [
            self._window(samples[start : start + piece])
            for start in range(0, max(1, samples.size), piece)
        ]
        return np.concatenate(parts)

    def token_probabilities(
        self, frames: Float32, start: Sequence[int], text: Sequence[int]
    ) -> Float32:
        """Return how likely each token of a text is, led through it from the ``start``.

        ``frames`` ``(n_frames, width)`` are this encoder's, 1,500 at most.
        """
        import ctranslate2

        model, _ = self._loaded()
        encoded = ctranslate2.StorageView.from_array(
            np.ascontiguousarray(frames[None], dtype=np.float32)
        )
        found = model.align(encoded, list(start), [list(text)], [2 * len(frames)])[0]
        return np.asarray(found.text_token_probs, dtype=np.float32)

    def load(self) -> None:
        """Load the model now rather than with the first clip."""
        self._loaded()

    def close(self) -> None:
        """Free the model."""
        with self._lock:
            self._model = None

    def _window(self, samples: FloatSamples) -> Float32:
        import ctranslate2

        model, mel = self._loaded()
        pad_s = max(_PAD_S, _AT_LEAST_S - samples.size / RATE_HZ)
        pad = min(int(pad_s * RATE_HZ), int(_LONGEST_S * RATE_HZ) - samples.size)
        picture = mel(np.pad(samples, (0, max(pad, 0))), padding=0)
        picture = np.ascontiguousarray(picture[None, :, : int(_LONGEST_S * 100)])
        encoded = model.encode(
            ctranslate2.StorageView.from_array(picture.astype(np.float32)), to_cpu=True
        )
        n_frames = -(-samples.size // FRAME_SAMPLES)
        return np.asarray(encoded, dtype=np.float32)[0, :n_frames].copy()

    def _loaded(self) -> tuple[ctranslate2.models.Whisper, FeatureExtractor]:
        with self._lock:
            if self._model is None or self._mel is None:
                self._model, self._mel = self._load()
            return self._model, self._mel

    def _load(self) -> tuple[ctranslate2.models.Whisper, FeatureExtractor]:
        try:
            import ctranslate2
            from faster_whisper.feature_extractor import FeatureExtractor
        except ImportError as missing:
            raise EngineUnavailable(
                "engine.library_missing",
                "This engine needs faster-whisper: pip install faster-whisper",
                retryable=False,
            ) from missing
        try:
            model = ctranslate2.models.Whisper(
                str(self.model_dir),
                device=self._device,
                compute_type=self._compute_type,
                intra_threads=self._threads,
            )
        except (RuntimeError, ValueError, OSError) as broken:
            raise EngineUnavailable(
                "engine.weights_broken",
                f"Cannot load {self.model_dir.name}: {broken}",
                retryable=False,
            ) from broken
        return model, FeatureExtractor(feature_size=80)


def _all_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
