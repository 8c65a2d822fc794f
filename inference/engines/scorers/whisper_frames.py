"""The learned scorer: Whisper's encoder, a phone model, goodness of pronunciation, a head.

It reads the frames that recognition has already made, or makes its own. English is judged
on the scale of expert ratings; other languages get alignment, gate and relative
goodness, marked as not validated. Figures and limits: ``docs/scoring.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np

from inference.errors import EngineUnavailable, StageError
from inference.phonetics.inventory import acoustic_class, phonemes, primary_tag
from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import PromptWord, Pronouncer
from inference.protocols import Cancelled, ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
)
from inference.types.audio import FloatSamples
from inference.types.speech import EncoderFeatures

from .admission import answer, at_16_khz, loudest, unfit
from .alignment import Float32
from .assessing import Clip, english_assessment
from .expectation import Expectation, expect
from .frame_encoder import FRAME_MS, RATE_HZ, FrameEncoder
from .frame_model import FrameModel
from .gate import no_speech, speech_frames
from .judgement import Judgement, equal_parts, judge, spoken_text
from .laying import lay
from .prompt import SoundedWord, sounded
from .relative import relative_assessment
from .stored import WEIGHTS, Scorer

# A minute, and what a recorder that stops by the clock adds.
_LONGEST_S = 60.9
_UNKNOWN_SHARE = 0.5
_EVERY_WORD = -1e9


class WhisperFrames:
    """Pronunciation from Whisper's encoder frames, on any host."""

    def __init__(
        self,
        *,
        model_dir: Path,
        device: str = "cpu",
        compute_type: str = "int8",
        threads: int = 0,
    ) -> None:
        self._encoder = FrameEncoder(
            model_dir, device=device, compute_type=compute_type, threads=threads
        )
        self._lock = Lock()
        self._scorer: Scorer | None = None
        self._others: dict[str, FrameModel] = {}
        self._pronouncers: dict[str, Pronouncer] = {}

    @property
    def capabilities(self) -> ScorerCapabilities:
        """English against experts; other languages that have a phone model, relatively."""
        others = {
            path.stem.removeprefix("phones_") for path in WEIGHTS.glob("phones_*.npz")
        }
        return ScorerCapabilities(
            languages=frozenset({"en"} | others),
            validated=frozenset({"en"}),
            phonemes=True,
            encoder=self._encoder.name,
        )

    @property
    def operating_points(self) -> Mapping[str, float]:
        """Thresholds on the probability of being wrong, by name."""
        thresholds = self._english().thresholds
        return {"default": thresholds.default, "gentle": thresholds.gentle}

    def warm(self) -> None:
        """Load the weights and the dictionary and go through every step once."""
        self._encoder.load()
        scorer = self._english()
        width = len(scorer.frame.mean)
        frames = np.broadcast_to(scorer.frame.mean, (RATE_HZ // 320, width))
        words = self._pronouncer("en").pronounce("warm")
        silence = np.zeros(RATE_HZ, np.float32)
        self.judge(silence, EncoderFeatures(frames, FRAME_MS, scorer.encoder), words)

    def close(self) -> None:
        """Free the encoder and end what pronouncers started."""
        self._encoder.close()
        with self._lock:
            for one in self._pronouncers.values():
                one.close()
            self._pronouncers.clear()

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge one clip. Raises StageError ``assess.failed``."""
        language = primary_tag(request.language)
        version = self._english().version
        if language not in self.capabilities.languages:
            return answer(request, version, AssessmentOutcome.UNSUPPORTED_LANGUAGE)
        samples = at_16_khz(request.clip)
        refusal = unfit(samples, _LONGEST_S)
        shown = request.text.split()
        words = [
            replace(word, text=shown[word.index])
            for word in self._pronouncer(language).pronounce(request.text)
        ]
        model = self._model(language)
        text = sounded(words, _classes(language))
        refusal = _unreadable(text) or refusal
        if refusal is not None or cancelled.is_set():
            return answer(request, version, refusal or AssessmentOutcome.UNSURE)
        try:
            frames = self._frames(request, samples)
            posteriors = model.log_posteriors(frames)
        except (RuntimeError, ValueError, MemoryError) as failure:
            raise StageError(
                "assess.failed", f"The encoder failed ({type(failure).__name__})"
            ) from failure
        speech = speech_frames(posteriors)
        refusal = no_speech(speech, loudest(samples))
        if refusal is not None or cancelled.is_set():
            return answer(request, version, refusal or AssessmentOutcome.UNSURE)
        expected = Expectation.unknown(len(text))
        if language == "en" and request.source is PromptSource.READ:
            expected = self._expected(frames, text)
        clip = Clip(
            request, samples, frames, posteriors, speech, text, version, expected
        )
        if language == "en":
            return english_assessment(clip, self._english())
        return relative_assessment(clip)

    def encode(self, samples: FloatSamples) -> EncoderFeatures:
        """Return the encoder's frames of 16 kHz samples."""
        return EncoderFeatures(
            self._encoder.frames(samples), FRAME_MS, self._encoder.name
        )

    def judge(
        self,
        samples: FloatSamples,
        features: EncoderFeatures,
        words: tuple[PromptWord, ...],
    ) -> Judgement:
        """Judge English words as if they had been said: nothing is refused.

        ``samples`` belong to ``features``. Raises ValueError for a word that has no
        known pronunciation.
        """
        scorer = self._english()
        text = sounded(words, _classes("en"))
        if not text or not all(word.known for word in text):
            raise ValueError("Each word needs a pronunciation")
        posteriors = scorer.frame.log_posteriors(features.frames)
        laid = lay(posteriors, text, said_above=_EVERY_WORD)
        if laid.words:
            variants = [word.variant for word in laid.words]
            spans = [word.spans for word in laid.words]
        else:
            found = equal_parts(len(posteriors), [len(w.classes[0]) for w in text])
            variants, spans = list(found.variants), list(found.spans)
        picked = list(zip(text, variants, strict=True))
        said = spoken_text(
            [word.classes[v] for word, v in picked],
            [np.asarray(word.variants[v].stress) for word, v in picked],
            spans,
        )
        expected = self._expected(features.frames, text)
        return judge(scorer, features.frames, posteriors, said, expected)

    def _expected(self, frames: Float32, text: tuple[SoundedWord, ...]) -> Expectation:
        try:
            return expect(self._encoder, frames, [one.word.text for one in text])
        except (RuntimeError, ValueError, MemoryError) as failure:
            raise StageError(
                "assess.failed", f"The decoder failed ({type(failure).__name__})"
            ) from failure

    def _frames(self, request: AssessRequest, samples: FloatSamples) -> Float32:
        shared = request.heard.features if request.heard is not None else None
        if shared is not None and shared.encoder == self._encoder.name:
            return shared.frames
        return self._encoder.frames(samples)

    def _english(self) -> Scorer:
        with self._lock:
            if self._scorer is None:
                self._scorer = _load_scorer(self._encoder.name)
            return self._scorer

    def _model(self, language: str) -> FrameModel:
        if language == "en":
            return self._english().frame
        with self._lock:
            if language not in self._others:
                self._others[language] = FrameModel.load(
                    WEIGHTS / f"phones_{language}.npz"
                )
            return self._others[language]

    def _pronouncer(self, language: str) -> Pronouncer:
        with self._lock:
            if language not in self._pronouncers:
                self._pronouncers[language] = pronouncer(language)
            return self._pronouncers[language]


def _load_scorer(encoder: str) -> Scorer:
    try:
        scorer = Scorer.load()
    except (OSError, KeyError, ValueError) as broken:
        raise EngineUnavailable(
            "engine.weights_broken",
            f"The scorer's weights cannot be read ({type(broken).__name__})",
            retryable=False,
        ) from broken
    if scorer.encoder != encoder:
        raise EngineUnavailable(
            "engine.weights_missing",
            f"The scorer was trained on {scorer.encoder}, not on {encoder}",
            retryable=False,
        )
    return scorer


@lru_cache(maxsize=8)
def _classes(language: str) -> Mapping[str, int]:
    """Acoustic class of each phoneme of a language."""
    if language == "en":
        return {p: acoustic_class(p) for p in phonemes("en")}
    names = FrameModel.load(WEIGHTS / f"phones_{language}.npz").phonemes
    return {name: number for number, name in enumerate(names)}


def _unreadable(text: tuple[SoundedWord, ...]) -> AssessmentOutcome | None:
    """Return why a text cannot be read aloud, or None."""
    if not text:
        return AssessmentOutcome.NO_TEXT
    unknown = sum(not word.known for word in text)
    if unknown >= _UNKNOWN_SHARE * len(text):
        return AssessmentOutcome.UNKNOWN_WORDS
    return None
