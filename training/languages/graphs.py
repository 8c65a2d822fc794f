"""Utterances as the aligner takes them: classes, graphs, and a first guess of labels."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from inference.engines.scorers.alignment import WordGraph, align, word_graph
from inference.engines.scorers.frame_encoder import FRAME_MS, FRAME_SAMPLES
from inference.engines.scorers.prompt import SoundedWord, sounded
from inference.phonetics.inventory import phonemes
from inference.phonetics.pronunciation import Pronouncer

from .utterances import Utterance

Float32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# A phoneme that the sentences have fewer times is not learnt: its class would be noise,
# and a word that needs it is better unknown.
FEWEST = 5
# Of the loudest sample.
_LOUD = 0.02
# No closure lasts 200 ms.
_LONG_PAUSE = 10
_PINNED = -30.0


def learnt_phonemes(
    language: str, sentences: Iterable[str], pronouncer: Pronouncer
) -> tuple[str, ...]:
    """Return the phonemes with a class of their own, in the inventory's order."""
    counts: Counter[str] = Counter()
    for text in sentences:
        for word in pronouncer.pronounce(text):
            if word.variants:
                counts.update(word.variants[0].phonemes)
    return tuple(p for p in phonemes(language) if counts[p] >= FEWEST)


def graph_of(
    utterance: Utterance, pronouncer: Pronouncer, class_of: Mapping[str, int]
) -> WordGraph | None:
    """Return the graph of what was said; None if somebody's word is not known.

    A voice that was told its phonemes has one path, any other all forms of each word.
    """
    if utterance.sounds is None:
        words = sounded(pronouncer.pronounce(utterance.text), class_of)
        return all_forms(words, silence=len(class_of))
    if any(p not in class_of for word in utterance.sounds for p in word):
        return None
    told = [[[class_of[p] for p in word]] for word in utterance.sounds]
    return word_graph(told, silence=len(class_of))


def all_forms(words: Sequence[SoundedWord], *, silence: int) -> WordGraph | None:
    """Return the graph of every form of each word; None if one is not known."""
    if not words or not all(word.known for word in words):
        return None
    forms = [[c.tolist() for c in word.classes] for word in words]
    return word_graph(forms, silence=silence)


def first_labels(utterance: Utterance, graph: WordGraph, n_frames: int) -> Ints:
    """Return the labels to begin with: from known borders, else equal parts."""
    silence = int(graph.classes[graph.word < 0][0])
    if utterance.borders is not None:
        sounds = graph.classes[graph.word >= 0]
        return labels_from(utterance.borders, sounds.tolist(), n_frames, silence)
    usual = graph.classes[(graph.word >= 0) & (graph.variant == 0)]
    quiet = quiet_frames(utterance, n_frames)
    loud = np.flatnonzero(~quiet)
    labels = np.full(n_frames, silence, dtype=np.int64)
    labels[loud] = usual[np.arange(len(loud)) * len(usual) // max(1, len(loud))]
    return labels


def quiet_frames(utterance: Utterance, n_frames: int) -> npt.NDArray[np.bool_]:
    """Return which frames are silent for longer than any closure of the mouth.

    Voices that are made have no noise behind them, so this is sure; without it the last
    sound of a sentence would learn the silence that follows it.
    """
    padded = np.zeros(n_frames * FRAME_SAMPLES, dtype=np.float32)
    known = utterance.samples[: len(padded)]
    padded[: len(known)] = np.abs(known)
    loud = padded.reshape(n_frames, FRAME_SAMPLES).max(axis=1) > _LOUD * padded.max()
    places = np.flatnonzero(np.concatenate([[True], loud, [True]])) - 1
    quiet = np.zeros(n_frames, dtype=np.bool_)
    for before, after in itertools.pairwise(places):
        at_edge = before < 0 or after == n_frames
        if after - before - 1 >= (1 if at_edge else _LONG_PAUSE):
            quiet[before + 1 : after] = True
    return quiet


def labels_from(
    borders: Sequence[tuple[float, float]],
    sounds: Sequence[int],
    n_frames: int,
    silence: int,
) -> Ints:
    """Return the class in the middle of each frame, from times in seconds."""
    middles = (np.arange(n_frames) + 0.5) * FRAME_MS / 1000.0
    labels = np.full(n_frames, silence, dtype=np.int64)
    for sound, (start, end) in zip(sounds, borders, strict=True):
        labels[(middles >= start) & (middles < end)] = sound
    return labels


def best_labels(
    scores: Float32,
    graph: WordGraph,
    quiet: npt.NDArray[np.bool_],
    otherwise: Ints,
) -> Ints:
    """Return the labels of the best path; the old ones for too short a clip.

    ``quiet`` frames are silence, whatever the scores say.
    """
    silence = scores.shape[1] - 1
    pinned = scores.copy()
    pinned[quiet, :silence] += _PINNED
    found = align(pinned, graph)
    if found is None:
        return otherwise
    labels = np.full(len(scores), silence, dtype=np.int64)
    for word, (variant, spans) in enumerate(
        zip(found.variants, found.spans, strict=True)
    ):
        states = (graph.word == word) & (graph.variant == variant)
        for sound, (start, end) in zip(graph.classes[states], spans, strict=True):
            labels[start:end] = sound
    return labels
