"""The scorer under test: its product side, and what it thinks without its gate.

The product asks ``assess``. Published figures are on the corpus's own phones, of every
utterance, so the benchmark also asks ``judge``, which refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from inference.phonetics.inventory import from_arpabet
from inference.phonetics.pronunciation import PromptWord, Variant
from inference.protocols import PronunciationScorer
from inference.types.audio import FloatSamples
from inference.types.speech import EncoderFeatures
from training.corpus import Reading


class JudgedPhone(Protocol):
    """One phone: ``score`` 0..100 (50 times the experts' scale)."""

    @property
    def score(self) -> float: ...
    @property
    def wrong_probability(self) -> float: ...
    @property
    def gop(self) -> float: ...


class JudgedWord(Protocol):
    """One word, 0..100."""

    @property
    def accuracy(self) -> float: ...
    @property
    def total(self) -> float: ...


class JudgedUtterance(Protocol):
    """The whole utterance, 0..100."""

    @property
    def accuracy(self) -> float: ...
    @property
    def fluency(self) -> float: ...
    @property
    def prosody(self) -> float: ...
    @property
    def total(self) -> float: ...


class Judgement(Protocol):
    """Everything a scorer thinks of one clip; ``*_gop``: higher, the text was said."""

    @property
    def phones(self) -> Sequence[JudgedPhone]: ...
    @property
    def words(self) -> Sequence[JudgedWord]: ...
    @property
    def utterance(self) -> JudgedUtterance: ...
    @property
    def prompt_gop(self) -> float: ...
    @property
    def word_gops(self) -> Sequence[float]: ...


@runtime_checkable
class Judge(PronunciationScorer, Protocol):
    """A scorer that also judges without its gate."""

    @property
    def operating_points(self) -> Mapping[str, float]:
        """The thresholds on ``wrong_probability``, by name (``default``, ``gentle``)."""
        ...

    def encode(self, samples: FloatSamples) -> EncoderFeatures:
        """Return the encoder's frames of 16 kHz samples."""
        ...

    def judge(
        self,
        samples: FloatSamples,
        features: EncoderFeatures,
        words: tuple[PromptWord, ...],
    ) -> Judgement:
        """Judge as if the words had been said."""
        ...


def prompt_words(
    texts: Sequence[str], pronunciations: Sequence[Sequence[str]]
) -> tuple[PromptWord, ...]:
    """Return words with exactly one pronunciation each, given in ARPAbet."""
    return tuple(
        PromptWord(index, text, (_variant(phones),))
        for index, (text, phones) in enumerate(zip(texts, pronunciations, strict=True))
    )


def words_of(reading: Reading) -> tuple[PromptWord, ...]:
    """Return the words as the corpus says they should be pronounced."""
    return prompt_words(
        [word.text for word in reading.words], [word.phones for word in reading.words]
    )


def as_text(reading: Reading) -> str:
    """Return the text as a learner would see it: capitals throughout spell letters."""
    return reading.text.lower().capitalize()


def _variant(phones: Sequence[str]) -> Variant:
    both = [from_arpabet(phone) for phone in phones]
    return Variant(tuple(ipa for ipa, _ in both), tuple(stress for _, stress in both))
