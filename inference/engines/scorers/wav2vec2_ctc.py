"""Pronunciation by a wav2vec 2.0 phoneme model: CTC-GOP, for hosts with a GPU.

Takes any ``Wav2Vec2ForCTC`` whose tokens are IPA as espeak-ng writes it, such as
``facebook/wav2vec2-lv-60-espeak-cv-ft``. Its scores are relative: they order sounds, and
were not checked against expert ratings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import numpy as np

from inference.errors import StageError
from inference.phonetics.inventory import LANGUAGES, primary_tag
from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import Pronouncer
from inference.protocols import Cancelled, ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
)

from .admission import RATE_HZ, answer, at_16_khz, unfit
from .ctc_judgement import judge
from .ctc_measures import measured
from .ctc_model import CtcModel
from .ctc_vocabulary import PhonemeColumns

MODEL = "wav2vec2-ctc-1"


@dataclass(frozen=True, slots=True)
class _Language:
    """What is kept for a language."""

    pronouncer: Pronouncer
    columns: PhonemeColumns


class Wav2Vec2Ctc:
    """CTC-GOP on CPU or CUDA; one clip at a time."""

    def __init__(
        self,
        *,
        model_dir: str | Path = "",
        device: str = "cpu",
        dtype: str = "float32",
        longest_s: float = 30.0,
        pronouncers: Callable[[str], Pronouncer] = pronouncer,
    ) -> None:
        self._folder = Path(model_dir)
        self._device = device
        self._dtype = dtype
        self._longest_s = longest_s
        self._pronouncers = pronouncers
        self._model: CtcModel | None = None
        self._languages: dict[str, _Language] = {}
        self._lock = Lock()

    @property
    def capabilities(self) -> ScorerCapabilities:
        """Phonemes of every taught language; nothing was checked against experts."""
        return ScorerCapabilities(
            languages=LANGUAGES, validated=frozenset(), phonemes=True
        )

    def warm(self) -> None:
        """Load the model and run it once."""
        self._loaded().log_probs(np.zeros(RATE_HZ, np.float32))

    def close(self) -> None:
        """Free the model and what the languages hold."""
        with self._lock:
            self._model = None
            for language in self._languages.values():
                language.pronouncer.close()
            self._languages.clear()

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge one clip. Raises StageError ``assess.failed``."""
        tag = primary_tag(request.language)
        if tag not in LANGUAGES:
            return answer(request, MODEL, AssessmentOutcome.UNSUPPORTED_LANGUAGE)
        model = self._loaded()
        language = self._language(tag, model)
        words = language.pronouncer.pronounce(request.text)
        if not words:
            return answer(request, MODEL, AssessmentOutcome.NO_TEXT)
        samples = at_16_khz(request.clip)
        problem = unfit(samples, self._longest_s)
        if problem is not None:
            return answer(request, MODEL, problem)
        if cancelled.is_set():
            return answer(request, MODEL, AssessmentOutcome.UNSURE)
        try:
            log_probs = model.log_probs(samples)
        except RuntimeError as failure:
            raise StageError(
                "assess.failed", f"wav2vec 2.0 failed ({type(failure).__name__})"
            ) from failure
        if cancelled.is_set():
            return answer(request, MODEL, AssessmentOutcome.UNSURE)
        clip_ms = request.clip.duration_ms
        judgement = judge(
            words,
            language.columns,
            language.columns.merged(log_probs),
            clip_ms=clip_ms,
            source=request.source,
        )
        heard = request.heard.words if request.heard else ()
        return replace(
            answer(request, MODEL, judgement.outcome, judgement.words),
            measures=measured(
                samples,
                judgement.said,
                clip_ms / len(log_probs),
                [word.text for word in heard],
            ),
        )

    def _loaded(self) -> CtcModel:
        with self._lock:
            if self._model is None:
                self._model = CtcModel(
                    self._folder, device=self._device, dtype=self._dtype
                )
            return self._model

    def _language(self, tag: str, model: CtcModel) -> _Language:
        with self._lock:
            if tag not in self._languages:
                self._languages[tag] = _Language(
                    self._pronouncers(tag),
                    PhonemeColumns(model.tokens, model.blank, tag),
                )
            return self._languages[tag]
