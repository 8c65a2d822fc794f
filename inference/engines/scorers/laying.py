"""Laying a text over the sound: which words were said, how, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .alignment import Float32, Ints, align, word_graph
from .evidence import word_evidence
from .prompt import SoundedWord

# A frame of a word that nobody knows may be any sound, at this price a frame.
_ANY_SOUND_COST = 1.0
# So may what stands between words (false starts, repetitions), at a higher price: it
# must not take the frames of what was said badly.
_BETWEEN_COST = 2.0
# A word that was left out has to lie somewhere: it gets one frame a phoneme.
_SQUEEZED = 0.45


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


def lay(
    log_posteriors: Float32, text: Sequence[SoundedWord], *, said_above: float
) -> LaidText:
    """Find the text in the sound.

    A known word whose evidence is below ``said_above`` counts as not said, and the other
    words are laid once more without it: it would have taken some of their frames.
    """
    everything = _lay(log_posteriors, text, range(len(text)))
    known = [n for n, word in enumerate(text) if word.known]
    if everything is None or not everything:
        return LaidText((), tuple(known), None)
    missed = _missed(everything, said_above)
    if missed:
        # Repeated words and false starts push others out of their place.
        loosely = _lay(_with_anything_between(log_posteriors), text, range(len(text)))
        if loosely and len(_missed(loosely, said_above)) < len(missed):
            everything, missed = loosely, _missed(loosely, said_above)
    evidence = float(np.mean([word.evidence for word in everything]))
    if not missed or len(missed) == len(everything):
        laid = () if missed else everything
        return LaidText(tuple(laid), tuple(missed), evidence)
    rest = [n for n in range(len(text)) if n not in missed]
    again = _lay(_with_anything_between(log_posteriors), text, rest) or []
    return LaidText(tuple(again), tuple(missed), evidence)


def _missed(words: Sequence[LaidWord], said_above: float) -> list[int]:
    return [word.number for word in words if not _said(word, said_above)]


def _said(word: LaidWord, said_above: float) -> bool:
    """Whether a word was said; one squeezed into as few frames as it can needs more."""
    n_frames = int((word.spans[:, 1] - word.spans[:, 0]).sum())
    squeezed = n_frames == len(word.spans)
    return word.evidence >= (said_above * _SQUEEZED if squeezed else said_above)


def _with_anything_between(log_posteriors: Float32) -> Float32:
    """Let silence stand for any sound too, at a price."""
    loose = log_posteriors.copy()
    any_sound = log_posteriors[:, :-1].max(axis=1)
    loose[:, -1] = np.maximum(loose[:, -1], any_sound - _BETWEEN_COST)
    return loose


def _lay(
    log_posteriors: Float32, text: Sequence[SoundedWord], numbers: Sequence[int]
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
    return [LaidWord(*p, float(e)) for p, e in zip(picked, evidence, strict=True)]
