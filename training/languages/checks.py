"""Figures of a phone model on voices and sentences that it has not heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from inference.engines.scorers.frame_encoder import FRAME_MS
from inference.engines.scorers.frame_model import FrameModel

from .confusable import most_like
from .graphs import Float32, labels_from
from .listening import Words, classes, listen
from .utterances import Sounds, Utterance

# Wrong texts are of about the same length as the right one.
_NEIGHBOUR = 7
_NEAR_MS = 40.0


@dataclass(frozen=True, slots=True)
class Case:
    """An utterance whose words are known, and what a model hears in it.

    ``said`` are the phonemes of each word.
    """

    utterance: Utterance
    said: Sounds
    posteriors: Float32


def frame_figures(cases: Sequence[Case], model: FrameModel) -> dict[str, float]:
    """Return how many frames get the right class, and how near the borders are."""
    class_of = {p: n for n, p in enumerate(model.phonemes)}
    right, sounds_right, errors = [], [], []
    for case in cases:
        borders = case.utterance.borders
        words = classes(case.said, class_of)
        heard = listen(case.posteriors, words)
        if borders is None or heard is None:
            continue
        flat = [c for word in words for c in word]
        truth = labels_from(borders, flat, len(case.posteriors), model.silence)
        hits = case.posteriors.argmax(axis=1) == truth
        right.extend(hits)
        sounds_right.extend(hits[truth != model.silence])
        begins = np.asarray([start for start, _ in borders]) * 1000
        errors.extend(heard.spans[:, 0] * FRAME_MS - begins)
    if not errors:
        return {}
    return {
        "frames_right": float(np.mean(right)),
        "sound_frames_right": float(np.mean(sounds_right)),
        "border_bias_ms": float(np.median(errors)),
        "border_error_ms": float(np.median(np.abs(errors))),
        "borders_within_40_ms": float(np.mean(np.abs(errors) <= _NEAR_MS)),
    }


def swap_figures(
    cases: Sequence[Case], model: FrameModel, seed: int
) -> dict[str, float]:
    """Return how well a wrong text, a wrong word and a wrong phoneme are told apart."""
    class_of = {p: n for n, p in enumerate(model.phonemes)}
    rng = np.random.default_rng(seed)
    order = sorted(range(len(cases)), key=lambda i: _n_phonemes(cases[i].said))
    vocabulary = sorted({word for case in cases for word in case.said if len(word) > 2})
    texts, words, phones = _Pair(), _Pair(), _Pair()
    for place, i in enumerate(order):
        case = cases[i]
        right = listen(case.posteriors, classes(case.said, class_of))
        if right is None:
            continue
        texts.right.append(float(right.evidence.mean()))
        words.right.extend(right.evidence)
        phones.right.extend(right.gop)
        other = _other_text(cases, order, place)
        wrong = other and listen(case.posteriors, classes(other, class_of))
        if wrong:
            texts.wrong.append(float(wrong.evidence.mean()))
        at = int(rng.integers(len(case.said)))
        stranger = vocabulary[int(rng.integers(len(vocabulary)))]
        if stranger != case.said[at]:
            changed = [*case.said[:at], stranger, *case.said[at + 1 :]]
            heard = listen(case.posteriors, classes(changed, class_of))
            if heard is not None:
                words.wrong.append(float(heard.evidence[at]))
        number, changed_words = _swapped_phone(case.said, class_of, rng)
        heard = listen(case.posteriors, changed_words)
        if heard is not None:
            phones.wrong.append(float(heard.gop[number]))
    return {
        **texts.figures("wrong_text"),
        **words.figures("swapped_word"),
        **phones.figures("swapped_phone"),
    }


class _Pair:
    """Scores of what is right and of what is wrong."""

    def __init__(self) -> None:
        self.right: list[float] = []
        self.wrong: list[float] = []

    def figures(self, name: str) -> dict[str, float]:
        """Return the AUC, and the score below which 1 % of the right ones are."""
        if not self.right or not self.wrong:
            return {}
        one_percent = float(np.quantile(self.right, 0.01))
        truth = [1] * len(self.right) + [0] * len(self.wrong)
        return {
            f"{name}_auc": float(roc_auc_score(truth, [*self.right, *self.wrong])),
            f"{name}_threshold": one_percent,
            f"{name}_refused": float(np.mean(np.asarray(self.wrong) < one_percent)),
        }


def _n_phonemes(words: Sounds) -> int:
    return sum(map(len, words))


def _other_text(
    cases: Sequence[Case], order: Sequence[int], place: int
) -> Sounds | None:
    """Return a text of about the same length that is not the one said."""
    own = cases[order[place]].utterance.text
    for step in range(_NEIGHBOUR, len(order)):
        other = cases[order[(place + step) % len(order)]]
        if other.utterance.text != own:
            return other.said
    return None


def _swapped_phone(
    words: Sounds, class_of: Mapping[str, int], rng: np.random.Generator
) -> tuple[int, Words]:
    """Return the words with one phoneme replaced by one like it, and its number."""
    flat = [p for word in words for p in word]
    number = int(rng.integers(len(flat)))
    near = most_like(flat[number], class_of)
    flat[number] = near[int(rng.integers(len(near)))]
    sizes = [len(word) for word in words]
    ends = np.cumsum(sizes)
    return number, [
        [class_of[p] for p in flat[end - size : end]]
        for size, end in zip(sizes, ends, strict=True)
    ]
