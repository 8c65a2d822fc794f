"""Vosk: small recognisers that decode speech while it comes."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from inference.errors import StageError
from inference.protocols import Cancelled, TranscriberCapabilities
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript, Word

from .clips import RATE_HZ, at_16_khz, may_hold_speech, nothing_said, primary_language
from .growing_clips import GrowingClips, Underway
from .vosk_models import Recognizer, VoskModels, text_in, words_in

# What is decoded between two looks at whether anybody still wants it.
_PIECE_S = 0.5


class Vosk:
    """Speech to text by Kaldi models, on CPU, one for each language.

    Texts are words in lower case, without marks. A model knows no other language than
    its own, so none is detected: where a request names none, it is ``language``.
    """

    def __init__(self, *, model_dir: str | Path, language: str = "en") -> None:
        self._language = language
        self._models = VoskModels(Path(model_dir), language)
        self._clips: GrowingClips[Recognizer] = GrowingClips(self._models.recognizer)

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """Words have times; the languages are those of the models."""
        return TranscriberCapabilities(
            word_times=True, features=False, languages=self._models.languages
        )

    def warm(self) -> None:
        """Load every model. Raises EngineUnavailable."""
        self._models.load()

    def close(self) -> None:
        """Free the models."""
        self._clips.clear()
        self._models.close()

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip. Raises StageError ``asr.failed``."""
        language = primary_language(request.language) or self._language
        samples = at_16_khz(request.clip)
        if cancelled.is_set() or not may_hold_speech(samples):
            return nothing_said(language)
        if language not in self._models.languages:
            raise StageError(
                "asr.failed", f"There is no Vosk model of {language}", retryable=False
            )
        pcm = request.clip.pcm[: 2 * request.clip.n_samples]
        if request.clip.sample_rate_hz != RATE_HZ:
            pcm = AudioClip.from_float32(samples.astype(np.float32), RATE_HZ).pcm
        underway = self._clips.take(pcm, language, RATE_HZ)
        if not _go_on(underway, pcm, cancelled):
            self._clips.put_back(underway)
            return nothing_said(language)
        if request.partial:
            text = _joined([*underway.texts, text_in(underway.decoder.PartialResult())])
            self._clips.put_back(underway)
            return _transcript(text, (), language)
        # The end is taken into account now: this decoder can hear no more.
        _keep(underway, underway.decoder.FinalResult())
        words = _words(underway.words, request.clip.duration_ms)
        return _transcript(_joined(underway.texts), words, language)


def _go_on(underway: Underway[Recognizer], pcm: bytes, cancelled: Cancelled) -> bool:
    """Decode what is new; return whether it is still wanted."""
    step = 2 * int(_PIECE_S * RATE_HZ)
    for first in range(len(underway.pcm), len(pcm), step):
        if cancelled.is_set():
            return False
        piece = pcm[first : first + step]
        over = underway.decoder.AcceptWaveform(piece)
        underway.pcm += piece
        if over:
            _keep(underway, underway.decoder.Result())
    return not cancelled.is_set()


def _keep(underway: Underway[Recognizer], result: str) -> None:
    underway.texts.append(text_in(result))
    underway.words.extend(words_in(result))


def _words(found: list[dict[str, Any]], duration_ms: float) -> tuple[Word, ...]:
    words: list[Word] = []
    earliest = 0.0
    for each in found:
        start = min(max(1000.0 * float(each["start"]), earliest), duration_ms)
        earliest = min(max(1000.0 * float(each["end"]), start), duration_ms)
        confidence = min(1.0, max(0.0, float(each["conf"])))
        words.append(Word(str(each["word"]), start, earliest, confidence))
    return tuple(words)


def _transcript(text: str, words: tuple[Word, ...], language: str) -> Transcript:
    if not text:
        return nothing_said(language)
    # A look at unfinished speech tells nothing of how sure it is.
    confidence = fmean(word.confidence for word in words) if words else 0.75
    return Transcript(text, words, language, confidence, 0.0)


def _joined(texts: list[str]) -> str:
    return " ".join(text for text in texts if text)
