"""The figures of a model: correlation with the experts, and finding what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import precision_recall_curve, roc_auc_score

from inference.engines.scorers.head import RawMarks
from training.corpus import Reading

WRONG_BELOW = 0.5
AGES = {"adults": (18, 200), "13_to_17": (13, 17), "children": (0, 12)}


def pearson(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Return Pearson's correlation."""
    return float(np.corrcoef(np.asarray(one), np.asarray(other))[0, 1])


def best_f1(wrong: npt.NDArray[np.bool_], score: npt.NDArray[np.floating]) -> float:
    """Return the best F1 over all thresholds; higher scores mean wrong."""
    precision, recall, _ = precision_recall_curve(wrong, score)
    return float(np.max(2 * precision * recall / (precision + recall + 1e-9)))


def figures(
    readings: Sequence[Reading], outputs: Sequence[RawMarks]
) -> Mapping[str, float]:
    """Return PCCs, the phones' mean squared error and F1 and AUC of wrong phones."""
    phones = np.concatenate([o.phones for o in outputs])
    rated = np.concatenate([r.phone_accuracy for r in readings])
    words = np.concatenate([o.words for o in outputs])
    accuracy = [w.accuracy for r in readings for w in r.words]
    total = [w.total for r in readings for w in r.words]
    whole = np.stack([o.utterance for o in outputs])
    wrong = rated < WRONG_BELOW
    result = {
        "phone_pcc": pearson(phones, rated),
        "phone_mse": float(np.mean((phones - rated) ** 2)),
        "word_accuracy_pcc": pearson(words[:, 0], accuracy),
        "word_total_pcc": pearson(words[:, 1], total),
    }
    for column, name in enumerate(("accuracy", "fluency", "prosodic", "total")):
        marks = [getattr(r, name) for r in readings]
        result[f"{name}_pcc"] = pearson(whole[:, column], marks)
    if wrong.any() and not wrong.all():
        result["wrong_phone_f1"] = best_f1(wrong, -phones)
        result["wrong_phone_auc"] = float(roc_auc_score(wrong, -phones))
    return result


def by_age(
    readings: Sequence[Reading], outputs: Sequence[RawMarks]
) -> Mapping[str, Mapping[str, float]]:
    """Return the figures of adults, adolescents and children apart."""
    result = {}
    for name, (youngest, oldest) in AGES.items():
        rows = [i for i, r in enumerate(readings) if youngest <= r.age <= oldest]
        if rows:
            result[name] = figures(
                [readings[i] for i in rows], [outputs[i] for i in rows]
            )
    return result
