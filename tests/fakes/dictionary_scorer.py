"""A scorer for page tests: real phonemes from the dictionary, verdicts by script."""

from __future__ import annotations

from inference.phonetics.inventory import from_arpabet
from inference.phonetics.lexicon.dictionary import Dictionary
from inference.protocols import Cancelled, ScorerCapabilities
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    Diagnosis,
    DiagnosisKind,
    Pause,
    PhonemeScore,
    PromptSource,
    PronunciationAssessment,
    SpeechMeasures,
    UtteranceScores,
    Verdict,
    WordScore,
)

from .engines import scripted_sleep

# Word -> (place of the sound, its verdict, what was heard instead; "" for dropped).
_SCRIPT: dict[str, tuple[int, Verdict, str | None]] = {
    "think": (0, Verdict.WORK, "s"),
    "rain": (0, Verdict.CLOSE, None),
    "this": (0, Verdict.WORK, "d"),
    "weekend": (6, Verdict.WORK, ""),
    "beach": (1, Verdict.CLOSE, "ɪ"),
    "with": (2, Verdict.WORK, "s"),
    "going": (2, Verdict.UNSURE, None),
}
_LEFT_OUT = "umbrella"
_SCORES = {
    Verdict.FINE: 93.0,
    Verdict.CLOSE: 62.0,
    Verdict.WORK: 24.0,
    Verdict.UNSURE: None,
}


class DictionaryScorer:
    """Finds scripted words wrong; each reading in a row finds one word less wrong.

    Texts of another language are judged without scores; an umbrella is always left out.
    """

    def __init__(self, delay_s: float = 0.15) -> None:
        self._delay_s = delay_s
        self._dictionary = Dictionary()
        self._readings: dict[str, int] = {}

    @property
    def capabilities(self) -> ScorerCapabilities:
        """Phonemes; English is checked."""
        return ScorerCapabilities(
            languages=frozenset({"en", "es"}),
            validated=frozenset({"en"}),
            phonemes=True,
        )

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def assess(
        self, request: AssessRequest, *, cancelled: Cancelled
    ) -> PronunciationAssessment:
        """Return the scripted result."""
        scripted_sleep(self._delay_s, cancelled)
        is_read = request.source is PromptSource.READ
        learnt = self._readings.get(request.text, 0) if is_read else 0
        self._readings[request.text] = learnt + 1
        is_english = request.language == "en"
        words = self._words(request, learnt)
        outcome = (
            AssessmentOutcome.WRONG_TEXT
            if "wrong" in request.text.lower()
            else AssessmentOutcome.JUDGED
        )
        judged = outcome is AssessmentOutcome.JUDGED
        better = min(18.0, 7.0 * learnt)
        return PronunciationAssessment(
            outcome=outcome,
            model="scripted-1",
            language=request.language,
            source=request.source,
            text=request.text,
            validated=is_english and is_read,
            words=words if judged else (),
            scores=UtteranceScores(64 + better, 71 + better, 58 + better, 66, 8)
            if judged and is_english
            else None,
            measures=SpeechMeasures(2.9, 3.6, (Pause(700, 1010),), 0.16, 0, 5.2),
        )

    def _words(self, request: AssessRequest, learnt: int) -> tuple[WordScore, ...]:
        tokens = request.text.split()
        step = request.clip.duration_ms / max(1, len(tokens))
        found = []
        skipped = learnt
        for index, token in enumerate(tokens):
            bare = token.strip(".,!?¿¡").lower()
            script = _SCRIPT.get(bare)
            if script and skipped > 0:
                skipped -= 1
                script = None
            found.append(self._word(index, token, bare, script, index * step, step))
        return tuple(found)

    def _word(
        self,
        index: int,
        token: str,
        bare: str,
        script: tuple[int, Verdict, str | None] | None,
        start_ms: float,
        ms: float,
    ) -> WordScore:
        if bare == _LEFT_OUT:
            return WordScore(index, token, 0, 0, None, Verdict.MISSED)
        listed = self._dictionary.pronunciations(bare)
        phones = [from_arpabet(phone) for phone in listed[0]] if listed else []
        phones = phones or [(letter, 0) for letter in bare]
        place, verdict, heard = script or (-1, Verdict.FINE, None)
        step = ms / max(1, len(phones))
        return WordScore(
            index=index,
            text=token,
            start_ms=start_ms,
            end_ms=start_ms + ms,
            score=_SCORES[verdict],
            verdict=verdict,
            phonemes=tuple(
                _phoneme(
                    ipa,
                    stress,
                    start_ms + at * step,
                    step,
                    verdict if at == place else Verdict.FINE,
                    heard if at == place else None,
                )
                for at, (ipa, stress) in enumerate(phones)
            ),
        )


def _phoneme(
    ipa: str,
    stress: int,
    start_ms: float,
    ms: float,
    verdict: Verdict,
    heard: str | None,
) -> PhonemeScore:
    diagnosis = None
    if heard is not None:
        kind = DiagnosisKind.SUBSTITUTED if heard else DiagnosisKind.DROPPED
        diagnosis = Diagnosis(kind, heard or None)
    return PhonemeScore(
        phoneme=ipa,
        start_ms=start_ms,
        end_ms=start_ms + ms,
        gop=0.0,
        score=_SCORES[verdict],
        wrong_probability=None,
        verdict=verdict,
        stress=stress,
        flagged=verdict is Verdict.WORK,
        diagnosis=diagnosis,
    )
