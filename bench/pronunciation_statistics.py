"""Agreement with experts, in numbers. What cannot be computed is ``None``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

Numbers = Sequence[float]
# Fewer pairs, or experts who all say the same, have no correlation worth a name.
FEWEST = 3
BINS = 10


def pcc(predicted: Numbers, expert: Numbers) -> float | None:
    """Return Pearson's correlation."""
    if len(predicted) < FEWEST or np.ptp(predicted) == 0 or np.ptp(expert) == 0:
        return None
    return float(np.corrcoef(predicted, expert)[0, 1])


def mse(predicted: Numbers, expert: Numbers) -> float | None:
    """Return the mean squared error."""
    if not len(predicted):
        return None
    return float(np.mean((np.asarray(predicted) - np.asarray(expert)) ** 2))


def auc(higher: Numbers, lower: Numbers) -> float | None:
    """Return how often one of ``higher`` is above one of ``lower``; a tie is half."""
    if not len(higher) or not len(lower):
        return None
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left")
    up_to = np.searchsorted(ordered, higher, "right")
    return float((below + up_to).mean() / (2 * len(lower)))


@dataclass(frozen=True, slots=True)
class Detection:
    """How well a threshold finds what is wrong. ``flagged`` is the share it flags."""

    threshold: float
    precision: float
    recall: float
    f1: float
    flagged: float


def detect(probability: Numbers, wrong: Sequence[bool], threshold: float) -> Detection:
    """Flag from ``threshold`` on."""
    flagged = np.asarray(probability) >= threshold
    return detection(flagged.tolist(), wrong, threshold)


def detection(
    flagged: Sequence[bool], wrong: Sequence[bool], threshold: float
) -> Detection:
    """Compare what was flagged with what is wrong."""
    flags, truth = np.asarray(flagged, bool), np.asarray(wrong, bool)
    hits = float((flags & truth).sum())
    precision = hits / flags.sum() if flags.any() else 0.0
    recall = hits / truth.sum() if truth.any() else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    share = float(flags.mean()) if flags.size else 0.0
    return Detection(threshold, float(precision), float(recall), float(f1), share)


def best_detection(probability: Numbers, wrong: Sequence[bool]) -> Detection | None:
    """Return the threshold with the best F1. It is found on the data it is judged on."""
    if not any(wrong):
        return None
    order = np.argsort(-np.asarray(probability), kind="stable")
    ranked = np.asarray(probability)[order]
    hits = np.cumsum(np.asarray(wrong, float)[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + hits[-1])
    # Equal probabilities are flagged together: only the last of them is a threshold.
    ends = np.append(ranked[1:] != ranked[:-1], True)
    best = int(np.argmax(np.where(ends, f1, -1.0)))
    return detect(probability, wrong, float(ranked[best]))


def reliability(probability: Numbers, wrong: Sequence[bool]) -> list[dict[str, float]]:
    """Return predicted against observed share in ten bins; empty bins are left out."""
    values, truth = np.asarray(probability), np.asarray(wrong, float)
    bins = np.minimum((values * BINS).astype(int), BINS - 1)
    return [
        {
            "from": number / BINS,
            "to": (number + 1) / BINS,
            "n": float(inside.sum()),
            "predicted": round(float(values[inside].mean()), 4),
            "observed": round(float(truth[inside].mean()), 4),
        }
        for number in range(BINS)
        if (inside := bins == number).any()
    ]


def as_detail(found: Detection | None) -> dict[str, float] | None:
    """Return a detection for the report."""
    if found is None:
        return None
    return {name: round(value, 4) for name, value in asdict(found).items()}
