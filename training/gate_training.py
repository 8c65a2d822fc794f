"""Where the gate stands: what wrong texts and wrong words look like to the frame model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from inference.engines.scorers.alignment import Float32, align, word_graph
from inference.engines.scorers.evidence import Joint, word_evidence
from inference.engines.scorers.expectation import Expectation
from training.corpus import Reading

from .phone_data import SILENCE, classes_of

_GENUINE_REFUSED = 0.01
_WORDS_REFUSED = 0.01
Expect = Callable[[int, Sequence[str]], Expectation]


@dataclass(frozen=True, slots=True)
class GateFigures:
    """AUCs of telling right from wrong, and the thresholds (1 % of the right refused).

    ``joint_*`` are for the sound's evidence together with the decoder's.
    """

    swapped_prompt_auc: float
    swapped_prompt_refused: float
    swapped_word_auc: float
    swapped_word_refused: float
    prompt_threshold: float
    word_threshold: float
    joint_weight: float
    joint_scale: float
    joint_prompt_threshold: float
    joint_swapped_prompt_auc: float
    joint_swapped_word_auc: float
    joint_swapped_word_refused: float


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text in the sound: their evidence, and what the decoder expected."""

    evidence: Float32
    expected: Expectation

    def joined(self, joint: Joint) -> Float32:
        return joint(self.evidence, self.expected)


def gate_figures(
    readings: Sequence[Reading],
    posteriors: Sequence[Float32],
    expect: Expect,
    seed: int,
) -> GateFigures:
    """Measure on posteriors ``(n_frames, n_classes)`` made without these speakers.

    ``expect`` asks the decoder for words in the sound of the reading with a number.
    """
    rng = np.random.default_rng(seed)
    order = sorted(range(len(readings)), key=lambda i: len(readings[i].phones))
    neighbour = {i: order[(n + 7) % len(order)] for n, i in enumerate(order)}
    vocabulary = [
        (r, k) for r in range(len(readings)) for k in range(len(readings[r].words))
    ]
    right: list[_Words] = []
    wrong: list[_Words] = []
    changed: list[tuple[_Words, int]] = []
    for i, reading in enumerate(readings):
        classes, texts = _classes(reading), [word.text for word in reading.words]
        genuine = _found(posteriors[i], classes, expect(i, texts))
        if genuine is None:
            continue
        right.append(genuine)
        other = readings[neighbour[i]]
        swapped = _found(
            posteriors[i], _classes(other), expect(i, [w.text for w in other.words])
        )
        if swapped is not None:
            wrong.append(swapped)
        place = int(rng.integers(len(classes)))
        source, which = vocabulary[int(rng.integers(len(vocabulary)))]
        stranger = _classes(readings[source])[which]
        if stranger != classes[place]:
            said = readings[source].words[which].text
            one = _found(
                posteriors[i],
                [*classes[:place], stranger, *classes[place + 1 :]],
                expect(i, [*texts[:place], said, *texts[place + 1 :]]),
            )
            if one is not None:
                changed.append((one, place))
    return _figures(right, wrong, changed)


def _figures(
    right: Sequence[_Words],
    wrong: Sequence[_Words],
    changed: Sequence[tuple[_Words, int]],
) -> GateFigures:
    alone = Joint(0.0, 1.0)
    joint = _joint(right, changed)
    figures: dict[str, float] = {}
    for kind, counted in (("", alone), ("joint_", joint)):
        texts = [float(w.joined(counted).mean()) for w in right]
        other = [float(w.joined(counted).mean()) for w in wrong]
        words = np.concatenate([w.joined(counted) for w in right])
        strangers = np.asarray([w.joined(counted)[place] for w, place in changed])
        prompt = float(np.quantile(texts, _GENUINE_REFUSED))
        word = float(np.quantile(words, _WORDS_REFUSED))
        figures |= {
            f"{kind}prompt_threshold": prompt,
            f"{kind}swapped_prompt_auc": _auc(texts, other),
            f"{kind}swapped_word_auc": _auc(words, strangers),
            f"{kind}swapped_word_refused": float(np.mean(strangers < word)),
        }
        if counted is alone:
            figures["word_threshold"] = word
            figures["swapped_prompt_refused"] = float(
                np.mean(np.asarray(other) < prompt)
            )
    return GateFigures(joint_weight=joint.weight, joint_scale=joint.scale, **figures)


def _joint(right: Sequence[_Words], changed: Sequence[tuple[_Words, int]]) -> Joint:
    """Weigh sound and decoder by how well they tell words that were said from others."""
    said = np.column_stack(
        [
            np.concatenate([w.evidence for w in right]),
            np.concatenate([w.expected.mean for w in right]),
        ]
    )
    strangers = np.asarray([(w.evidence[n], w.expected.mean[n]) for w, n in changed])
    truth = np.concatenate([np.ones(len(said)), np.zeros(len(strangers))])
    fitted = LogisticRegression(class_weight="balanced").fit(
        np.concatenate([said, strangers]), truth
    )
    weight = float(fitted.coef_[0, 1] / fitted.coef_[0, 0])
    together = np.quantile(said @ (1.0, weight), _WORDS_REFUSED)
    return Joint(weight, float(np.quantile(said[:, 0], _WORDS_REFUSED) / together))


def _classes(reading: Reading) -> list[list[int]]:
    classes = iter(classes_of(reading).tolist())
    return [[next(classes) for _ in word.phones] for word in reading.words]


def _found(
    posteriors: Float32, words: list[list[int]], expected: Expectation
) -> _Words | None:
    graph = word_graph([[word] for word in words], silence=SILENCE)
    found = align(posteriors, graph)
    if found is None:
        return None
    evidence = word_evidence(posteriors, [np.asarray(w) for w in words], found.spans)
    return _Words(evidence, expected)


def _auc(right: npt.ArrayLike, wrong: npt.ArrayLike) -> float:
    one, other = np.asarray(right), np.asarray(wrong)
    truth = np.concatenate([np.ones(len(one)), np.zeros(len(other))])
    return float(roc_auc_score(truth, np.concatenate([one, other])))
