"""Languages without expert ratings: alignment, gate, relative goodness, measures.

Nothing here is a mark. A phoneme's verdict compares its goodness with the rest of the
same utterance, so that a learner can listen where it was weakest; no probability of
being wrong is given, because nobody has measured one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.phonetics.pronunciation import VariantKind
from inference.types.assessment import (
    PhonemeScore,
    PronunciationAssessment,
    Verdict,
    WordScore,
)

from .admission import answer
from .assessing import Clip
from .frame_encoder import FRAME_MS
from .gate import completeness, text_refused
from .laying import LaidWord, lay
from .local_evidence import local_scores
from .measures import measure
from .prompt import SoundedWord
from .verdicts import missed_words, syllables

# Evidence (log-posterior ratio) below which a text or a word was not said; from right
# and wrong texts in voices that the phone models had not heard (docs/scoring.md).
PROMPT_ABOVE = -2.0
WORD_ABOVE = -4.0
# A phoneme that another sound beats by this much in log-score is pointed at.
BEATEN_BY = 16.0
MOST = 3


def relative_assessment(clip: Clip) -> PronunciationAssessment:
    """Lay the text over the speech and compare its phonemes with each other."""
    request = clip.request
    laid = lay(clip.posteriors, clip.text, said_above=WORD_ABOVE)
    refusal = text_refused(
        laid, prompt_above=PROMPT_ABOVE, text=request.text, heard=clip.heard
    )
    if refusal is not None:
        return answer(request, clip.version, refusal)
    classes = np.concatenate([word.classes for word in laid.words])
    spans = np.concatenate([word.spans for word in laid.words])
    silence = clip.posteriors.shape[1] - 1
    local = local_scores(clip.posteriors, classes, spans, silence=silence)
    rows = np.arange(len(classes))
    target = local[rows, classes]
    local[rows, classes] = -np.inf
    gop = target - local[:, :silence].max(axis=1)
    weakest = [int(n) for n in np.argsort(gop)[:MOST] if gop[n] < -BEATEN_BY]
    words = _words(laid.words, clip.text, gop, frozenset(weakest))
    words += missed_words(clip.text, laid.missed)
    return PronunciationAssessment(
        outcome=completeness(laid),
        model=clip.version,
        language=request.language,
        source=request.source,
        text=request.text,
        validated=False,
        words=tuple(sorted(words, key=lambda word: word.index)),
        measures=measure(
            clip.samples,
            spans,
            np.repeat(np.arange(len(laid.words)), [len(w.classes) for w in laid.words]),
            syllables(laid.words, clip.text),
            FRAME_MS,
            [w.text for w in request.heard.words] if request.heard else (),
        ),
    )


def _words(
    words: Sequence[LaidWord],
    text: Sequence[SoundedWord],
    gop: np.ndarray,
    weakest: frozenset[int],
) -> list[WordScore]:
    result = []
    first = 0
    for laid in words:
        variant = text[laid.number].variants[laid.variant]
        weak = variant.kind is VariantKind.WEAK
        phonemes = tuple(
            PhonemeScore(
                phoneme=symbol,
                start_ms=float(start) * FRAME_MS,
                end_ms=float(end) * FRAME_MS,
                gop=float(gop[first + n]),
                score=None,
                wrong_probability=None,
                verdict=Verdict.CLOSE
                if first + n in weakest and not weak
                else Verdict.UNSURE,
                stress=stress,
                flagged=first + n in weakest and not weak,
            )
            for n, (symbol, stress, (start, end)) in enumerate(
                zip(variant.phonemes, variant.stress, laid.spans, strict=True)
            )
        )
        result.append(
            WordScore(
                index=text[laid.number].word.index,
                text=text[laid.number].word.text,
                start_ms=phonemes[0].start_ms,
                end_ms=phonemes[-1].end_ms,
                score=None,
                verdict=Verdict.CLOSE
                if any(p.flagged for p in phonemes)
                else Verdict.UNSURE,
                phonemes=phonemes,
                weak=weak,
            )
        )
        first += len(phonemes)
    return result
