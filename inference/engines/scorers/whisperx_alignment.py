"""Word scores from WhisperX's forced alignment, for hosts with a GPU.

The score of a word is the mean probability that the letter model gave its path: how well
the sound fits the spelling. It is relative, says nothing about single sounds, and was not
checked against expert ratings.
"""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from threading import Lock

import numpy as np

from inference.errors import StageError
from inference.phonetics.inventory import primary_tag
from inference.protocols import Cancelled, ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
    Verdict,
    WordScore,
)

from .admission import RATE_HZ, answer, at_16_khz, unfit
from .prompt_words import PlainWord, plain_words
from .whisperx_model import AlignedWord, WhisperXModel

MODEL = "whisperx-align-1"
# Frames without a letter count as fit, and most frames have none: even another text
# reaches about 0.6. What lies below these bounds is not judged.
_WRONG_TEXT_BELOW = 0.45
_UNSURE_BELOW = 0.7
_FINE, _CLOSE = 0.8, 0.6


class WhisperXAlignment:
    """Forced alignment on CPU or CUDA, for the language of its model."""

    def __init__(
        self,
        *,
        model_dir: str | Path = "",
        language: str = "en",
        device: str = "cpu",
        longest_s: float = 30.0,
    ) -> None:
        self._folder = Path(model_dir)
        self._language = primary_tag(language)
        self._device = device
        self._longest_s = longest_s
        self._model: WhisperXModel | None = None
        self._lock = Lock()

    @property
    def capabilities(self) -> ScorerCapabilities:
        """Words of one language; nothing was checked against experts."""
        return ScorerCapabilities(
            languages=frozenset({self._language}), validated=frozenset(), phonemes=False
        )

    def warm(self) -> None:
        """Load the model and align a word once."""
        self._loaded().align(["a"], np.zeros(RATE_HZ, np.float32))

    def close(self) -> None:
        """Free the model."""
        with self._lock:
            if self._model is not None:
                self._model.close()
            self._model = None

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge one clip. Raises StageError ``assess.failed``."""
        if primary_tag(request.language) != self._language:
            return answer(request, MODEL, AssessmentOutcome.UNSUPPORTED_LANGUAGE)
        words = plain_words(request.text)
        if not words:
            return answer(request, MODEL, AssessmentOutcome.NO_TEXT)
        samples = at_16_khz(request.clip)
        problem = unfit(samples, self._longest_s)
        if problem is not None:
            return answer(request, MODEL, problem)
        if cancelled.is_set():
            return answer(request, MODEL, AssessmentOutcome.UNSURE)
        model = self._loaded()
        try:
            found = model.align([word.plain for word in words], samples)
        except (RuntimeError, ValueError, KeyError, IndexError) as failure:
            # Their text may quote the learner's: only the type is told.
            raise StageError(
                "assess.failed", f"WhisperX failed ({type(failure).__name__})"
            ) from failure
        if cancelled.is_set():
            return answer(request, MODEL, AssessmentOutcome.UNSURE)
        return _judged(request, words, found)

    def _loaded(self) -> WhisperXModel:
        with self._lock:
            if self._model is None:
                self._model = WhisperXModel(
                    self._folder, device=self._device, language=self._language
                )
            return self._model


def _judged(
    request: AssessRequest,
    words: tuple[PlainWord, ...],
    found: tuple[AlignedWord, ...] | None,
) -> PronunciationAssessment:
    if found is None:
        return answer(request, MODEL, AssessmentOutcome.WRONG_TEXT)
    known = [word.score for word in found if word.score is not None]
    if not known:
        return answer(request, MODEL, AssessmentOutcome.UNKNOWN_WORDS)
    fit = fmean(known)
    if fit < _WRONG_TEXT_BELOW:
        return answer(request, MODEL, AssessmentOutcome.WRONG_TEXT)
    if fit < _UNSURE_BELOW:
        return answer(request, MODEL, AssessmentOutcome.UNSURE)
    scores = tuple(
        _score(word, aligned, request.clip.duration_ms)
        for word, aligned in zip(words, found, strict=True)
    )
    return answer(request, MODEL, AssessmentOutcome.JUDGED, scores)


def _score(word: PlainWord, found: AlignedWord, clip_ms: float) -> WordScore:
    if found.score is None or found.start_s is None or found.end_s is None:
        return WordScore(word.index, word.text, 0.0, 0.0, None, Verdict.UNSURE)
    return WordScore(
        index=word.index,
        text=word.text,
        start_ms=min(1000.0 * found.start_s, clip_ms),
        end_ms=min(1000.0 * found.end_s, clip_ms),
        score=100.0 * found.score,
        verdict=_verdict(found.score),
    )


def _verdict(score: float) -> Verdict:
    """Return what a fit allows to say; a bad one may be the spelling's fault."""
    if score >= _FINE:
        return Verdict.FINE
    return Verdict.CLOSE if score >= _CLOSE else Verdict.UNSURE
