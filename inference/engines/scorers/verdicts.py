"""From probabilities to what a learner is shown: bands, at most three flags."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from inference.phonetics.inventory import is_vowel
from inference.phonetics.pronunciation import VariantKind
from inference.types.assessment import (
    Diagnosis,
    PhonemeScore,
    PromptSource,
    Verdict,
    WordScore,
)

from .judgement import Judgement, PhoneJudgement
from .laying import LaidWord
from .prompt import SoundedWord
from .stored import Thresholds

MOST_FLAGS = 3
# A phoneme is fine below this probability of being wrong, and doubtful above it.
_SURELY_FINE = 0.05
_FINE_WORD = 75.0
_CLOSE_WORD = 55.0


def flags(
    judgement: Judgement,
    words: Sequence[LaidWord],
    text: Sequence[SoundedWord],
    *,
    above: float,
    exchanged: Collection[int] = (),
) -> frozenset[int]:
    """Return the phonemes to look at: the surest wrong ones, never in a weak form.

    Those are phonemes that experts would call wrong with a probability of ``above``, and
    ``exchanged`` ones, in whose place another phoneme was clearly said.
    """
    strong = [not _weak(w, text) for w in words]
    candidates = [
        (max(phone.wrong_probability, above if n in exchanged else 0.0), n)
        for n, phone in enumerate(judgement.phones)
        if strong[int(judgement.spoken.word[n])]
    ]
    wrong = [(p, n) for p, n in candidates if p >= above]
    return frozenset(n for _, n in sorted(wrong, reverse=True)[:MOST_FLAGS])


def word_scores(
    judgement: Judgement,
    words: Sequence[LaidWord],
    text: Sequence[SoundedWord],
    *,
    thresholds: Thresholds,
    source: PromptSource,
    frame_ms: float,
    flagged: frozenset[int],
    diagnoses: Mapping[int, Diagnosis],
) -> list[WordScore]:
    """Return the words that were said, with verdicts.

    In free speech the text is only what a recogniser heard, so a doubtful phoneme or
    word is UNSURE: the mistake may be the recogniser's.
    """
    above = thresholds.default if source is PromptSource.READ else thresholds.gentle
    result = []
    first = 0
    for number, laid in enumerate(words):
        sounded = text[laid.number]
        variant = sounded.variants[laid.variant]
        weak = variant.kind is VariantKind.WEAK
        phonemes = tuple(
            PhonemeScore(
                phoneme=symbol,
                start_ms=float(start) * frame_ms,
                end_ms=float(end) * frame_ms,
                gop=judgement.phones[first + n].gop,
                score=judgement.phones[first + n].score,
                wrong_probability=judgement.phones[first + n].wrong_probability,
                verdict=Verdict.WORK
                if first + n in flagged
                else _verdict(judgement.phones[first + n], above, source, weak),
                stress=stress,
                flagged=first + n in flagged,
                diagnosis=diagnoses.get(first + n),
            )
            for n, (symbol, stress, (start, end)) in enumerate(
                zip(variant.phonemes, variant.stress, laid.spans, strict=True)
            )
        )
        result.append(
            WordScore(
                index=sounded.word.index,
                text=sounded.word.text,
                start_ms=phonemes[0].start_ms,
                end_ms=phonemes[-1].end_ms,
                score=judgement.words[number].accuracy,
                verdict=_word_verdict(
                    judgement.words[number].accuracy, phonemes, source, weak
                ),
                phonemes=phonemes,
                weak=weak,
            )
        )
        first += len(phonemes)
    return result


def missed_words(text: Sequence[SoundedWord], missed: Sequence[int]) -> list[WordScore]:
    """Return the words of the text that were not said."""
    return [
        WordScore(text[n].word.index, text[n].word.text, 0.0, 0.0, None, Verdict.MISSED)
        for n in missed
    ]


def syllables(words: Sequence[LaidWord], text: Sequence[SoundedWord]) -> int:
    """Return the number of vowels that were said."""
    return sum(
        is_vowel(phoneme)
        for laid in words
        for phoneme in text[laid.number].variants[laid.variant].phonemes
    )


def _weak(laid: LaidWord, text: Sequence[SoundedWord]) -> bool:
    return text[laid.number].variants[laid.variant].kind is VariantKind.WEAK


def _verdict(
    phone: PhoneJudgement, above: float, source: PromptSource, weak: bool
) -> Verdict:
    if phone.wrong_probability <= _SURELY_FINE:
        return Verdict.FINE
    if weak:
        return Verdict.UNSURE
    if phone.wrong_probability >= above:
        return Verdict.WORK
    return Verdict.CLOSE if source is PromptSource.READ else Verdict.UNSURE


def _word_verdict(
    score: float, phonemes: Sequence[PhonemeScore], source: PromptSource, weak: bool
) -> Verdict:
    if weak:
        return Verdict.FINE if score >= _FINE_WORD else Verdict.UNSURE
    if any(p.flagged for p in phonemes) or (
        score < _CLOSE_WORD and source is PromptSource.READ
    ):
        return Verdict.WORK
    if score >= _FINE_WORD and all(p.verdict is not Verdict.WORK for p in phonemes):
        return Verdict.FINE
    return Verdict.CLOSE if source is PromptSource.READ else Verdict.UNSURE
