"""Forced alignment: which frames belong to which phoneme of the text.

A text is a graph of states in time order, one state a phoneme, with a silence that may
be left out before each word and after the last. A word with several pronunciations has
one branch for each; the path through the graph picks the one that was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_NEVER = -1e30
_OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class WordGraph:
    """The states of a text and how they follow one another.

    ``classes[s]`` is the acoustic class of state ``s``; ``word[s]``, ``variant[s]`` and
    ``position[s]`` say which phoneme it is (-1 for silence). ``before[s]`` lists the
    states that may come before it, padded with -1; ``first`` and ``last`` are where a
    path may begin and end.
    """

    classes: Ints
    word: Ints
    variant: Ints
    position: Ints
    before: Ints
    first: Ints
    last: Ints

    @property
    def fewest_frames(self) -> int:
        """Number of frames that the longest pronunciation needs."""
        spans = {
            (int(w), int(v)): int(p) + 1
            for w, v, p in zip(self.word, self.variant, self.position, strict=True)
            if w >= 0
        }
        longest: dict[int, int] = {}
        for (word, _), length in spans.items():
            longest[word] = max(length, longest.get(word, 0))
        return sum(longest.values())


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each word's phonemes lie.

    ``variants[w]`` is the pronunciation taken for word ``w``; ``spans[w]`` has shape
    ``(n_phonemes, 2)``: first frame and the frame after the last. ``log_score`` is the
    path's sum of log-probabilities.
    """

    variants: tuple[int, ...]
    spans: tuple[Ints, ...]
    log_score: float


def word_graph(words: Sequence[Sequence[Sequence[int]]], *, silence: int) -> WordGraph:
    """Build the graph of ``words[word][variant] = acoustic classes``.

    Raises ValueError for a word without a pronunciation.
    """
    classes: list[int] = []
    labels: list[tuple[int, int, int]] = []
    before: list[list[int]] = []

    def add(acoustic: int, label: tuple[int, int, int], after: list[int]) -> int:
        classes.append(acoustic)
        labels.append(label)
        before.append(after)
        return len(classes) - 1

    ends: list[int] = []
    first: list[int] = []
    for number, variants in enumerate(words):
        if not variants or not all(variants):
            raise ValueError(f"Word {number} has no pronunciation")
        pause = add(silence, (_OUTSIDE,) * 3, list(ends))
        heads = [pause, *ends]
        new_ends = []
        for which, sounds in enumerate(variants):
            at = add(sounds[0], (number, which, 0), list(heads))
            if number == 0:
                first.append(at)
            for place, sound in enumerate(sounds[1:], start=1):
                at = add(sound, (number, which, place), [at])
            new_ends.append(at)
        if number == 0:
            first.append(pause)
        ends = new_ends
    tail = add(silence, (_OUTSIDE,) * 3, list(ends))
    most = max((len(b) for b in before), default=0)
    padded = [b + [_OUTSIDE] * (most - len(b)) for b in before]
    word, variant, position = np.asarray(labels, dtype=np.int64).T
    return WordGraph(
        classes=np.asarray(classes, dtype=np.int64),
        word=word,
        variant=variant,
        position=position,
        before=np.asarray(padded, dtype=np.int64).reshape(len(classes), most),
        first=np.asarray(first, dtype=np.int64),
        last=np.asarray([tail, *ends], dtype=np.int64),
    )


def align(log_probabilities: Float32, graph: WordGraph) -> Alignment | None:
    """Return the best path (Viterbi), ``None`` if the clip is too short for the text.

    ``log_probabilities`` has shape ``(n_frames, n_classes)``.
    """
    if len(log_probabilities) <= graph.fewest_frames:
        return None
    emitted = log_probabilities[:, graph.classes].astype(np.float64)
    n_states = len(graph.classes)
    # A state outside the graph, never reached, stands for the padding.
    before = np.where(graph.before < 0, n_states, graph.before)
    came_from = np.column_stack([np.arange(n_states), before])
    rows = np.arange(n_states)
    back = np.zeros((len(emitted), n_states), dtype=np.int32)
    score = np.full(n_states + 1, _NEVER)
    score[graph.first] = emitted[0, graph.first]
    for t in range(1, len(emitted)):
        choices = score[came_from]
        best = choices.argmax(axis=1)
        back[t] = came_from[rows, best]
        score[:n_states] = choices[rows, best] + emitted[t]
    state = int(graph.last[score[graph.last].argmax()])
    total = float(score[state])
    path = np.empty(len(emitted), dtype=np.int64)
    for t in range(len(emitted) - 1, -1, -1):
        path[t] = state
        state = int(back[t, state])
    return _read_path(path, graph, total)


def _read_path(path: Ints, graph: WordGraph, total: float) -> Alignment:
    changes = np.flatnonzero(np.diff(path)) + 1
    starts = np.concatenate([[0], changes])
    ends = np.concatenate([changes, [len(path)]])
    variants: list[int] = []
    spans: list[list[tuple[int, int]]] = []
    for start, end in zip(starts, ends, strict=True):
        state = path[start]
        if graph.word[state] < 0:
            continue
        if graph.word[state] == len(spans):
            variants.append(int(graph.variant[state]))
            spans.append([])
        spans[-1].append((int(start), int(end)))
    return Alignment(
        tuple(variants), tuple(np.asarray(s, dtype=np.int64) for s in spans), total
    )
