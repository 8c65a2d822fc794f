"""A scorer that knows the truth: it listens to pitch and expects it to fit the text.

Every made-up reading is a tone whose pitch stands for its text, so the scorer can tell
a true text from a wrong one, and a tone from noise, without any model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inference.phonetics.pronunciation import PromptWord
from inference.protocols import Cancelled, ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
)
from inference.types.audio import FloatSamples
from inference.types.speech import EncoderFeatures


@dataclass(frozen=True, slots=True)
class Phone:
    score: float
    wrong_probability: float
    gop: float


@dataclass(frozen=True, slots=True)
class Word:
    accuracy: float
    total: float


@dataclass(frozen=True, slots=True)
class Utterance:
    accuracy: float
    fluency: float
    prosody: float
    total: float


@dataclass(frozen=True, slots=True)
class Judged:
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    utterance: Utterance
    prompt_gop: float
    word_gops: tuple[float, ...]


class ScriptedJudge:
    """``texts`` maps the pitch of a tone to what was said and how good it was (0..1).

    The thousands of the pitch are the speaker.
    """

    def __init__(self, texts: Mapping[int, tuple[str, float]]) -> None:
        self._texts = texts

    @property
    def capabilities(self) -> ScorerCapabilities:
        return ScorerCapabilities(frozenset({"en"}), frozenset({"en"}), phonemes=True)

    @property
    def operating_points(self) -> Mapping[str, float]:
        return {"default": 0.5, "gentle": 0.8}

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def encode(self, samples: FloatSamples) -> EncoderFeatures:
        frames = np.array([[self._pitch(samples)]], np.float32)
        return EncoderFeatures(frames, 1000.0 * samples.size / 16_000)

    def judge(
        self,
        samples: FloatSamples,
        features: EncoderFeatures,
        words: tuple[PromptWord, ...],
    ) -> Judged:
        said, quality = self._texts[int(features.frames[0, 0])]
        there = [*said.split(), *[""] * len(words)]
        fits = [
            1.0 if word.text == spoken else -1.0
            for word, spoken in zip(words, there, strict=False)
        ]
        score = 100 * quality
        phones = tuple(
            Phone(score, 1 - quality, fit)
            for word, fit in zip(words, fits, strict=True)
            for _ in word.variants[0].phonemes
        )
        judged = tuple(Word(score, score) for _ in words)
        whole = Utterance(score, score, score, score)
        return Judged(phones, judged, whole, float(np.mean(fits)), tuple(fits))

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        pitch = self._pitch(request.clip.as_float32())
        said, _ = self._texts.get(pitch, ("", 0.0))
        voice = (float(pitch // 1000),)
        if not said:
            outcome = AssessmentOutcome.NOISE
        elif request.text.upper() != said:
            outcome = AssessmentOutcome.WRONG_TEXT
        elif request.voice not in (None, voice):
            outcome = AssessmentOutcome.OTHER_VOICE
        else:
            outcome = AssessmentOutcome.JUDGED
        return PronunciationAssessment(
            outcome, "scripted-1", "en", request.source, request.text, voice=voice
        )

    def _pitch(self, samples: FloatSamples) -> int:
        spectrum = np.abs(np.fft.rfft(samples))
        if spectrum.max() < 1.0 or spectrum.max() < 0.6 * np.linalg.norm(spectrum):
            return 0
        return round(float(np.argmax(spectrum)) * 16_000 / samples.size / 10) * 10
