"""Goes through the readings: each is judged, refused or not, and put to the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import TypeVar

from inference.protocols import Transcriber
from inference.types.assessment import (
    AssessmentOutcome,
    AssessRequest,
    PronunciationAssessment,
)
from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import EncoderFeatures, TranscribeRequest, Transcript
from training.corpus import RATE_HZ, Reading, load_audio

from .pronunciation_peers import PeerScores, peer_scores
from .pronunciation_swaps import Swap, Swaps
from .pronunciation_system import Judge, Judgement, as_text, words_of
from .report import say

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came out for one reading.

    ``swapped_*`` pair the statistic of the true text with that of the wrong one, ``None``
    where no wrong text could be made.
    """

    reading: Reading
    judgement: Judgement
    shown: PronunciationAssessment
    swapped_shown: AssessmentOutcome | None
    swapped_prompt: Pair | None
    swapped_word: Pair | None
    swapped_phone: Pair | None
    peers: PeerScores


class Pass:
    """One scorer and one transcriber, asked about many readings."""

    def __init__(self, scorer: Judge, transcriber: Transcriber, swaps: Swaps) -> None:
        self._scorer, self._transcriber, self._swaps = scorer, transcriber, swaps

    def judge(self, reading: Reading) -> Judged:
        """Judge one reading by every text."""
        samples = load_audio(reading.audio)
        heard = self._heard(samples)
        features = self._scorer.encode(samples)
        true = self._scorer.judge(samples, features, words_of(reading))
        prompt = self._swaps.prompt(reading)
        other = _outcome(self._scorer, samples, prompt, heard)
        return Judged(
            reading,
            true,
            assess(self._scorer, samples, as_text(reading), heard=heard),
            other,
            self._pair(samples, features, true, prompt, _prompt_gop),
            self._pair(samples, features, true, self._swaps.word(reading), _word_gop),
            self._pair(samples, features, true, self._swaps.phone(reading), _phone_gop),
            peer_scores([word.text for word in reading.words], heard),
        )

    def _heard(self, samples: FloatSamples) -> Transcript:
        # As in a session: recognition has run, its frames are there for the scorer.
        clip = AudioClip.from_float32(samples, RATE_HZ)
        request = TranscribeRequest(clip, want_features=True)
        return self._transcriber.transcribe(request, cancelled=Event())

    def _pair(
        self,
        samples: FloatSamples,
        features: EncoderFeatures,
        true: Judgement,
        swap: Swap | None,
        statistic: Callable[[Judgement, int], float],
    ) -> Pair | None:
        if swap is None:
            return None
        wrong = self._scorer.judge(samples, features, swap.words)
        return statistic(true, swap.position), statistic(wrong, swap.position)


def assess(
    scorer: Judge,
    samples: FloatSamples,
    text: str,
    *,
    heard: Transcript | None = None,
    voice: tuple[float, ...] | None = None,
) -> PronunciationAssessment:
    """Ask as the product does."""
    clip = AudioClip.from_float32(samples, RATE_HZ)
    request = AssessRequest(clip, text, heard=heard, voice=voice)
    return scorer.assess(request, cancelled=Event())


def in_parallel(
    work: Callable[[_Given], _Found],
    items: Sequence[_Given],
    workers: int,
    *,
    name: str,
) -> list[_Found]:
    """Do all items, in order, and say how far it is."""
    with ThreadPoolExecutor(workers) as pool:
        return list(_counted(pool.map(work, items), len(items), name))


def _counted(results: Iterable[_Found], total: int, name: str) -> Iterable[_Found]:
    for number, result in enumerate(results, 1):
        yield result
        if number % 50 == 0 or number == total:
            say(f"  {name}: {number} of {total}")


def _outcome(
    scorer: Judge, samples: FloatSamples, swap: Swap | None, heard: Transcript
) -> AssessmentOutcome | None:
    if swap is None:
        return None
    return assess(scorer, samples, swap.text, heard=heard).outcome


def _prompt_gop(judgement: Judgement, _: int) -> float:
    return judgement.prompt_gop


def _word_gop(judgement: Judgement, position: int) -> float:
    return judgement.word_gops[position]


def _phone_gop(judgement: Judgement, position: int) -> float:
    return judgement.phones[position].gop
