"""Whisper through CTranslate2: one encoder pass gives text, word times and features."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled, TranscriberCapabilities
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import EncoderFeatures, TranscribeRequest, Transcript, Word

from .plausibility import echoes, is_being_said, was_said
from .whisper_window import (
    FRAME_SAMPLES,
    LONGEST_S,
    RATE_HZ,
    Encoded,
    Written,
    align,
    detect_language,
    encode,
    write,
)
from .windows import split_at_pauses
from .word_times import without_pauses

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

# Less is a click: no syllable fits.
_SHORTEST_S = 0.1
# Below this a microphone is off, not quiet (about -76 dB of full scale).
_DIGITAL_SILENCE = 1.6e-4
# More silence ends the echo of a decoder that has begun to repeat itself.
_SECOND_PAD_S = 9.0
_RATES_HZ = (8_000, 192_000)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What one window gave."""

    text: str
    words: tuple[Word, ...]
    log_probability: float
    no_speech: float
    encoded: Encoded


class FasterWhisper:
    """Speech to text with any Whisper size, on CPU or CUDA."""

    def __init__(
        self,
        *,
        model_dir: Path,
        device: str = "cpu",
        compute_type: str = "int8",
        threads: int = 0,
        workers: int = 1,
        beam_size: int = 2,
        pad_s: float = 3.0,
    ) -> None:
        self._model_dir = model_dir
        self._device = device
        self._compute_type = compute_type
        self._threads = threads or _all_cores()
        self._workers = workers
        self._beam_size = beam_size
        self._pad_s = pad_s
        self._model: WhisperModel | None = None
        self._lock = Lock()

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """Words have times, features are there; English only if the weights are."""
        languages = frozenset(self._loaded().supported_languages)
        return TranscriberCapabilities(
            word_times=True, features=True, languages=languages
        )

    def warm(self) -> None:
        """Load the model and go through every step once."""
        model = self._loaded()
        tokenizer = _tokenizer(model, "en")
        encoded = encode(model, np.zeros(RATE_HZ, np.float32), self._pad_s)
        write(model, tokenizer, encoded, beam_size=self._beam_size, hint="")
        align(model, tokenizer, encoded, tokenizer.encode(" warm"))

    def close(self) -> None:
        """Free the model."""
        with self._lock:
            self._model = None

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip. Raises StageError ``asr.failed``."""
        model = self._loaded()
        samples = _at_16_khz(request.clip)
        language = (request.language or "").partition("-")[0].lower() or None
        nothing = Transcript("", (), language or "", 0.0, 1.0)
        too_short = samples.size < _SHORTEST_S * RATE_HZ
        if too_short or float(np.abs(samples).max()) < _DIGITAL_SILENCE:
            return nothing
        if language and language not in model.supported_languages:
            raise StageError(
                "asr.failed", f"The model does not know {language}", retryable=False
            )
        try:
            heard, language = self._listen(model, samples, request, language, cancelled)
        except (RuntimeError, ValueError, MemoryError) as failure:
            # CTranslate2 raises these; their text is about tensors, but keep it out.
            raise StageError(
                "asr.failed", f"Whisper failed ({type(failure).__name__})"
            ) from failure
        if cancelled.is_set() or not heard:
            return nothing
        return _joined(
            heard,
            language,
            want_features=request.want_features,
            encoder=self._model_dir.name,
        )

    def _listen(
        self,
        model: WhisperModel,
        samples: FloatSamples,
        request: TranscribeRequest,
        language: str | None,
        cancelled: Cancelled,
    ) -> tuple[list[_Heard], str]:
        heard: list[_Heard] = []
        hint = request.hint
        for start, end in split_at_pauses(samples, RATE_HZ, LONGEST_S - self._pad_s):
            if cancelled.is_set():
                break
            encoded = encode(model, samples[start:end], self._pad_s)
            if language is None:
                language, _ = detect_language(model, encoded)
            if cancelled.is_set():
                break
            tokenizer = _tokenizer(model, language)
            window = self._window(
                model, tokenizer, samples[start:end], encoded, hint, request.partial
            )
            heard.append(_shifted(window, 1000.0 * start / RATE_HZ))
            hint = window.text or hint
        return heard, language or ""

    def _window(
        self,
        model: WhisperModel,
        tokenizer: Tokenizer,
        samples: FloatSamples,
        encoded: Encoded,
        hint: str,
        partial: bool,
    ) -> _Heard:
        beam_size = 1 if partial else self._beam_size
        written = write(model, tokenizer, encoded, beam_size=beam_size, hint=hint)
        if partial:
            said = not written.loops and is_being_said(
                written.mean_log_probability, written.no_speech_probability
            )
            return _heard(written if said else None, (), written, encoded)
        words = align(model, tokenizer, encoded, written.tokens)
        if echoes(words) or written.loops:
            again = encode(model, samples, _SECOND_PAD_S)
            written = write(model, tokenizer, again, beam_size=beam_size, hint="")
            words = align(model, tokenizer, again, written.tokens)
        said = was_said(words, written.no_speech_probability) and not written.loops
        words = without_pauses(words, samples, RATE_HZ) if said else ()
        return _heard(written if said else None, words, written, encoded)

    def _loaded(self) -> WhisperModel:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _load(self) -> WhisperModel:
        try:
            from faster_whisper import WhisperModel
        except ImportError as missing:
            raise EngineUnavailable(
                "engine.library_missing",
                "This engine needs faster-whisper: pip install faster-whisper",
                retryable=False,
            ) from missing
        try:
            return WhisperModel(
                str(self._model_dir),
                device=self._device,
                compute_type=self._compute_type,
                cpu_threads=self._threads,
                num_workers=self._workers,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as broken:
            raise EngineUnavailable(
                "engine.weights_broken",
                f"Cannot load {self._model_dir.name} on {self._device} "
                f"as {self._compute_type}: {broken}",
                retryable=False,
            ) from broken


def _all_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@lru_cache(maxsize=16)
def _tokenizer(model: WhisperModel, language: str) -> Tokenizer:
    from faster_whisper.tokenizer import Tokenizer

    multilingual = model.model.is_multilingual
    return Tokenizer(
        model.hf_tokenizer, multilingual, task="transcribe", language=language
    )


def _at_16_khz(clip: AudioClip) -> FloatSamples:
    if clip.sample_rate_hz == RATE_HZ:
        return clip.as_float32()
    if not _RATES_HZ[0] <= clip.sample_rate_hz <= _RATES_HZ[1]:
        raise StageError(
            "asr.failed", f"{clip.sample_rate_hz} Hz is no speech rate", retryable=False
        )
    import soxr

    resampled: FloatSamples = soxr.resample(
        clip.as_float32(), clip.sample_rate_hz, RATE_HZ
    ).astype(np.float32)
    return resampled


def _heard(
    said: Written | None, words: tuple[Word, ...], written: Written, encoded: Encoded
) -> _Heard:
    return _Heard(
        said.text if said else "",
        words,
        written.mean_log_probability,
        written.no_speech_probability,
        encoded,
    )


def _shifted(heard: _Heard, by_ms: float) -> _Heard:
    if not by_ms:
        return heard
    words = tuple(
        Word(w.text, w.start_ms + by_ms, w.end_ms + by_ms, w.confidence)
        for w in heard.words
    )
    return _Heard(
        heard.text, words, heard.log_probability, heard.no_speech, heard.encoded
    )


def _joined(
    heard: list[_Heard], language: str, *, want_features: bool, encoder: str
) -> Transcript:
    spoken = [window for window in heard if window.text]
    words = tuple(word for window in heard for word in window.words)
    if words:
        confidence = fmean(word.confidence for word in words)
    elif spoken:
        confidence = float(np.exp(fmean(w.log_probability for w in spoken)))
    else:
        confidence = 0.0
    features = None
    if want_features:
        frames = np.concatenate([window.encoded.frames() for window in heard])
        features = EncoderFeatures(frames, 1000.0 * FRAME_SAMPLES / RATE_HZ, encoder)
    return Transcript(
        text=" ".join(window.text for window in spoken),
        words=words,
        language=language,
        confidence=min(1.0, confidence),
        no_speech_probability=min(window.no_speech for window in heard),
        features=features,
    )
