"""From each token's goodness to what is shown for phonemes and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from inference.phonetics.pronunciation import PromptWord, VariantKind
from inference.types.assessment import (
    Diagnosis,
    DiagnosisKind,
    PhonemeScore,
    PromptSource,
    Verdict,
    WordScore,
)

from .ctc_alignment import Span
from .ctc_gop import DROPPED, Goodness
from .ctc_prompt import Reading, Said
from .ctc_vocabulary import PhonemeColumns

_CLOSE_BELOW = 0.0
# Free speech is judged against what was heard, which may be wrong: only what is sure.
_WORK_BELOW = {PromptSource.READ: -2.0, PromptSource.HEARD: -5.0}
_FLAGS = 3
_FINE_SCORE, _CLOSE_SCORE = 60.0, 35.0


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks the words of one clip. ``found`` has the tokens of all words in order."""

    columns: PhonemeColumns
    found: Goodness
    frame_ms: float
    source: PromptSource

    def words(self, said: Sequence[Said]) -> tuple[WordScore, ...]:
        """Return every word of the text, the worst sounds flagged."""
        scores = []
        first = 0
        for one in said:
            if one.reading is not None and one.spans:
                scores.append(self._word(one.word, one.reading, one.spans, first))
            else:
                verdict = Verdict.MISSED if one.missed else Verdict.UNSURE
                scores.append(
                    WordScore(one.word.index, one.word.text, 0.0, 0.0, None, verdict)
                )
            first += len(one.spans)
        return _flagged(scores)

    def _word(
        self, word: PromptWord, reading: Reading, spans: Sequence[Span], first: int
    ) -> WordScore:
        posteriors = self.found.posterior[first : first + len(spans)]
        score = 100.0 * float(np.mean(posteriors))
        guessed = reading.variant.kind is VariantKind.GUESSED
        phonemes = tuple(self._phonemes(reading, spans, first))
        if guessed:
            # The dictionary may be wrong: nothing is held against the learner.
            phonemes = tuple(
                replace(phoneme, verdict=Verdict.UNSURE, diagnosis=None)
                for phoneme in phonemes
            )
        return WordScore(
            index=word.index,
            text=word.text,
            start_ms=spans[0].first * self.frame_ms,
            end_ms=spans[-1].end * self.frame_ms,
            score=score,
            verdict=Verdict.UNSURE if guessed else _word_verdict(score),
            phonemes=phonemes,
            weak=reading.variant.kind is VariantKind.WEAK,
        )

    def _phonemes(
        self, reading: Reading, spans: Sequence[Span], first: int
    ) -> Iterator[PhonemeScore]:
        variant = reading.variant
        for i, (unit, span) in enumerate(zip(reading.units, spans, strict=True)):
            gop = float(self.found.gop[first + i])
            # Two phonemes that the model writes as one share its time and its GOP.
            bounds = np.linspace(span.first, span.end, unit.end - unit.first + 1)
            for k in range(unit.first, unit.end):
                yield PhonemeScore(
                    phoneme=variant.phonemes[k],
                    start_ms=float(bounds[k - unit.first]) * self.frame_ms,
                    end_ms=float(bounds[k - unit.first + 1]) * self.frame_ms,
                    gop=gop,
                    score=None,
                    wrong_probability=None,
                    verdict=self._verdict(gop),
                    stress=variant.stress[k],
                    diagnosis=self._diagnosis(gop, int(self.found.rival[first + i])),
                )

    def _verdict(self, gop: float) -> Verdict:
        if gop < _WORK_BELOW[self.source]:
            return Verdict.WORK
        return Verdict.CLOSE if gop < _CLOSE_BELOW else Verdict.FINE

    def _diagnosis(self, gop: float, rival: int) -> Diagnosis | None:
        if gop >= _WORK_BELOW[self.source]:
            return None
        if rival == DROPPED:
            return Diagnosis(DiagnosisKind.DROPPED, None)
        return Diagnosis(DiagnosisKind.SUBSTITUTED, self.columns.phoneme(rival))


def _word_verdict(score: float) -> Verdict:
    if score >= _FINE_SCORE:
        return Verdict.FINE
    return Verdict.CLOSE if score >= _CLOSE_SCORE else Verdict.WORK


def _flagged(words: Sequence[WordScore]) -> tuple[WordScore, ...]:
    """Mark the worst sounds, and keep the diagnosis of no other."""
    wrong = sorted(
        (phoneme.gop, word.index, place)
        for word in words
        if not word.weak
        for place, phoneme in enumerate(word.phonemes)
        if phoneme.verdict is Verdict.WORK
    )
    chosen = {(index, place) for _, index, place in wrong[:_FLAGS]}
    return tuple(
        replace(
            word,
            phonemes=tuple(
                replace(phoneme, flagged=True)
                if (word.index, place) in chosen
                else replace(phoneme, diagnosis=None)
                for place, phoneme in enumerate(word.phonemes)
            ),
        )
        for word in words
    )
