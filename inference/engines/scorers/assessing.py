"""One English clip, from aligned text to what a learner is shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
    UtteranceScores,
)
from inference.types.audio import FloatSamples

from .admission import answer
from .alignment import Float32
from .diagnosis import (
    CLEAR_IN_READING,
    CLEAR_IN_TALK,
    clearly_exchanged,
    diagnose,
)
from .expectation import Expectation
from .frame_encoder import FRAME_MS
from .gate import SpeechFrames, completeness, level_ratio_db, text_refused
from .judgement import Judgement, judge, spoken_text
from .laying import Decoder, LaidText, lay
from .measures import measure
from .prompt import SoundedWord
from .speaker import hear_voice
from .stored import Scorer
from .verdicts import flags, missed_words, syllables, word_scores

# Speech that stands out less than this is not judged: the rest is as loud.
_STANDS_OUT_DB = 5.0


@dataclass(frozen=True, slots=True)
class Clip:
    """Speech on its way through the scorer; ``expected`` has an entry a word of ``text``."""

    request: AssessRequest
    samples: FloatSamples
    frames: Float32
    posteriors: Float32
    speech: SpeechFrames
    text: tuple[SoundedWord, ...]
    version: str
    expected: Expectation

    @property
    def heard(self) -> str | None:
        """The recogniser's transcript of it."""
        heard = self.request.heard
        return heard.text if heard is not None else None


def english_assessment(clip: Clip, scorer: Scorer) -> PronunciationAssessment:
    """Gate, score, calibrate and diagnose."""
    limits = scorer.thresholds
    request = clip.request
    asked = bool(clip.expected.known.any())
    laid = lay(
        clip.posteriors,
        clip.text,
        said_above=limits.word,
        decoder=Decoder(clip.expected, limits.joint),
    )
    refusal = text_refused(
        laid,
        prompt_above=limits.joint_prompt if asked else limits.prompt,
        text=request.text,
        heard=clip.heard,
    )
    if refusal is not None:
        return answer(request, clip.version, refusal)
    if level_ratio_db(clip.samples, clip.speech.speech) < _STANDS_OUT_DB:
        return answer(request, clip.version, AssessmentOutcome.NOISE)
    voice = hear_voice(scorer.voice, clip.samples, clip.speech.speech)
    known = request.voice
    if voice.changes or (known is not None and voice.is_not(known, scorer.voice)):
        return answer(request, clip.version, AssessmentOutcome.OTHER_VOICE)
    said = spoken_text(
        [word.classes for word in laid.words],
        [np.asarray(_stress(clip, word.number, word.variant)) for word in laid.words],
        [word.spans for word in laid.words],
    )
    judgement = judge(
        scorer,
        clip.frames,
        clip.posteriors,
        said,
        clip.expected.of([word.number for word in laid.words]),
    )
    return _shown(clip, scorer, laid, judgement, voice.vector)


def _shown(
    clip: Clip,
    scorer: Scorer,
    laid: LaidText,
    judgement: Judgement,
    voice: Float32 | None,
) -> PronunciationAssessment:
    limits = scorer.thresholds
    request = clip.request
    read = request.source is PromptSource.READ
    local = judgement.features.local
    flagged = flags(
        judgement,
        laid.words,
        clip.text,
        above=limits.default if read else limits.gentle,
        exchanged=clearly_exchanged(
            judgement.spoken,
            judgement.features.gop,
            local,
            above=CLEAR_IN_READING if read else CLEAR_IN_TALK,
        ),
    )
    found = {n: diagnose(n, judgement.spoken, local, clip.posteriors) for n in flagged}
    words = word_scores(
        judgement,
        laid.words,
        clip.text,
        thresholds=limits,
        source=request.source,
        frame_ms=FRAME_MS,
        flagged=flagged,
        diagnoses={n: d for n, d in found.items() if d is not None},
    )
    words += missed_words(clip.text, laid.missed) if read else []
    marks = judgement.utterance
    return PronunciationAssessment(
        outcome=completeness(laid),
        model=clip.version,
        language=request.language,
        source=request.source,
        text=request.text,
        validated=True,
        words=tuple(sorted(words, key=lambda word: word.index)),
        scores=UtteranceScores(
            accuracy=marks.accuracy,
            fluency=marks.fluency,
            prosody=marks.prosody,
            total=marks.total,
            margin=limits.margin * 10.0,
        ),
        measures=measure(
            clip.samples,
            judgement.spoken.spans,
            judgement.spoken.word,
            syllables(laid.words, clip.text),
            FRAME_MS,
            [w.text for w in request.heard.words] if request.heard else (),
        ),
        voice=tuple(float(v) for v in voice) if voice is not None else None,
    )


def _stress(clip: Clip, number: int, variant: int) -> tuple[int, ...]:
    return clip.text[number].variants[variant].stress
