"""Engines scripted by time: they answer after set delays, always the same.

They stand at the edge of the engines only; ``tests/verification`` checks them against the
real ones (same methods, same results' types and invariants).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from inference.errors import StageError
from inference.protocols import (
    Cancelled,
    ScorerCapabilities,
    TranscriberCapabilities,
)
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    Diagnosis,
    DiagnosisKind,
    PhonemeScore,
    PronunciationAssessment,
    SpeechMeasures,
    UtteranceScores,
    Verdict,
    WordScore,
)
from inference.types.audio import AudioClip, FloatSamples
from inference.types.dialogue import DialogueRequest, ReplyDelta
from inference.types.speech import (
    Animation,
    AnimationRequest,
    PhonemeSpan,
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
    Viseme,
    VisemeCue,
    Word,
    WordSpan,
)
from inference.types.voice import SynthesizerCapabilities, VoiceCapabilities


def scripted_sleep(seconds: float, cancelled: Cancelled) -> bool:
    """Wait; return False if cancelled in the meantime."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if cancelled.is_set():
            return False
        time.sleep(min(0.1, left))
    return not cancelled.is_set()


class _Ready:
    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""


class LoudnessStream:
    """Takes loud windows for speech."""

    window_samples = 512

    def probability(self, window: FloatSamples) -> float:
        """Return 0.9 for a window above -40 dBFS, else 0.05."""
        return (
            0.9 if float(np.sqrt(np.dot(window, window) / len(window))) > 0.01 else 0.05
        )

    def reset(self) -> None:
        """Nothing is remembered."""


class LoudnessDetector(_Ready):
    """A detector for synthetic sound: tones are speech."""

    def open(self) -> LoudnessStream:
        """Return a stream."""
        return LoudnessStream()


class ScriptedTranscriber(_Ready):
    """Hears the next of its texts after a set delay; partials hear its first words.

    The same clip is heard the same way again.
    """

    def __init__(
        self,
        texts: tuple[str, ...] = ("I would like a cup of tea please",),
        delay_s: float = 0.0,
        partial_delay_s: float = 0.0,
        failures: int = 0,
    ) -> None:
        self._texts = list(texts)
        self._delay_s = delay_s
        self._partial_delay_s = partial_delay_s
        self._failures = failures
        self._count = 0
        self._latest: tuple[AudioClip, str] | None = None

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """Words with times, English only."""
        return TranscriberCapabilities(True, False, frozenset({"en"}))

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Return the scripted transcript; its words fill the clip evenly."""
        if request.partial:
            if not scripted_sleep(self._partial_delay_s, cancelled):
                return _transcript("", request.clip)
            heard = self._texts[self._count % len(self._texts)].split()
            n_words = max(1, int(request.clip.duration_ms / 400))
            partial = _transcript(" ".join(heard[:n_words]), request.clip)
            return replace(partial, words=())
        if not scripted_sleep(self._delay_s, cancelled):
            return _transcript("", request.clip)
        if self._failures > 0:
            self._failures -= 1
            raise StageError("asr.failed", "scripted")
        if self._latest is not None and self._latest[0] == request.clip:
            return _transcript(self._latest[1], request.clip)
        text = self._texts[self._count % len(self._texts)]
        self._count += 1
        self._latest = request.clip, text
        return _transcript(text, request.clip)


def _transcript(text: str, clip: AudioClip) -> Transcript:
    words = text.split()
    step = clip.duration_ms / max(1, len(words))
    return Transcript(
        text=text,
        words=tuple(
            Word(word, i * step, (i + 1) * step, 0.9) for i, word in enumerate(words)
        ),
        language="en",
        confidence=0.9 if words else 0.0,
        no_speech_probability=0.05 if words else 0.95,
    )


class ScriptedScorer(_Ready):
    """Finds every word fine but some; a letter is a phoneme, words fill the clip evenly.

    Sounds without sound are silence, texts without letters no text, other languages than
    English unsupported; ``outcome`` overrides what speech is found to be.
    """

    def __init__(
        self,
        delay_s: float = 0.0,
        failures: int = 0,
        wrong: tuple[str, ...] = ("tea", "three"),
        weak: tuple[str, ...] = ("a", "of"),
        outcome: str = "judged",
        model: str = "scripted-1",
    ) -> None:
        self._delay_s = delay_s
        self._failures = failures
        self._wrong = wrong
        self._weak = weak
        self._outcome = AssessmentOutcome(outcome)
        self._model = model
        self.requests: list[AssessRequest] = []

    @property
    def capabilities(self) -> ScorerCapabilities:
        """Phonemes of English, nothing shared with a recogniser."""
        english = frozenset({"en"})
        return ScorerCapabilities(languages=english, validated=english, phonemes=True)

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Return the scripted result."""
        self.requests.append(request)
        in_time = scripted_sleep(self._delay_s, cancelled)
        if self._failures > 0:
            self._failures -= 1
            raise StageError("assess.failed", "scripted")
        outcome = self._found(request) if in_time else AssessmentOutcome.UNSURE
        assessment = PronunciationAssessment(
            outcome=outcome,
            model=self._model,
            language=request.language,
            source=request.source,
            text=request.text,
            validated=True,
        )
        if not assessment.judged:
            return assessment
        return replace(
            assessment,
            words=self._words(request),
            scores=UtteranceScores(80.0, 70.0, 75.0, 76.0, 8.0),
            measures=SpeechMeasures(3.0, 3.5, (), 0.1, 0, 4.0),
            voice=(1.0, 0.0),
        )

    def _found(self, request: AssessRequest) -> AssessmentOutcome:
        if request.language != "en":
            return AssessmentOutcome.UNSUPPORTED_LANGUAGE
        if not any(character.isalpha() for character in request.text):
            return AssessmentOutcome.NO_TEXT
        if not np.any(request.clip.as_float32()):
            return AssessmentOutcome.SILENCE
        return self._outcome

    def _words(self, request: AssessRequest) -> tuple[WordScore, ...]:
        words = request.text.split()
        step = request.clip.duration_ms / len(words)
        found = []
        for i, text in enumerate(words):
            letters = [letter for letter in text.lower() if letter.isalpha()]
            if letters:
                found.append(self._word(i, text, letters, i * step, step))
        return tuple(found)

    def _word(
        self, index: int, text: str, letters: list[str], start_ms: float, ms: float
    ) -> WordScore:
        is_wrong = "".join(letters) in self._wrong
        step = ms / len(letters)
        return WordScore(
            index=index,
            text=text,
            start_ms=start_ms,
            end_ms=start_ms + ms,
            score=40.0 if is_wrong else 90.0,
            verdict=Verdict.WORK if is_wrong else Verdict.FINE,
            phonemes=tuple(
                _phoneme(letter, start_ms + i * step, step, is_wrong and i == 0)
                for i, letter in enumerate(letters)
            ),
            weak="".join(letters) in self._weak,
        )


def _phoneme(letter: str, start_ms: float, ms: float, is_wrong: bool) -> PhonemeScore:
    return PhonemeScore(
        phoneme=letter,
        start_ms=start_ms,
        end_ms=start_ms + ms,
        gop=-4.0 if is_wrong else -0.1,
        score=20.0 if is_wrong else 95.0,
        wrong_probability=0.8 if is_wrong else 0.02,
        verdict=Verdict.WORK if is_wrong else Verdict.FINE,
        flagged=is_wrong,
        diagnosis=Diagnosis(DiagnosisKind.SUBSTITUTED, "s") if is_wrong else None,
    )


class ScriptedDialogue(_Ready):
    """Says the next of its replies word by word; keeps what it was asked."""

    def __init__(
        self,
        replies: tuple[str, ...] = (
            "That sounds good. What do you like to eat with it?",
        ),
        first_token_s: float = 0.0,
        token_s: float = 0.0,
        errors: tuple[str, ...] = (),
    ) -> None:
        self._replies = replies
        self._first_token_s = first_token_s
        self._token_s = token_s
        self._errors = list(errors)
        self._count = 0
        self.requests: list[DialogueRequest] = []

    def respond(
        self, request: DialogueRequest, *, cancelled: Cancelled
    ) -> Iterator[ReplyDelta]:
        """Stream the scripted reply; a prefill (``max_tokens=0``) says nothing."""
        if request.max_tokens == 0:
            return
        self.requests.append(request)
        if not scripted_sleep(self._first_token_s, cancelled):
            return
        if self._errors:
            raise StageError(self._errors.pop(0), "scripted")
        reply = self._replies[self._count % len(self._replies)]
        self._count += 1
        for i, word in enumerate(reply.split(" ")):
            if i and not scripted_sleep(self._token_s, cancelled):
                return
            yield ReplyDelta(word if i == 0 else f" {word}")

    def release(self, conversation: str) -> None:
        """Nothing is kept."""


class ScriptedSynthesizer(_Ready):
    """Hums 60 ms a character at 22 050 Hz after a set delay."""

    sample_rate_hz = 22_050

    def __init__(
        self, delay_s: float = 0.0, char_ms: float = 60.0, failures: int = 0
    ) -> None:
        self._delay_s = delay_s
        self._char_ms = char_ms
        self._failures = failures
        self._made = AudioClip(b"", self.sample_rate_hz)

    @property
    def capabilities(self) -> SynthesizerCapabilities:
        """It hums every language that is taught."""
        hum = VoiceCapabilities(name="hum")
        return SynthesizerCapabilities(dict.fromkeys(("en", "es", "fr", "de"), hum))

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Return one chunk, one phoneme a letter, and its words by their letters."""
        if not scripted_sleep(self._delay_s, cancelled):
            return
        if self._failures > 0:
            self._failures -= 1
            raise StageError("tts.failed", "scripted")
        char_ms = self._char_ms / request.speed
        n_samples = int(self.sample_rate_hz * char_ms * len(request.text) / 1000)
        spans = tuple(
            PhonemeSpan(
                letter if letter.isalpha() else "", i * char_ms, (i + 1) * char_ms
            )
            for i, letter in enumerate(request.text.lower())
        )
        words = tuple(
            WordSpan(word.group(), word.start() * char_ms, word.end() * char_ms)
            for word in re.finditer(r"\S+", request.text)
        )
        yield SpeechChunk(clip=self._hum(n_samples), phonemes=spans, words=words)

    def _hum(self, n_samples: int) -> AudioClip:
        """Return so much of one hum that was made before."""
        if self._made.n_samples < n_samples:
            t = np.arange(2 * n_samples) / self.sample_rate_hz
            hum = (0.2 * np.sin(2 * np.pi * 150 * t)).astype(np.float32)
            self._made = AudioClip.from_float32(hum, self.sample_rate_hz)
        return AudioClip(self._made.pcm[: 2 * n_samples], self.sample_rate_hz)


class ScriptedAnimator(_Ready):
    """Opens the mouth for every sound."""

    def __init__(self, failures: int = 0) -> None:
        self._failures = failures

    def animate(
        self, request: AnimationRequest, *, cancelled: Cancelled
    ) -> Iterator[Animation]:
        """Return one cue a phoneme."""
        if cancelled.is_set():
            return
        if self._failures > 0:
            self._failures -= 1
            raise StageError("face.failed", "scripted")
        yield Animation(
            tuple(
                VisemeCue(
                    Viseme.AA if span.phoneme else Viseme.SIL,
                    span.start_ms,
                    span.end_ms,
                )
                for span in request.speech.phonemes
            )
        )
