"""What holds for every assessment, whoever made it."""

from __future__ import annotations

from itertools import pairwise

from inference.protocols import ScorerCapabilities
from inference.types.assessment import (
    AssessRequest,
    DiagnosisKind,
    PhonemeScore,
    PronunciationAssessment,
    Verdict,
    WordScore,
)

from .checks import expect

_MOST_FLAGS = 3
_EPSILON_MS = 1e-3


def fits(
    found: PronunciationAssessment,
    request: AssessRequest,
    capabilities: ScorerCapabilities,
) -> None:
    """Raise Broken if an assessment is not fit to be shown and stored."""
    asked = (request.text, request.language, request.source)
    expect((found.text, found.language, found.source) == asked, "not what was asked")
    expect(bool(found.model), "the scorer does not name itself")
    if not found.judged:
        expect(found.words == (), f"words although the outcome is {found.outcome}")
        expect(found.scores is None, f"scores although the outcome is {found.outcome}")
        return
    if found.validated:
        language = request.language.partition("-")[0]
        expect(language in capabilities.validated, f"{language} was never validated")
    if found.scores is not None:
        marks = found.scores
        for name in ("accuracy", "fluency", "prosody", "total", "margin"):
            expect(0 <= getattr(marks, name) <= 100, f"{name} is outside 0 to 100")
    _words(found, request.clip.duration_ms)
    phonemes = [p for word in found.words for p in word.phonemes]
    expect(
        capabilities.phonemes or not phonemes, "phonemes from a scorer that has none"
    )
    n_flagged = sum(phoneme.flagged for phoneme in phonemes)
    expect(n_flagged <= _MOST_FLAGS, f"{n_flagged} sounds are flagged")


def _words(found: PronunciationAssessment, clip_ms: float) -> None:
    shown = found.text.split()
    indexes = [word.index for word in found.words]
    expect(bool(indexes), "a judgement without words")
    expect(indexes == sorted(set(indexes)), "words are out of order")
    for word in found.words:
        expect(word.index < len(shown), f"word {word.index} is not in the text")
        expect(word.text == shown[word.index], f"word {word.index} is another word")
        if word.verdict is Verdict.MISSED:
            expect(word.score is None, "a word that was not said has a score")
            expect(word.phonemes == (), "a word that was not said has phonemes")
        else:
            _word(word, clip_ms)
    said = [word for word in found.words if word.end_ms > word.start_ms]
    for one, following in pairwise(said):
        expect(one.start_ms <= following.start_ms, "words go back in time")


def _word(word: WordScore, clip_ms: float) -> None:
    where = f"word {word.index}"
    expect(_within(word.start_ms, word.end_ms, clip_ms), f"{where} is out of the clip")
    expect(word.score is None or 0 <= word.score <= 100, f"{where}: score out of range")
    for phoneme in word.phonemes:
        _phoneme(phoneme, word, clip_ms)
    for one, following in pairwise(word.phonemes):
        expect(
            one.end_ms <= following.start_ms + _EPSILON_MS, f"{where}: sounds overlap"
        )


def _phoneme(phoneme: PhonemeScore, word: WordScore, clip_ms: float) -> None:
    where = f"a sound of word {word.index}"
    expect(bool(phoneme.phoneme), f"{where} has no name")
    expect(
        _within(phoneme.start_ms, phoneme.end_ms, clip_ms),
        f"{where} is out of the clip",
    )
    expect(
        phoneme.score is None or 0 <= phoneme.score <= 100,
        f"{where}: score out of range",
    )
    chance = phoneme.wrong_probability
    expect(chance is None or 0 <= chance <= 1, f"{where}: probability out of range")
    expect(phoneme.verdict is not Verdict.MISSED, f"{where} is a missed word")
    expect(phoneme.stress in (0, 1, 2), f"{where}: stress is not 0, 1 or 2")
    if phoneme.flagged:
        expect(not word.weak, f"{where} is flagged in a weak form")
    if phoneme.diagnosis is not None:
        dropped = phoneme.diagnosis.kind is DiagnosisKind.DROPPED
        named = phoneme.diagnosis.heard is not None
        expect(named is not dropped, f"{where}: what was heard and how disagree")


def _within(start_ms: float, end_ms: float, clip_ms: float) -> bool:
    return 0 <= start_ms <= end_ms <= clip_ms + _EPSILON_MS
