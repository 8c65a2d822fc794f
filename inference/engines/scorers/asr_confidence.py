"""How sure the recogniser was of each word: a stand-in where no scorer can run.

It measures how robust the recogniser is, not how something was pronounced: a good
recogniser understands bad pronunciation, and the better it gets, the less this says. No
word is ever shown as wrong because of it, no phoneme is judged, no marks are given.
"""

from __future__ import annotations

from collections.abc import Iterator

from inference.phonetics.inventory import LANGUAGES, primary_tag
from inference.protocols import Cancelled, ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
    Verdict,
    WordScore,
)
from inference.types.speech import Word

from .admission import answer, at_16_khz, unfit
from .prompt_words import PlainWord, plain, plain_words
from .word_matching import likeness, match

MODEL = "asr-confidence-1"
_LONGEST_S = 65.0
# A recogniser is often unsure of a short word that was said well.
_SURE = 0.6
# Heard words must stand for this share of the text; with fewer it was another text.
_SAME_TEXT = 0.5
_WHOLE_TEXT = 0.75
_ALIKE = 0.5


class AsrConfidence:
    """Word scores from the transcript that comes with the request."""

    @property
    def capabilities(self) -> ScorerCapabilities:
        """Words of any taught language; nothing was checked against experts."""
        return ScorerCapabilities(
            languages=LANGUAGES, validated=frozenset(), phonemes=False
        )

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Judge one clip by its transcript; without one the answer is "not sure"."""
        if primary_tag(request.language) not in LANGUAGES:
            return answer(request, MODEL, AssessmentOutcome.UNSUPPORTED_LANGUAGE)
        text = plain_words(request.text)
        if not text:
            return answer(request, MODEL, AssessmentOutcome.NO_TEXT)
        problem = unfit(at_16_khz(request.clip), _LONGEST_S)
        if problem is not None:
            return answer(request, MODEL, problem)
        if request.heard is None or cancelled.is_set():
            return answer(request, MODEL, AssessmentOutcome.UNSURE)
        heard = [word for word in request.heard.words if plain(word.text)]
        if not heard:
            return answer(request, MODEL, AssessmentOutcome.UNSURE)
        return _judged(request, text, heard)


def _judged(
    request: AssessRequest, text: tuple[PlainWord, ...], heard: list[Word]
) -> PronunciationAssessment:
    written = [plain(word.text) for word in heard]
    places = match([word.plain for word in text], written)
    scores = tuple(_scores(text, heard, written, places, request.clip.duration_ms))
    same = sum(
        place is not None and likeness(word.plain, written[place]) >= _ALIKE
        for word, place in zip(text, places, strict=True)
    )
    if same < _SAME_TEXT * len(text):
        # One strange word may be the recogniser's doing; several are another text.
        alone = len(text) == 1 or request.source is PromptSource.HEARD
        outcome = AssessmentOutcome.UNSURE if alone else AssessmentOutcome.WRONG_TEXT
        return answer(request, MODEL, outcome)
    said = sum(place is not None for place in places)
    whole = said >= _WHOLE_TEXT * len(text)
    outcome = AssessmentOutcome.JUDGED if whole else AssessmentOutcome.INCOMPLETE
    return answer(request, MODEL, outcome, scores)


def _scores(
    text: tuple[PlainWord, ...],
    heard: list[Word],
    written: list[str],
    places: tuple[int | None, ...],
    clip_ms: float,
) -> Iterator[WordScore]:
    for word, place in zip(text, places, strict=True):
        if place is None:
            yield WordScore(word.index, word.text, 0.0, 0.0, None, Verdict.MISSED)
            continue
        found = heard[place]
        alike = likeness(word.plain, written[place])
        yield WordScore(
            index=word.index,
            text=word.text,
            start_ms=min(max(found.start_ms, 0.0), clip_ms),
            end_ms=min(max(found.end_ms, 0.0), clip_ms),
            score=100.0 * found.confidence * alike,
            verdict=_verdict(alike, found.confidence),
        )


def _verdict(alike: float, confidence: float) -> Verdict:
    if alike < 1.0:
        return Verdict.CLOSE if alike >= _ALIKE else Verdict.UNSURE
    return Verdict.FINE if confidence >= _SURE else Verdict.UNSURE
