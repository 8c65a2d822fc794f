"""Whether speech can be judged against a text at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.types.assessment import AssessmentOutcome
from inference.types.audio import FloatSamples

from .alignment import Float32
from .laying import LaidText
from .prompt_words import plain_words
from .word_matching import likeness, match

# At least this much speech (frames of 20 ms): one short syllable.
_FEWEST_SPEECH_FRAMES = 5
# The phones a frame model finds in speech are surer than what it makes of noise.
_SURE_SPEECH = -1.05
_WORDS_ALIKE = 0.7
# Sound below -40 dB without a voice is a quiet room, above it something is going on.
_QUIET = 0.01
_HALF_HEARD = 0.5
_INCOMPLETE_SHARE = 0.25
_PART_SHARE = 0.3
# Two words of six are found by chance; two of four are half of them.
_FEW_WORDS = 3
# Part of the evidence below which a whole text counts as another one.
_CLEARLY_SAID = 0.5


@dataclass(frozen=True, slots=True)
class SpeechFrames:
    """Which frames hold speech, and how sure the frame model is of its sounds.

    ``certainty`` is the mean over speech frames of the best phone's log-posterior.
    """

    speech: npt.NDArray[np.bool_]
    certainty: float


def speech_frames(log_posteriors: Float32) -> SpeechFrames:
    """Tell speech from silence by the frame model's own silence class."""
    best = log_posteriors[:, :-1].max(axis=1)
    speech = best > log_posteriors[:, -1]
    certainty = float(best[speech].mean()) if speech.any() else -np.inf
    return SpeechFrames(speech, certainty)


def no_speech(found: SpeechFrames, loudest: float) -> AssessmentOutcome | None:
    """Return SILENCE or NOISE if there is no speech to judge.

    ``loudest`` is the level of the loudest tenth of a second, 1.0 being full scale.
    """
    if int(found.speech.sum()) < _FEWEST_SPEECH_FRAMES:
        quiet = loudest < _QUIET
        return AssessmentOutcome.SILENCE if quiet else AssessmentOutcome.NOISE
    if found.certainty < _SURE_SPEECH:
        return AssessmentOutcome.NOISE
    return None


def text_refused(
    laid: LaidText, *, prompt_above: float, text: str, heard: str | None
) -> AssessmentOutcome | None:
    """Return why the text cannot be what was said, or None.

    ``heard`` is a recogniser's transcript: one that agrees with the text speaks for a
    weak reading of it, which shall be judged, not refused.
    """
    if laid.evidence is None:
        return AssessmentOutcome.WRONG_TEXT
    agrees = heard is not None and agreement(text, heard) >= _HALF_HEARD
    if laid.evidence < prompt_above and not (agrees or _part_said(laid, prompt_above)):
        return AssessmentOutcome.WRONG_TEXT
    if not laid.words:
        return AssessmentOutcome.UNSURE if agrees else AssessmentOutcome.WRONG_TEXT
    return None


def _part_said(laid: LaidText, prompt_above: float) -> bool:
    """Whether a stretch of the text was clearly said, though the rest was not.

    Words of another text are found here and there; half a text is found in one piece.
    """
    n_words = len(laid.words) + len(laid.missed)
    stretch = _longest_stretch(laid)
    few = max(2, min(_FEW_WORDS, (n_words + 1) // 2))
    if len(stretch) < max(few, _PART_SHARE * n_words):
        return False
    return float(np.mean(stretch)) >= _CLEARLY_SAID * prompt_above


def _longest_stretch(laid: LaidText) -> list[float]:
    """Return the evidence of the most words said with at most one missed in between.

    One small word is easily overheard.
    """
    missed = set(laid.missed)
    longest: list[float] = []
    stretch: list[float] = []
    last = -1
    for word in laid.words:
        if len(missed & set(range(last + 1, word.number))) > 1:
            stretch = []
        stretch = [*stretch, word.evidence]
        longest = max(longest, stretch, key=len)
        last = word.number
    return longest


def completeness(laid: LaidText) -> AssessmentOutcome:
    """Return JUDGED, or INCOMPLETE if a good part of the text was not said."""
    n_words = len(laid.words) + len(laid.missed)
    if len(laid.missed) > _INCOMPLETE_SHARE * n_words:
        return AssessmentOutcome.INCOMPLETE
    return AssessmentOutcome.JUDGED


def agreement(text: str, heard: str) -> float:
    """Return the share of the text's words that a transcript has, in order."""
    wanted = [word.plain for word in plain_words(text)]
    written = [word.plain for word in plain_words(heard)]
    if not wanted:
        return 0.0
    pairs = zip(wanted, match(wanted, written), strict=True)
    found = [
        place is not None and likeness(word, written[place]) >= _WORDS_ALIKE
        for word, place in pairs
    ]
    return float(np.mean(found))


def level_ratio_db(samples: FloatSamples, speech: npt.NDArray[np.bool_]) -> float:
    """Return how much louder speech is than the rest, in dB (inf without a rest).

    ``speech`` marks frames of 20 ms of 16 kHz samples.
    """
    n = min(len(speech), samples.size // 320)
    power = (samples[: n * 320].reshape(n, 320).astype(np.float64) ** 2).mean(axis=1)
    marked = speech[:n]
    if marked.all() or not marked.any():
        return float("inf")
    rest = float(np.median(power[~marked])) + 1e-12
    return float(10.0 * np.log10(power[marked].mean() / rest))
