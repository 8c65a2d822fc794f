"""Laying a text over the sound: which words were said, how, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .alignment import Float32, Ints, align, word_graph
from .evidence import Joint, word_evidence
from .expectation import Expectation
from .prompt import SoundedWord

# Any text finds better places where sound may be left over: 1 % of wrong texts get above
# -2.1 then (-2.9 otherwise), so that what is missing counts more.
_LOOSE_COUNTS = 4 / 3
# A frame of a word that nobody knows may be any sound, at this price a frame.
_ANY_SOUND_COST = 1.0
# So may what stands between words (false starts, repetitions), at a higher price: it
# must not take the frames of what was said badly.
_BETWEEN_COST = 2.0
# A word that was left out has to lie somewhere, in a frame a phoneme or on the sound of
# other words: where that may be, so little of the usual evidence against it is enough.
_DOUBTFUL = 0.45


@dataclass(frozen=True, slots=True)
class LaidWord:
    """One word that was said: the pronunciation taken and the frames of its phonemes."""

    number: int
    variant: int
    classes: Ints
    spans: Ints
    evidence: float


@dataclass(frozen=True, slots=True)
class LaidText:
    """The known words of a text that were said, in order; the rest by number.

    ``evidence`` is the mean over all known words, said or not; ``None`` if the sound is
    too short for the text.
    """

    words: tuple[LaidWord, ...]
    missed: tuple[int, ...]
    evidence: float | None


@dataclass(frozen=True, slots=True)
class Decoder:
    """What the decoder says of all words of the text, and how it counts."""

    expected: Expectation
    joint: Joint

    def counted(self, numbers: Sequence[int], evidence: Float32) -> Float32:
        """Return the evidence of some words together with the decoder's."""
        return self.joint(evidence, self.expected.of(numbers))


def lay(
    log_posteriors: Float32,
    text: Sequence[SoundedWord],
    *,
    said_above: float,
    decoder: Decoder | None = None,
) -> LaidText:
    """Find the text in the sound.

    A known word whose evidence is below ``said_above`` counts as not said, and the other
    words are laid once more without it: it would have taken some of their frames.
    """
    everything = _lay(log_posteriors, text, range(len(text)), decoder)
    known = [n for n, word in enumerate(text) if word.known]
    if everything is None or not everything:
        return LaidText((), tuple(known), None)
    missed = _missed(everything, said_above)
    evidence = _mean_evidence(everything)
    if missed:
        # Repeated words and false starts push others out of their place.
        loosely = _lay(
            _with_anything_between(log_posteriors), text, range(len(text)), decoder
        )
        if loosely and len(_missed(loosely, said_above)) < len(missed):
            evidence = max(evidence, _LOOSE_COUNTS * _mean_evidence(loosely))
            everything, missed = loosely, _missed(loosely, said_above)
    if not missed or len(missed) == len(everything):
        laid = () if missed else everything
        return LaidText(tuple(laid), tuple(missed), evidence)
    rest = [n for n in range(len(text)) if n not in missed]
    again = _lay(_with_anything_between(log_posteriors), text, rest, decoder) or []
    return LaidText(tuple(again), tuple(missed), evidence)


def _mean_evidence(words: Sequence[LaidWord]) -> float:
    return float(np.mean([word.evidence for word in words]))


def _missed(words: Sequence[LaidWord], said_above: float) -> list[int]:
    """Return the words that were not said.

    A word squeezed into as few frames as it can, and one that stands alone among words
    that were not said, needs more to count as said.
    """
    said = [_said(word, said_above, doubtful=_squeezed(word)) for word in words]
    missed = []
    for n, word in enumerate(words):
        alone = (
            not any(said[max(n - 1, 0) : n] + said[n + 1 : n + 2]) and len(words) > 1
        )
        if not said[n] or (alone and not _said(word, said_above, doubtful=True)):
            missed.append(word.number)
    return missed


def _said(word: LaidWord, said_above: float, *, doubtful: bool) -> bool:
    return word.evidence >= (said_above * _DOUBTFUL if doubtful else said_above)


def _squeezed(word: LaidWord) -> bool:
    return int((word.spans[:, 1] - word.spans[:, 0]).sum()) == len(word.spans)


def _with_anything_between(log_posteriors: Float32) -> Float32:
    """Let silence stand for any sound too, at a price."""
    loose = log_posteriors.copy()
    any_sound = log_posteriors[:, :-1].max(axis=1)
    loose[:, -1] = np.maximum(loose[:, -1], any_sound - _BETWEEN_COST)
    return loose


def _lay(
    log_posteriors: Float32,
    text: Sequence[SoundedWord],
    numbers: Sequence[int],
    decoder: Decoder | None,
) -> list[LaidWord] | None:
    silence = log_posteriors.shape[1] - 1
    any_sound = log_posteriors[:, :silence].max(axis=1, keepdims=True)
    scores = np.hstack([log_posteriors, any_sound - _ANY_SOUND_COST])
    unknown = [np.asarray([silence + 1])]
    graph = word_graph(
        [[c.tolist() for c in (text[n].classes or unknown)] for n in numbers],
        silence=silence,
    )
    found = align(scores, graph)
    if found is None:
        return None
    picked = [
        (number, variant, text[number].classes[variant], spans)
        for number, variant, spans in zip(
            numbers, found.variants, found.spans, strict=True
        )
        if text[number].known
    ]
    evidence = word_evidence(
        log_posteriors, [p[2] for p in picked], [p[3] for p in picked]
    )
    if decoder is not None:
        evidence = decoder.counted([p[0] for p in picked], evidence)
    return [LaidWord(*p, float(e)) for p, e in zip(picked, evidence, strict=True)]
